#include "oracle/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "base/number.h"

namespace quartier::oracle {

namespace {

std::string digits(double value) {
  if (!is_defined(value)) return "undefined";
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.17g", value);
  return text.data();
}

std::string brief(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.2g", value);
  return text.data();
}

std::string compared(double ours, double reference) {
  return "ours " + digits(ours) + "  reference " + digits(reference) + "  difference " +
         brief(difference(ours, reference));
}

}  // namespace

double difference(double ours, double reference) {
  if (!is_defined(ours) && !is_defined(reference)) return 0.0;
  if (!is_defined(ours) || !is_defined(reference)) return std::numeric_limits<double>::infinity();
  return ours == reference ? 0.0 : std::abs(ours - reference);
}

bool agree(double ours, double reference, double tolerance) {
  return difference(ours, reference) <= tolerance;
}

void Report::judge(const std::string& family, const std::string& line, bool passed,
                   double largest) {
  Family& sum = families_[family];
  ++sum.rows;
  sum.largest = std::max(sum.largest, largest);
  ++(passed ? passed_ : failed_);
  if (!passed || !quiet_) std::printf("%s  %s\n", passed ? "pass" : "FAIL", line.c_str());
}

void Report::uncovered(const std::string& family, const std::string& name,
                       const std::string& reason) {
  ++families_[family].rows;
  ++uncovered_;
  std::printf("uncovered  %s  %s\n", name.c_str(), reason.c_str());
}

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

bool Report::finish() const {
  if (!quiet_) {
    for (const auto& [name, family] : families_) {
      std::printf("family %s: %zu rows, largest difference %s\n", name.c_str(), family.rows,
                  brief(family.largest).c_str());
    }
  }
  std::printf("%zu rows: %zu pass, %zu fail, %zu uncovered\n", passed_ + failed_ + uncovered_,
              passed_, failed_, uncovered_);
  return failed_ == 0 && uncovered_ == 0;
}

}  // namespace quartier::oracle
