#pragma once
/// Bootstrap: how far an index would move if the same city were counted again.
///
/// Residents are resampled, districts stay. Because a resampled city is noisier than the one it is
/// drawn from, indices of evenness rise under resampling as they do in small districts: the rise
/// estimates their bias, and `corrected` takes it off once (Efron & Tibshirani 1993; for D
/// Allen et al. 2015). Random numbers depend on (seed, draw, district or group) only.

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "metrics/columns.h"
#include "metrics/null_test.h"

namespace quartier::metrics {

/// What a resample keeps.
enum class Resampling : std::uint8_t {
  within_districts,  ///< t_i: residents of a district are drawn with its composition p_ik
  within_groups,     ///< X_k: members of a group choose districts with its shares x_ik / X_k (Allen
                     ///< et al. 2015)
};

/// "within_districts", "within_groups".
std::string_view id_of(Resampling resampling);

/// An index, its error and its intervals.
struct BootstrapResult {
  double observed = undefined;
  double mean = undefined;  ///< of the resamples in which the index is defined
  double standard_error = undefined;
  double corrected = undefined;  ///< 2 observed − mean; may leave the index's range
  double lower = undefined;      ///< percentile interval: quantiles of the resamples
  double upper = undefined;
  double basic_lower = undefined;  ///< basic interval: 2 observed − the opposite quantile, which
  double basic_upper = undefined;  ///< carries the correction of bias with it
  double level = 0.95;             ///< coverage asked of both
  std::uint32_t draw_count = 0;    ///< resamples in which the index is defined
  std::uint64_t seed = 0;
  std::vector<double> draws;  ///< in the order drawn
};

/// The summary of `draws`, of which undefined ones are passed over.
BootstrapResult bootstrap_of(double observed, std::vector<double> draws, std::uint64_t seed,
                             double level);

/// Resample number `draw` of a table. `columns` is reused [K][n].
void resample(GroupColumns groups, Resampling resampling, std::uint64_t seed, std::uint32_t draw,
              std::vector<std::vector<double>>& columns);

/// @param groups  K columns of whole numbers [K][n]
/// @param level   coverage, 0 < level < 1
/// @param index   called from several threads at a time
/// @throws std::logic_error for parts of persons or a level outside its range
BootstrapResult bootstrap(GroupColumns groups, Resampling resampling, std::uint32_t draws,
                          std::uint64_t seed, double level, const CountIndex& index);

}  // namespace quartier::metrics
