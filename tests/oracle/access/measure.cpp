/// From a measure of the grammar to the engine's function.
#include "oracle/access/measure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/raam.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

/// Weights of bands, nearest first; their bounds stand in the name. Others are not laid down.
constexpr std::array gravity_steps{1.0, 0.67, 0.33};
constexpr std::array e2sfca_steps{1.0, 0.68, 0.22};
constexpr std::array three_step_steps{0.962, 0.704, 0.377, 0.042};

std::optional<std::string_view> after_word(std::string_view text, std::string_view word) {
  if (!text.starts_with(word)) return std::nullopt;
  return text.substr(word.size());
}

bool is_number(std::string_view text) {
  return !text.empty() && (text.front() == '.' || (text.front() >= '0' && text.front() <= '9'));
}

/// The parameters of one column, each read once.
class Words {
 public:
  Words(const Measure& measure, CostUnit unit) : words_(measure.parameters), unit_(unit) {}

  /// What follows `word` in the first parameter that begins with it and goes on with a number.
  std::optional<std::string> take(std::string_view word) {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      const std::optional<std::string_view> rest = after_word(words_[w], word);
      if (!rest || !is_number(*rest)) continue;
      std::string text(*rest);
      words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(w));
      return text;
    }
    return std::nullopt;
  }
  std::optional<double> take_shown(std::string_view word) {
    const std::optional<std::string> text = take(word);
    if (!text) return std::nullopt;
    return shown_number(*text, unit_);
  }
  bool take_exactly(std::string_view word) {
    const auto found = std::find(words_.begin(), words_.end(), word);
    if (found == words_.end()) return false;
    words_.erase(found);
    return true;
  }
  /// Numbers alone, in their order.
  std::vector<double> take_numbers() {
    std::vector<double> numbers;
    while (const std::optional<double> number = take_shown("")) numbers.push_back(*number);
    return numbers;
  }
  /// @throws Uncovered where a parameter was not understood
  void expect_all_taken() const {
    if (!words_.empty()) throw Uncovered("cannot read the parameter " + joined(words_, "_"));
  }
  [[nodiscard]] CostUnit unit() const { return unit_; }

 private:
  std::vector<std::string> words_;
  CostUnit unit_;
};

Decay shaped(DecayShape shape, double cutoff, double parameter = 1.0) {
  Decay decay;
  decay.shape = shape;
  decay.cutoff = cutoff;
  decay.parameter = parameter;
  return decay;
}

double needed(std::optional<double> number, const char* what) {
  if (!number) throw Uncovered(std::string("no parameter ") + what);
  return *number;
}

double single(const std::vector<double>& numbers, const char* what) {
  if (numbers.size() != 1) throw Uncovered(std::string("no single parameter ") + what);
  return numbers.front();
}

/// A step decay over bounds of the name.
/// @param weights  as many as bounds; those of the input go before them
Decay step_decay(std::vector<double> bounds, std::span<const double> weights,
                 const MeasureInput& input, StepEdge edge) {
  Decay decay = shaped(DecayShape::step, unreachable);
  decay.edge = edge;
  decay.weights.assign(weights.begin(), weights.end());
  if (!input.step_weights.empty()) {
    decay.weights = input.step_weights;
    decay.edge = StepEdge::inner;
  }
  if (bounds.size() != decay.weights.size()) {
    throw Uncovered("no weights are laid down for " + std::to_string(bounds.size()) + " bands");
  }
  decay.bounds = std::move(bounds);
  return decay;
}

/// The decay that parameters such as exp0.1, bin45, sigma20_max60, step10_20_30 (a bound lies in
/// the farther band, weights of gravity) or 10_20_30 (in the nearer band) name.
/// @param band_weights  of bounds without a word before them
Decay decay_of_words(Words& words, std::span<const double> band_weights,
                     const MeasureInput& input) {
  const double cutoff = words.take_shown("max").value_or(unreachable);
  if (const auto t = words.take_shown("bin")) return shaped(DecayShape::binary, *t);
  if (const auto t = words.take_shown("linear")) return shaped(DecayShape::linear, *t);
  if (const auto t = words.take_shown("epan")) return shaped(DecayShape::epanechnikov, *t);
  if (const auto a = words.take_shown("power")) return shaped(DecayShape::power, cutoff, *a);
  if (const auto b = words.take_shown("exp")) return shaped(DecayShape::exponential, cutoff, *b);
  if (const auto s = words.take_shown("sigma")) return shaped(DecayShape::gaussian, cutoff, *s);
  if (const auto median = words.take_shown("logistic")) {
    Decay decay = shaped(DecayShape::logistic, cutoff, single(words.take_numbers(), "sd"));
    decay.median = *median;
    return decay;
  }
  const std::optional<double> first = words.take_shown("step");
  std::vector<double> bounds = words.take_numbers();
  if (first) {
    bounds.insert(bounds.begin(), *first);
    return step_decay(std::move(bounds), gravity_steps, input, StepEdge::outer);
  }
  if (bounds.empty()) throw Uncovered("no decay is named");
  if (bounds.size() == 1) return shaped(DecayShape::binary, bounds.front());
  return step_decay(std::move(bounds), band_weights, input, StepEdge::inner);
}

std::vector<double> nearest(Words& words, const MeasureInput& input) {
  const TravelCosts& costs = *input.costs;
  const bool in_mm = words.take_exactly("mm");
  const bool in_seconds = words.take_exactly("s");
  words.take_exactly(std::string(shown_unit(costs.unit)));
  if (in_mm && shown_unit(costs.unit) != "m") throw Uncovered("costs are not in metres");
  if (in_seconds && shown_unit(costs.unit) != "min") throw Uncovered("costs are not in minutes");
  std::vector<double> values;
  if (const std::optional<double> k = words.take_shown("k")) {
    values = kth_nearest_service(costs, input.supply, static_cast<std::uint32_t>(*k));
  } else if (input.nearest) {
    Impedance impedance;
    impedance.nearest = input.nearest({input.supply.begin(), input.supply.end()});
    impedance.costs.unit = costs.unit;
    impedance.costs.origin_count = costs.origin_count;
    impedance.costs.site_count = costs.site_count;
    impedance.costs.start.assign(costs.site_count + 1, 0);
    values = nearest_service(impedance, input.supply);
  } else {
    values = kth_nearest_service(costs, input.supply, 1);
  }
  const double per_shown = in_mm ? 1000.0 : in_seconds ? 60.0 : 1.0;
  for (double& value : values) {
    if (per_shown > 1.0 && std::isfinite(value)) value = std::round(value * per_shown);
  }
  return values;
}

/// Measures without competition.
std::optional<std::vector<double>> opportunities(const std::string& kind, Words& words,
                                                 const MeasureInput& input) {
  const TravelCosts& costs = *input.costs;
  const auto decay = [&] { return decay_of_words(words, gravity_steps, input); };
  if (kind == "closest") {
    return cost_to_opportunities(costs, input.supply, needed(words.take_shown("n"), "n"));
  }
  if (kind == "nearest") return nearest(words, input);
  if (kind == "cum") {
    return services_within(costs, input.supply, single(words.take_numbers(), "cutoff"));
  }
  if (kind == "passive_cum") {
    return passive_access(costs, input.supply,
                          shaped(DecayShape::binary, single(words.take_numbers(), "cutoff")));
  }
  if (kind == "passive") return passive_access(costs, input.supply, decay());
  if (kind == "gravity") return gravity_access(costs, input.supply, decay());
  if (kind == "cumint") {
    if (!words.take_exactly("median")) throw Uncovered("not the median over cutoffs");
    const double step = words.take_shown("inc").value_or(1.0);
    const std::vector<double> ends = words.take_numbers();
    if (ends.size() != 2) throw Uncovered("no two cutoffs");
    return services_within_interval(costs, input.supply, {ends[0], ends[1], step}, true);
  }
  return std::nullopt;
}

/// Measures of supply that is shared.
std::optional<std::vector<double>> shared_supply(const std::string& kind, Words& words,
                                                 const MeasureInput& input) {
  const TravelCosts& costs = *input.costs;
  const std::span<const double> supply = input.supply;
  const std::span<const double> demand = input.demand;
  if (demand.empty() && kind != "totalconstr") throw Uncovered("no column is called population");
  const auto decay = [&](std::span<const double> weights) {
    return decay_of_words(words, weights, input);
  };
  if (kind == "2sfca" || kind == "g2sfca" || kind == "kd2sfca" || kind == "e2sfca") {
    return enhanced_floating_catchment(costs, supply, demand, decay(e2sfca_steps)).access;
  }
  if (kind == "m2sfca") {
    return modified_floating_catchment(costs, supply, demand, decay(e2sfca_steps)).access;
  }
  if (kind == "3sfca") {
    return three_step_floating_catchment(costs, supply, demand, decay(three_step_steps)).access;
  }
  if (kind == "bfca") {
    return balanced_floating_catchment(costs, supply, demand, decay(e2sfca_steps),
                                       DemandShares::all_sites)
        .access;
  }
  if (kind == "spatav" || kind == "singlyconstr") {
    const double exponent = words.take_shown("alpha").value_or(1.0);
    return spatial_availability(costs, supply, demand, decay(e2sfca_steps), exponent);
  }
  if (kind == "totalconstr") return total_constrained_access(costs, supply, decay(e2sfca_steps));
  if (kind == "balcost") {
    return balancing_cost(costs, supply, demand, needed(words.take_shown("inc"), "inc"));
  }
  if (kind == "raam") {
    return congestion_equilibrium(costs, supply, demand,
                                  {.scale = needed(words.take_shown("tau"), "tau"), .gap = 1e-13})
        .cost;
  }
  return std::nullopt;
}

}  // namespace

std::vector<double> answer_of(const Measure& measure, const MeasureInput& input) {
  Words words(measure, input.costs->unit);
  std::optional<std::vector<double>> values = opportunities(measure.kind, words, input);
  if (!values) values = shared_supply(measure.kind, words, input);
  if (!values) throw Uncovered("no known measure");
  words.expect_all_taken();
  return *std::move(values);
}

std::vector<double> answer_of(const Measure& measure, const Region& region) {
  const std::vector<double> supply = region.places->counts(measure.opportunity);
  const std::vector<double> demand = region.places->column("population") == nullptr
                                         ? std::vector<double>{}
                                         : region.places->counts("population");
  return answer_of(measure, {region.costs, supply, demand, region.nearest, {}});
}

}  // namespace quartier::oracle
