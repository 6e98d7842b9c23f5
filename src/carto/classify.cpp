#include "carto/classify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace quartier::carto {
namespace {

constexpr auto method_table = std::to_array<BreakMethodEntry>({
    {BreakMethod::quantile, "quantile", "Quantiles (equal numbers of districts)"},
    {BreakMethod::equal_interval, "equal_interval", "Equal intervals"},
    {BreakMethod::natural, "natural", "Natural breaks (exact)"},
    {BreakMethod::head_tail, "head_tail", "Head/tail breaks"},
    {BreakMethod::diverging, "diverging", "Diverging from a midpoint"},
});

std::vector<double> finite_of(std::span<const double> values) {
  std::vector<double> kept;
  kept.reserve(values.size());
  for (const double value : values) {
    if (std::isfinite(value)) kept.push_back(value);
  }
  return kept;
}

void expect_count(std::size_t class_count) {
  expects(class_count >= 1 && class_count <= most_classes, "breaks: from 1 to 32 classes");
}

/// Appends an edge where it rises above the last one.
void raise(std::vector<double>& edges, double edge) {
  if (edge > edges.back()) edges.push_back(edge);
}

/// `edges` closed at `greatest`; one value alone is the class from it to itself.
Breaks closed(std::vector<double> edges, double greatest) {
  if (edges.size() == 1 || greatest > edges.back()) edges.push_back(greatest);
  return {std::move(edges)};
}

/// Positive edges of the classes on one side of the midpoint, at shares of the way.
std::vector<double> side_edges(std::vector<double> deviations, std::size_t class_count,
                               bool quantiles) {
  // In units of one class: from 1 where the midpoint is an edge, from 1/2 where a class lies round
  // it.
  const double half = static_cast<double>(class_count) / 2.0;
  const double first = class_count % 2 == 0 ? 1.0 : 0.5;
  const double reach = *std::max_element(deviations.begin(), deviations.end());
  if (quantiles) std::sort(deviations.begin(), deviations.end());
  std::vector<double> edges;
  for (std::size_t i = 0; i < (class_count - 1) / 2; ++i) {
    const double step = first + static_cast<double>(i);
    double edge = reach * (step / half);
    if (quantiles) {
      const auto rank =
          static_cast<std::size_t>(std::ceil(step / half * static_cast<double>(deviations.size())));
      edge = deviations[std::max<std::size_t>(rank, 1) - 1];
    }
    if (edge > (edges.empty() ? 0.0 : edges.back()) && edge < reach) edges.push_back(edge);
  }
  edges.push_back(reach);
  return edges;
}

QUARTIER_HOT void classify(const double* values, std::size_t count, const double* inner,
                           std::size_t inner_count, std::uint8_t* classes) {
  for (std::size_t i = 0; i < count; ++i) {
    const double value = values[i];
    unsigned above = 0;
    for (std::size_t e = 0; e < inner_count; ++e) above += value > inner[e] ? 1U : 0U;
    classes[i] = std::abs(value) <= std::numeric_limits<double>::max()
                     ? static_cast<std::uint8_t>(above)
                     : no_class;
  }
}

}  // namespace

std::uint8_t Breaks::class_of(double value) const {
  if (edges.size() < 2 || !std::isfinite(value)) return no_class;
  std::size_t i = 0;
  while (i + 2 < edges.size() && value > edges[i + 1]) ++i;
  return static_cast<std::uint8_t>(i);
}

std::vector<std::uint8_t> classes_of(const Breaks& breaks, std::span<const double> values) {
  std::vector<std::uint8_t> classes(values.size(), no_class);
  if (breaks.class_count() == 0) return classes;
  classify(values.data(), values.size(), breaks.edges.data() + 1, breaks.edges.size() - 2,
           classes.data());
  return classes;
}

Breaks equal_interval_breaks(std::span<const double> values, std::size_t class_count) {
  expect_count(class_count);
  const std::vector<double> kept = finite_of(values);
  if (kept.empty()) return {};
  const auto [least, greatest] = std::minmax_element(kept.begin(), kept.end());
  std::vector<double> edges{*least};
  for (std::size_t i = 1; i < class_count && *least < *greatest; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(class_count);
    raise(edges, (1.0 - t) * *least + t * *greatest);
  }
  return closed(std::move(edges), *greatest);
}

Breaks quantile_breaks(std::span<const double> values, std::size_t class_count) {
  expect_count(class_count);
  std::vector<double> kept = finite_of(values);
  if (kept.empty()) return {};
  const double least = *std::min_element(kept.begin(), kept.end());
  std::vector<double> edges{least};
  auto begin = kept.begin();
  for (std::size_t i = 1; i <= class_count; ++i) {
    const std::size_t rank =
        (i * kept.size() + class_count - 1) / class_count;  // from 1, rounded up
    const auto at = kept.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(begin, at, kept.end());
    begin = at;
    // The first class may be the least value alone, which then is both of its edges.
    if (edges.size() == 1 || *at > edges.back()) edges.push_back(*at);
  }
  return {std::move(edges)};
}

Breaks head_tail_breaks(std::span<const double> values, std::size_t class_count) {
  expect_count(class_count);
  std::vector<double> kept = finite_of(values);
  if (kept.empty()) return {};
  std::sort(kept.begin(), kept.end());
  std::vector<double> edges{kept.front()};
  std::span<const double> part(kept);
  while (edges.size() < class_count && part.size() > 1) {
    const double mean = compensated_sum(part) / static_cast<double>(part.size());
    const auto head =
        static_cast<std::size_t>(part.end() - std::upper_bound(part.begin(), part.end(), mean));
    if (head == 0 || 5 * head > 2 * part.size()) break;
    raise(edges, mean);
    part = part.last(head);
  }
  return closed(std::move(edges), kept.back());
}

Breaks diverging_breaks(std::span<const double> values, double midpoint, std::size_t class_count,
                        DivergingSteps steps) {
  expect_count(class_count);
  const bool ratio = steps == DivergingSteps::ratio || steps == DivergingSteps::ratio_quantile;
  expects(std::isfinite(midpoint) && (!ratio || midpoint > 0.0),
          "diverging_breaks: a finite midpoint, positive for ratio steps");
  std::vector<double> deviations;
  bool any = false;
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    any = true;
    if (ratio && value <= 0.0) continue;
    const double deviation =
        ratio ? std::abs(std::log(value / midpoint)) : std::abs(value - midpoint);
    if (deviation > 0.0) deviations.push_back(deviation);
  }
  if (!any) return {};
  if (deviations.empty() || class_count == 1) {
    const Breaks all = equal_interval_breaks(values, 1);
    return {{std::min(midpoint, all.edges.front()), std::max(midpoint, all.edges.back())}};
  }
  const bool quantiles =
      steps == DivergingSteps::quantile || steps == DivergingSteps::ratio_quantile;
  const std::vector<double> side = side_edges(std::move(deviations), class_count, quantiles);
  std::vector<double> edges;
  for (std::size_t i = side.size(); i-- > 0;) {
    edges.push_back(ratio ? midpoint * std::exp(-side[i]) : midpoint - side[i]);
  }
  if (class_count % 2 == 0) edges.push_back(midpoint);
  for (const double edge : side) {
    edges.push_back(ratio ? midpoint * std::exp(edge) : midpoint + edge);
  }
  return {std::move(edges)};
}

Breaks manual_breaks(std::vector<double> edges) {
  if (edges.size() < 2 || edges.size() > most_classes + 1) {
    throw InputError("class breaks: " + std::to_string(edges.size()) + " edges given",
                     "give from 2 to 33 edges, from the lowest to the highest");
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (!std::isfinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
      throw InputError(
          "class breaks: edge " + std::to_string(i + 1) + " is not a number above the one before",
          "give the edges from the lowest to the highest");
    }
  }
  return {std::move(edges)};
}

std::span<const BreakMethodEntry> break_methods() { return method_table; }

BreakMethod break_method(std::string_view id) {
  std::vector<std::string> ids;
  for (const BreakMethodEntry& entry : method_table) {
    if (entry.id == id) return entry.method;
    ids.emplace_back(entry.id);
  }
  const std::string near = nearest_word(id, ids);
  throw InputError(
      "no class breaks called \"" + display_safe(id) + "\"",
      (near.empty() ? "use one of " + joined(ids, ", ") : "did you mean " + near + "?"));
}

Breaks make_breaks(BreakMethod method, std::span<const double> values, std::size_t class_count,
                   double midpoint) {
  switch (method) {
    case BreakMethod::quantile:
      return quantile_breaks(values, class_count);
    case BreakMethod::equal_interval:
      return equal_interval_breaks(values, class_count);
    case BreakMethod::natural:
      return natural_breaks(values, class_count);
    case BreakMethod::head_tail:
      return head_tail_breaks(values, class_count);
    case BreakMethod::diverging: {
      const bool ratio = midpoint > 0.0 && std::none_of(values.begin(), values.end(),
                                                        [](double v) { return v < 0.0; });
      return diverging_breaks(values, midpoint, class_count,
                              ratio ? DivergingSteps::ratio_quantile : DivergingSteps::quantile);
    }
  }
  return quantile_breaks(values, class_count);
}

}  // namespace quartier::carto
