#pragma once
/// Segregation of surfaces: groups as densities over the city, without the edges of districts.
///
/// A surface is given by its values at points, usually the persons that a kernel counts around
/// each district (`environment_counts`). Points count alike, whatever area they stand for: over
/// districts of very different size the crowded parts of the city are sampled more densely, and
/// a regular grid of points gives the surface its due.

#include <span>

#include "metrics/columns.h"

namespace quartier::metrics {

/// Segregation of surfaces and its three parts.
struct SurfaceSegregation {
  double total = 0.0;        ///< S
  double location = 0.0;     ///< where the groups live: points unlike the city
  double composition = 0.0;  ///< how unequal the groups are in size
  double qualitative = 0.0;  ///< how few groups there are
};

/// Decomposed segregation of surfaces (Sadahiro & Hong 2013; Hong, O'Sullivan & Sadahiro 2014).
///
///   S = Σ_p (τ_p / T) Σ_k π_pk²
///   location     S − Σ_k P_k²  =  Σ_p (τ_p / T) Σ_k (π_pk − P_k)²
///   composition  Σ_k P_k² − 1 / K
///   qualitative  1 / K
///
/// with τ_p = Σ_k x_pk, π_pk = x_pk / τ_p, T = Σ_p τ_p and P_k = Σ_p x_pk / T. S is the chance
/// that two persons at the same point belong to one group, the mean over all persons. The second
/// of its parts needs no map, the third none but the list of groups: only `location` says where
/// people live. location / (1 − Σ P_k²) is the relative diversity R of Reardon & Firebaugh (2002).
///
/// @param surface  x_pk, density of K groups at each point [K][points]; a group that nobody
///                 belongs to still counts in K. Points that are `undefined` or hold nobody take
///                 no part
/// @returns parts that add to the total, each in [0, 1]; all `undefined` where nobody is counted
SurfaceSegregation surface_segregation(GroupColumns surface);

/// S of two surfaces (O'Sullivan & Wong 2007).
///
///   S = 1 − Σ_p min(x_p / X, y_p / Y) / Σ_p max(x_p / X, y_p / Y)
///
/// One less the volume that two surfaces of the same volume share, over that which they cover
/// together. Equal to 2D / (1 + D) with the dissimilarity D of the surfaces.
/// @param group, reference  densities at each point [points]; points that are `undefined` in
///                          either take no part
/// @returns S in [0, 1], 0 = same surface; `undefined` where X or Y is zero
double surface_difference(std::span<const double> group, std::span<const double> reference);

}  // namespace quartier::metrics
