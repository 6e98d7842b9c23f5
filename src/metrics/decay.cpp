#include "metrics/decay.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace quartier::metrics {
namespace {

/// Of a shape whose width is taken from the cutoff.
constexpr double weight_at_cutoff = 0.01;

struct ShapeWord {
  DecayShape shape;
  const char* word;
  const char* example;
};

constexpr auto shape_words = std::to_array<ShapeWord>({
    {DecayShape::binary, "binary", "binary"},
    {DecayShape::linear, "linear", "linear"},
    {DecayShape::power, "power", "power:1"},
    {DecayShape::exponential, "exponential", "exponential:0.1"},
    {DecayShape::gaussian, "gaussian", "gaussian:1000"},
    {DecayShape::step, "step", "step:10=1,20=0.5,30=0.25"},
    {DecayShape::logistic, "logistic", "logistic:30,10"},
    {DecayShape::epanechnikov, "epanechnikov", "epanechnikov"},
});

const ShapeWord& word_of(DecayShape shape) {
  return *std::find_if(shape_words.begin(), shape_words.end(),
                       [&](const ShapeWord& one) { return one.shape == shape; });
}

[[noreturn]] void refuse(const std::string& words, const std::string& reason,
                         const std::string& way_out) {
  throw InputError("decay \"" + display_safe(words) + "\" " + reason, way_out);
}

double number_in(const std::string& words, std::string_view text, const ShapeWord& shape) {
  const std::optional<double> number = parse_number(trimmed(text));
  if (!number) {
    refuse(words, "has no number in \"" + display_safe(text) + "\"",
           std::string("write it like ") + shape.example);
  }
  return *number;
}

void read_steps(Decay& decay, const std::string& words, std::string_view text,
                const ShapeWord& shape) {
  for (const std::string_view part : split(text, ',')) {
    if (trimmed(part) == "outer" || trimmed(part) == "inner") {
      decay.edge = trimmed(part) == "outer" ? StepEdge::outer : StepEdge::inner;
      continue;
    }
    const std::vector<std::string_view> sides = split(part, '=');
    if (sides.size() != 2) {
      refuse(words, "has a step without bound and weight",
             std::string("write it like ") + shape.example);
    }
    decay.bounds.push_back(number_in(words, sides[0], shape));
    decay.weights.push_back(number_in(words, sides[1], shape));
  }
}

/// What a shape without parameters takes from the cutoff.
void set_width(Decay& decay, const std::string& words, const ShapeWord& shape) {
  const bool by_cutoff = decay.shape == DecayShape::exponential ||
                         decay.shape == DecayShape::gaussian || decay.shape == DecayShape::logistic;
  if (!by_cutoff) return;
  if (!(decay.cutoff > 0.0) || !std::isfinite(decay.cutoff)) {
    refuse(words, "has neither parameter nor cutoff",
           std::string("write it like ") + shape.example);
  }
  const double logarithm = -std::log(weight_at_cutoff);
  if (decay.shape == DecayShape::exponential) {
    decay.parameter = logarithm / decay.cutoff;
  } else if (decay.shape == DecayShape::gaussian) {
    decay.parameter = decay.cutoff / std::sqrt(2.0 * logarithm);
  } else {
    decay.median = decay.cutoff / 2.0;
    decay.parameter = decay.cutoff / 6.0;
  }
}

/// f(t) without regard to the cutoff.
double shape_weight(const Decay& decay, double t) {
  switch (decay.shape) {
    case DecayShape::binary:
      return 1.0;
    case DecayShape::linear:
      return t == 0.0 ? 1.0 : std::max(0.0, 1.0 - t / decay.cutoff);
    case DecayShape::power:
      return std::min(1.0, std::pow(t, -decay.parameter));
    case DecayShape::exponential:
      return std::exp(-decay.parameter * t);
    case DecayShape::gaussian:
      return std::exp(-(t * t) / (2.0 * decay.parameter * decay.parameter));
    case DecayShape::step: {
      const auto bound = decay.edge == StepEdge::inner
                             ? std::lower_bound(decay.bounds.begin(), decay.bounds.end(), t)
                             : std::upper_bound(decay.bounds.begin(), decay.bounds.end(), t);
      return bound == decay.bounds.end()
                 ? 0.0
                 : decay.weights[static_cast<std::size_t>(bound - decay.bounds.begin())];
    }
    case DecayShape::logistic: {
      const double scale = std::numbers::pi / (decay.parameter * std::numbers::sqrt3);
      return (1.0 + std::exp(-decay.median * scale)) / (1.0 + std::exp((t - decay.median) * scale));
    }
    case DecayShape::epanechnikov: {
      const double part = t == 0.0 ? 0.0 : t / decay.cutoff;
      return std::max(0.0, 0.75 * (1.0 - part * part));
    }
  }
  return 0.0;
}

}  // namespace

double Decay::weight(double t) const { return t <= cutoff ? shape_weight(*this, t) : 0.0; }

void check_decay(const Decay& decay) {
  const std::string words = word_of(decay.shape).word;
  const std::string example = std::string("write it like ") + word_of(decay.shape).example;
  if (!(decay.cutoff >= 0.0)) {
    refuse(words, "has cutoff " + exact_text(decay.cutoff), "give a cutoff of 0 or more");
  }
  const bool by_cutoff =
      decay.shape == DecayShape::linear || decay.shape == DecayShape::epanechnikov;
  if (by_cutoff && !std::isfinite(decay.cutoff)) {
    refuse(words, "falls to 0 at the cutoff and has none", "give a cutoff");
  }
  const bool falls = decay.shape == DecayShape::power || decay.shape == DecayShape::exponential;
  const bool spreads = decay.shape == DecayShape::gaussian || decay.shape == DecayShape::logistic;
  const double p = decay.parameter;
  if ((falls && !(std::isfinite(p) && p >= 0.0)) || (spreads && !(std::isfinite(p) && p > 0.0))) {
    refuse(words, "has parameter " + exact_text(p), falls ? "give 0 or more" : "give more than 0");
  }
  if (decay.shape == DecayShape::logistic && !std::isfinite(decay.median)) {
    refuse(words, "has no median", example);
  }
  if (decay.shape != DecayShape::step) return;
  if (decay.bounds.empty() || decay.bounds.size() != decay.weights.size()) {
    refuse(words, "has no weight for each bound", example);
  }
  for (std::size_t k = 0; k < decay.bounds.size(); ++k) {
    if (!(decay.bounds[k] >= 0.0) || (k > 0 && !(decay.bounds[k] > decay.bounds[k - 1]))) {
      refuse(words, "has bounds that do not rise", example);
    }
    if (!(std::isfinite(decay.weights[k]) && decay.weights[k] >= 0.0)) {
      refuse(words, "has weight " + exact_text(decay.weights[k]), "give 0 or more");
    }
  }
}

std::string text_of(const Decay& decay, CostUnit unit) {
  std::string text = word_of(decay.shape).word;
  switch (decay.shape) {
    case DecayShape::power:
      text += "(a=" + exact_text(decay.parameter) + ")";
      break;
    case DecayShape::exponential:
      text += "(b=" + exact_text(decay.parameter) + ")";
      break;
    case DecayShape::gaussian:
      text += "(s=" + exact_text(decay.parameter) + ")";
      break;
    case DecayShape::logistic:
      text += "(m=" + exact_text(decay.median) + ", s=" + exact_text(decay.parameter) + ")";
      break;
    case DecayShape::step: {
      std::vector<std::string> steps;
      const char* sign = decay.edge == StepEdge::inner ? "<=" : "<";
      for (std::size_t k = 0; k < decay.bounds.size(); ++k) {
        steps.push_back(exact_text(decay.weights[k]) + " for " + sign +
                        exact_text(decay.bounds[k]));
      }
      text += "(" + joined(steps, ", ") + ")";
      break;
    }
    case DecayShape::binary:
    case DecayShape::linear:
    case DecayShape::epanechnikov:
      break;
  }
  if (std::isfinite(decay.cutoff)) {
    text += ", cutoff=" + exact_text(decay.cutoff) + " " + std::string(shown_unit(unit));
  }
  return text;
}

Decay decay_of(const std::string& words, double cutoff) {
  const std::size_t colon = words.find(':');
  const std::string name = lower_ascii(trimmed(std::string_view(words).substr(0, colon)));
  const auto shape = std::find_if(shape_words.begin(), shape_words.end(),
                                  [&](const ShapeWord& one) { return name == one.word; });
  if (shape == shape_words.end()) {
    std::vector<std::string> known;
    for (const ShapeWord& one : shape_words) known.emplace_back(one.word);
    const std::string near = nearest_word(name, known);
    refuse(words, "is not known",
           near.empty() ? "known are " + joined(known, ", ") : "did you mean " + near + "?");
  }
  Decay decay;
  decay.shape = shape->shape;
  decay.cutoff = cutoff;
  const bool plain = decay.shape == DecayShape::binary || decay.shape == DecayShape::linear ||
                     decay.shape == DecayShape::epanechnikov;
  const bool bare = colon == std::string::npos;
  if ((plain && !bare) || (bare && decay.shape == DecayShape::step)) {
    refuse(words, plain ? "takes no parameter" : "has no steps",
           std::string("write it like ") + shape->example);
  }
  if (bare) {
    set_width(decay, words, *shape);
  } else {
    const std::string_view text = std::string_view(words).substr(colon + 1);
    const std::vector<std::string_view> parts = split(text, ',');
    if (decay.shape == DecayShape::step) {
      read_steps(decay, words, text, *shape);
    } else {
      const std::size_t count = decay.shape == DecayShape::logistic ? 2 : 1;
      if (parts.size() != count) {
        refuse(words, "has the wrong number of parameters",
               std::string("write it like ") + shape->example);
      }
      decay.parameter = number_in(words, parts.back(), *shape);
      if (count == 2) decay.median = number_in(words, parts.front(), *shape);
    }
  }
  check_decay(decay);
  return decay;
}

std::vector<double> decay_table(const Decay& decay, CostUnit unit, std::uint32_t last) {
  check_decay(decay);
  const std::uint32_t within = whole_cost(decay.cutoff, unit);
  const double per_shown = units_per_shown(unit);
  std::vector<double> table(std::size_t{last} + 1, 0.0);
  for (std::size_t whole = 0; whole < table.size() && whole <= within; ++whole) {
    table[whole] = shape_weight(decay, static_cast<double>(whole) / per_shown);
  }
  return table;
}

double whole_weight(const Decay& decay, CostUnit unit, std::uint32_t whole) {
  return whole <= whole_cost(decay.cutoff, unit)
             ? shape_weight(decay, static_cast<double>(whole) / units_per_shown(unit))
             : 0.0;
}

}  // namespace quartier::metrics
