#include "oracle/access/compare.h"

#include <algorithm>
#include <cstdio>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace quartier::oracle {

namespace {

/// 0 where the two agree entirely, else their difference over the reference.
double relative_difference(double ours, double reference) {
  const double apart = difference(ours, reference);
  if (apart == 0.0) return 0.0;
  if (reference == 0.0 || !std::isfinite(reference)) return std::numeric_limits<double>::infinity();
  return apart / std::abs(reference);
}

double allowed(Closeness closeness, double reference) {
  if (closeness == Closeness::equilibrium) return 1e-9;
  return closeness == Closeness::whole && reference == std::floor(reference) ? 0.0 : 1e-12;
}

double difference_by_rule(double ours, WhereEmpty rule) {
  const bool follows = rule == WhereEmpty::nothing       ? ours == 0.0
                       : rule == WhereEmpty::unreachable ? ours == unreachable
                       : rule == WhereEmpty::never       ? !is_defined(ours)
                                                         : !is_defined(ours) || ours == unreachable;
  return follows ? 0.0 : std::numeric_limits<double>::infinity();
}

}  // namespace

void compare(Tally& tally, const std::string& family, const std::string& name,
             const Expected& expected, const std::function<std::vector<double>()>& compute) {
  try {
    const std::vector<double> ours = compute();
    expects(ours.size() == expected.values.size(), "compare: a value for each reference");
    double largest = 0.0;
    std::vector<std::string> failures;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const Reference& reference = expected.values[i];
      const double apart = reference.empty ? difference_by_rule(ours[i], expected.where_empty)
                                           : relative_difference(ours[i], reference.value);
      const double most = reference.empty ? 0.0 : allowed(expected.closeness, reference.value);
      largest = std::max(largest, apart);
      if (apart <= most) continue;
      failures.push_back("      " + reference.name + "  " +
                         both(ours[i], reference.empty ? undefined : reference.value));
    }
    std::string line = name;
    if (ours.size() == 1) {
      line += "  " + both(ours.front(), expected.values.front().value);
      failures.resize(std::min<std::size_t>(failures.size(), 1));
    }
    line += "  largest relative difference " + brief(largest) + " of " +
            std::to_string(ours.size()) + " values";
    if (!failures.empty()) line += ", " + std::to_string(failures.size()) + " fail";
    tally.judge(family, line, failures.empty(), largest);
    if (ours.size() == 1) return;
    for (const std::string& failure : failures) std::printf("%s\n", failure.c_str());
  } catch (const Uncovered& reason) {
    tally.uncovered(family, name, reason.what());
  } catch (const std::exception& error) {
    tally.judge(family, name + "  cannot be computed: " + error.what(), false, 0.0);
  }
}

void compare(Tally& tally, const std::string& family, const std::string& name, double reference,
             Closeness closeness, const std::function<double()>& compute) {
  compare(tally, family, name, {{{name, reference}}, closeness, WhereEmpty::never},
          [&] { return std::vector<double>{compute()}; });
}

std::vector<Reference> references_of(const Table& table, std::size_t column, std::size_t name,
                                     bool negative_is_unreachable) {
  std::vector<Reference> references;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    Reference reference{table.rows[row][name], table.number(row, column)};
    reference.empty = !is_defined(reference.value);
    if (negative_is_unreachable && reference.value == -1.0) reference.value = unreachable;
    references.push_back(std::move(reference));
  }
  return references;
}

}  // namespace quartier::oracle
