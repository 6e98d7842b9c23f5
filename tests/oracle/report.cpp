#include "oracle/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/number.h"

namespace quartier::oracle {

namespace {

std::string compared(double ours, double reference) {
  return both(ours, reference) + "  difference " + brief(difference(ours, reference));
}

}  // namespace

void Report::row(const std::string& family, const std::string& name, double reference,
                 const std::function<Answer()>& compute, std::optional<Tolerance> tolerance) {
  try {
    const Answer answer = compute();
    const double most = allowed(tolerance.value_or(answer.tolerance));
    std::string line = name + "  " + compared(answer.ours, reference);
    bool passed = agree(answer.ours, reference, most);
    double largest = difference(answer.ours, reference);
    for (const Part& part : answer.parts) {
      passed = passed && agree(part.ours, part.reference, most);
      largest = std::max(largest, difference(part.ours, part.reference));
      line += "  " + part.name + ": " + compared(part.ours, part.reference);
    }
    judge(family, line, passed, largest);
  } catch (const Uncovered& reason) {
    uncovered(family, name, reason.what());
  } catch (const std::exception& error) {
    judge(family, name + "  cannot be computed: " + error.what(), false, 0.0);
  }
}

void Report::column(const Column& column, const std::vector<std::string>& ids,
                    const std::vector<std::size_t>& districts, const std::vector<double>& reference,
                    const std::function<LocalAnswer()>& compute) {
  const std::string family = "local";
  const std::string& name = column.name;
  try {
    const LocalAnswer answer = compute();
    const double absolute = allowed(answer.tolerance);
    const double relative =
        column.rounded ? std::max(absolute, allowed(Tolerance::local_rounded)) : absolute;
    double largest = 0.0;
    std::vector<std::string> failures;
    for (std::size_t r = 0; r < reference.size(); ++r) {
      const double ours = answer.ours[districts[r]];
      const double size = is_defined(reference[r]) ? std::abs(reference[r]) : 0.0;
      const double most = std::max(absolute, relative * size);
      largest = std::max(largest, difference(ours, reference[r]));
      if (!agree(ours, reference[r], most)) {
        failures.push_back("      " + ids[districts[r]] + "  " + compared(ours, reference[r]));
      }
    }
    judge(family,
          name + "  largest difference " + brief(largest) + " of " +
              std::to_string(reference.size()) + " values" +
              (failures.empty() ? "" : ", " + std::to_string(failures.size()) + " fail"),
          failures.empty(), largest);
    for (const std::string& failure : failures) std::printf("%s\n", failure.c_str());
  } catch (const Uncovered& reason) {
    uncovered(family, name, reason.what());
  } catch (const std::exception& error) {
    judge(family, name + "  cannot be computed: " + error.what(), false, 0.0);
  }
}

}  // namespace quartier::oracle
