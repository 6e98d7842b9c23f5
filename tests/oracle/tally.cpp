#include "oracle/tally.h"

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

}  // namespace

double difference(double ours, double reference) {
  if (!is_defined(ours) && !is_defined(reference)) return 0.0;
  if (!is_defined(ours) || !is_defined(reference)) return std::numeric_limits<double>::infinity();
  return ours == reference ? 0.0 : std::abs(ours - reference);
}

bool agree(double ours, double reference, double tolerance) {
  return difference(ours, reference) <= tolerance;
}

std::string brief(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.2g", value);
  return text.data();
}

std::string both(double ours, double reference) {
  return "ours " + digits(ours) + "  reference " + digits(reference);
}

void Tally::judge(const std::string& family, const std::string& line, bool passed, double largest) {
  Family& sum = families_[family];
  ++sum.rows;
  sum.largest = std::max(sum.largest, largest);
  ++(passed ? passed_ : failed_);
  if (!passed || !quiet_) std::printf("%s  %s\n", passed ? "pass" : "FAIL", line.c_str());
}

void Tally::uncovered(const std::string& family, const std::string& name,
                      const std::string& reason) {
  ++families_[family].rows;
  ++uncovered_;
  std::printf("uncovered  %s  %s\n", name.c_str(), reason.c_str());
}

bool Tally::finish() const {
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
