#pragma once
/// Moran's I of two variables, of rates with unequal populations, and of change. Conventions in
/// metrics/association.h.

#include <span>
#include <vector>

#include "metrics/association.h"

namespace quartier::metrics {

/// Bivariate Moran's I (Anselin, Syabri & Smirnov 2002).
///
///   I = (n / S0) · Σ_i Σ_j w_ij x_i y_j / sqrt(Σ x² Σ y²),  x, y as deviations from their means
///
/// Whether districts high in x lie among districts high in y. It says nothing about x and y within
/// one district, and exchanging x and y changes it where weights are not symmetric. The test
/// rearranges x over the districts and leaves y in place; its mean is 0.
/// @param x, y  per district [n]; districts where either is `undefined` take no part
AssociationTest bivariate_moran(std::span<const double> x, std::span<const double> y,
                                const SpatialWeights& weights, const AssociationSettings& settings);

/// Bivariate local Moran (Anselin, Syabri & Smirnov 2002).
///
///   I_i = (n − 1) · x_i Σ_j w_ij y_j / sqrt(Σ x² Σ y²)
///
/// (factor n − 1 or n). x_i stays; the y of the neighbours are drawn from the other districts. The
/// pattern is that of x here and y around.
LocalAssociation bivariate_local_moran(std::span<const double> x, std::span<const double> y,
                                       const SpatialWeights& weights,
                                       const AssociationSettings& settings);

/// Rates with the variance that small populations cause taken out (Assunção & Reis 1999).
///
///   z_i = (p_i − b) / sqrt(v_i),  p_i = e_i / t_i, b = Σ e / Σ t, v_i = a + b / t_i,
///   a = Σ t_i (p_i − b)² / Σ t − b / (Σ t / n)
///
/// v_i = b / t_i where a + b / t_i is not positive.
/// @param events      e_i, persons of the group per district [n]
/// @param population  t_i, everyone [n]
/// @returns [n], `undefined` where nobody lives or either count is, and everywhere where nobody is
///          of the group
std::vector<double> standardised_rates(std::span<const double> events,
                                       std::span<const double> population);

/// Moran's I and local Moran of standardised_rates(...).
AssociationTest rates_moran(std::span<const double> events, std::span<const double> population,
                            const SpatialWeights& weights, const AssociationSettings& settings);
LocalAssociation local_rates_moran(std::span<const double> events,
                                   std::span<const double> population,
                                   const SpatialWeights& weights,
                                   const AssociationSettings& settings);

/// Local Moran of later − earlier: where change is clustered. Values that differ between districts
/// but not between dates cancel out.
LocalAssociation differential_local_moran(std::span<const double> earlier,
                                          std::span<const double> later,
                                          const SpatialWeights& weights,
                                          const AssociationSettings& settings);

}  // namespace quartier::metrics
