#pragma once
/// Differences: whether an index differs between two dates or two cities by more than chance.

#include <cstdint>
#include <string_view>

#include "metrics/bootstrap.h"
#include "metrics/columns.h"
#include "metrics/null_test.h"

namespace quartier::metrics {

/// Which tables are as likely as those seen if nothing sets the two apart.
enum class Exchange : std::uint8_t {
  swap_dates,      ///< the same districts twice: each exchanges its two dates with probability 1/2,
                   ///< as in the permutation test for matched pairs (Fisher 1935; Good 2005)
  pool_districts,  ///< districts of both cities are dealt anew into two cities of as many districts
                   ///< as before ("random labels", Cortes et al. 2020)
};

/// "swap_dates", "pool_districts".
std::string_view id_of(Exchange exchange);

/// Permutation test of index(second) − index(first). All counts of a district move together, so
/// differences in the size and the composition of the two cities are exchanged as well: the test
/// asks whether the two are alike, as far as the index can see.
/// `p_two_sided` is the usual choice; `p_greater` asks whether the second is larger.
/// @param first   K columns [K][n]
/// @param second  K columns [K][m]; m = n for `swap_dates`
/// @param index   called from several threads at a time
/// @throws std::logic_error where the tables do not fit each other
NullDistribution difference_test(GroupColumns first, GroupColumns second, Exchange exchange,
                                 std::uint32_t draws, std::uint64_t seed, const CountIndex& index);

/// Error, bias and intervals of index(second) − index(first), both resampled independently. A
/// basic interval without 0 says that residents of two cities alike would hardly differ as much.
BootstrapResult difference_bootstrap(GroupColumns first, GroupColumns second, Resampling resampling,
                                     std::uint32_t draws, std::uint64_t seed, double level,
                                     const CountIndex& index);

}  // namespace quartier::metrics
