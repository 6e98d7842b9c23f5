#pragma once
/// What "no segregation" means: which totals chance keeps when it spreads people over a city.

#include <cstdint>
#include <string_view>

namespace quartier::metrics {

/// Three models of a city without segregation (Cortes et al. 2020). With P_k = X_k / T:
///
/// * `systematic` keeps the group totals X_k. Every person chooses a district by itself, district i
///   with probability t_i / T. The sizes of districts vary.
/// * `evenness` keeps the district totals t_i. Every resident belongs to group k with probability
///   P_k. The group totals vary.
/// * `permutation` keeps both: the residents of the city change places at random, so that a count
///   is hypergeometric. Given the totals that it keeps, either model above is this one.
enum class NullModel : std::uint8_t { systematic, evenness, permutation };

/// "systematic", "evenness", "permutation".
constexpr std::string_view id_of(NullModel model) {
  switch (model) {
    case NullModel::systematic:
      return "systematic";
    case NullModel::evenness:
      return "evenness";
    default:
      return "permutation";
  }
}

}  // namespace quartier::metrics
