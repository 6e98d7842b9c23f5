#pragma once
/// Local statistics that are a district's own value times the sum of its neighbours' (private to
/// the room).

#include "metrics/neighbourhoods.h"

namespace quartier::metrics {

/// n − 1 or n of the districts that take part.
double local_factor(const Neighbourhoods& hoods, const AssociationSettings& settings);

/// factor · a_i Σ_j w_ij b_j with its exact moments, its conditional permutation test over b and
/// the pattern of a_i and its neighbours' b.
LocalAssociation local_products(const Neighbourhoods& hoods, const Deviations& a,
                                const Deviations& b, double factor,
                                const AssociationSettings& settings);

/// Above the mean is strictly above.
Pattern pattern_of(double deviation, double lag);

}  // namespace quartier::metrics
