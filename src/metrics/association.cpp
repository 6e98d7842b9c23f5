#include "metrics/association.h"

#include <algorithm>
#include <array>

namespace quartier::metrics {

std::string_view name_of(Pattern pattern) {
  constexpr std::array<std::string_view, 7> names{"none",     "high-high", "low-low",   "high-low",
                                                  "low-high", "similar",   "dissimilar"};
  return names[static_cast<std::size_t>(pattern)];
}

double permutation_p(std::uint64_t at_least, std::uint64_t at_most, std::uint64_t permutations,
                     Tail tail) {
  std::uint64_t beyond = std::min(at_least, at_most);
  if (tail == Tail::upper) beyond = at_least;
  if (tail == Tail::lower) beyond = at_most;
  const double p = (1.0 + static_cast<double>(beyond)) / (1.0 + static_cast<double>(permutations));
  return tail == Tail::two_sided ? std::min(1.0, 2.0 * p) : p;
}

double false_discovery_level(std::span<const double> p_values, double rate) {
  std::vector<double> sorted;
  for (const double p : p_values) {
    if (is_defined(p)) sorted.push_back(p);
  }
  std::sort(sorted.begin(), sorted.end());
  double level = 0.0;
  for (std::size_t rank = 0; rank < sorted.size(); ++rank) {
    const double allowed =
        rate * static_cast<double>(rank + 1) / static_cast<double>(sorted.size());
    if (sorted[rank] <= allowed) level = sorted[rank];
  }
  return level;
}

double bonferroni_level(std::span<const double> p_values, double level) {
  const auto tests = std::count_if(p_values.begin(), p_values.end(), is_defined);
  return tests == 0 ? level : level / static_cast<double>(tests);
}

double significance_level(std::span<const double> p_values, double level, Correction correction) {
  if (correction == Correction::false_discovery) return false_discovery_level(p_values, level);
  if (correction == Correction::bonferroni) return bonferroni_level(p_values, level);
  return level;
}

std::vector<Pattern> significant_patterns(const LocalAssociation& local, double level,
                                          Correction correction) {
  const double largest = significance_level(local.p_values, level, correction);
  std::vector<Pattern> patterns = local.patterns;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (!(local.p_values[i] <= largest)) patterns[i] = Pattern::none;
  }
  return patterns;
}

}  // namespace quartier::metrics
