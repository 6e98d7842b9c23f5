#pragma once
/// Decay: how the weight of an opportunity falls with the cost of reaching it.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/travel_costs.h"

namespace quartier::metrics {

enum class DecayShape : std::uint8_t {
  binary,       ///< 1 up to the cutoff
  linear,       ///< max(0, 1 − t / T), T the cutoff
  power,        ///< min(1, t^−a): 1 at t = 0
  exponential,  ///< exp(−b t)
  gaussian,     ///< exp(−t² / (2 s²))
  step,         ///< a weight for each band of costs
  logistic,  ///< g(0) / g(t) with g(t) = 1 + exp((t − m) π / (s √3)) (Bauer & Groneberg 2016)
  epanechnikov,  ///< 3/4 (1 − (t / T)²) (Dai & Wang 2011)
};

/// Which band a cost on the boundary of two bands of a step decay lies in.
enum class StepEdge : std::uint8_t {
  inner,  ///< the nearer one: weight w_1 for t <= b_1, w_2 for b_1 < t <= b_2 ...
  outer,  ///< the farther one: w_1 for t < b_1, w_2 for b_1 <= t < b_2 ...
};

/// A decay f(t), with t in the unit shown to people (metres or minutes). Beyond the cutoff
/// (inclusive) the weight is 0, whatever the shape; +inf: no cutoff. Pairs without a way weigh 0.
struct Decay {
  DecayShape shape = DecayShape::binary;
  double cutoff = 800.0;
  double parameter = 1.0;       ///< a, b, s of the shape; s of logistic
  double median = 0.0;          ///< m of logistic
  std::vector<double> bounds;   ///< b_1 < b_2 < ... of step; beyond the last: 0
  std::vector<double> weights;  ///< w_1, w_2, ... [bounds]
  StepEdge edge = StepEdge::inner;

  /// f(t). @param t  0 or more, shown unit
  [[nodiscard]] double weight(double t) const;
};

/// "gaussian(s=1000), cutoff=3200 m": the words of the parameters column.
std::string text_of(const Decay& decay, CostUnit unit);

/// A decay from the words of options and study files: "binary", "linear", "power:1" (a),
/// "exponential:0.1" (b), "gaussian:1000" (s), "step:10=1,20=0.5,30=0.25" (bound=weight; a last
/// item "outer" puts bounds into the farther band), "logistic:30,10" (m, s), "epanechnikov"; the
/// cutoff is set by the caller. Without its parameters a shape takes its width from the cutoff T:
/// exponential and Gaussian are 0.01 at T, logistic has m = T / 2 and s = T / 6; power has a = 1.
/// @throws InputError naming the word, with the nearest known one; as `check_decay`
Decay decay_of(const std::string& words, double cutoff);

/// Whether a decay means anything: cutoff 0 or more, and finite where the shape falls to 0 there
/// (linear, Epanechnikov); a, b 0 or more; s above 0; bounds that rise with a weight of 0 or more
/// each.
/// @throws InputError naming what is wrong
void check_decay(const Decay& decay);

/// f of every whole cost from 0 to `last`, computed once; kernels look weights up. The cutoff is
/// that of `whole_cost`.
/// @returns [last + 1]
/// @throws InputError as `check_decay`
std::vector<double> decay_table(const Decay& decay, CostUnit unit, std::uint32_t last);
/// One entry of the same table, for costs too far apart to be tabled. The decay was checked.
double whole_weight(const Decay& decay, CostUnit unit, std::uint32_t whole);

}  // namespace quartier::metrics
