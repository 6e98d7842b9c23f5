#pragma once
/// What measures of access are computed with: each a key of a study and an option of
/// `quartier access`, printed with every value.

#include <cstdint>
#include <vector>

#include "metrics/decay.h"

namespace quartier::metrics {

/// Defaults in the unit shown to people (metres or minutes). Where a study is in minutes, it sets
/// its own cutoff.
struct AccessSettings {
  double cutoff = 800.0;         ///< T of cumulative measures, 2SFCA and shares within; inclusive
  Decay decay;                   ///< f of gravity and of the FCA family; `decay.cutoff` cuts it off
  std::uint32_t nearest = 1;     ///< k of the k-th nearest site
  double opportunities = 1.0;    ///< n of the cost to n opportunities
  double interval_from = 0.0;    ///< a, first cutoff of the interval measure; 0: half the cutoff
  double interval_step = 0.0;    ///< d; 0: a tenth of the cutoff
  double demand_exponent = 1.0;  ///< a of spatial availability, P_i^a
  double balance_step = 0.0;     ///< d of the balancing cost; 0: one shown unit
  double congestion_scale = 0.0;  ///< tau of RAAM, in shown units; 0: the cutoff
  double equilibrium_gap = 1e-9;  ///< relative Wardrop gap at which RAAM ends
  bool all_sites_share = true;    ///< BFCA: r_i runs over every site, also those without supply
  std::vector<double> choices{1.0, 0.5, 0.25};  ///< w_1, w_2 ... of the composite of choices
  bool scale_places = false;  ///< doubly constrained: places are scaled to as many as people
  double poverty_line = 0.0;  ///< of access poverty, in the measure's own unit; 0: half the mean
};

}  // namespace quartier::metrics
