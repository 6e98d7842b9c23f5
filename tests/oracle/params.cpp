#include "oracle/params.h"

#include <cctype>
#include <cmath>
#include <limits>

#include "base/number.h"
#include "base/text.h"
#include "oracle/csv.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

bool part_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

double positive(double number, const std::string& name) {
  if (!(number > 0.0)) throw Uncovered("params: " + name + " is not above 0");
  return number;
}

double whole(double number, const std::string& name) {
  if (number != std::floor(number)) throw Uncovered("params: " + name + " is no whole number");
  return number;
}

}  // namespace

bool Params::says(std::string_view words) const {
  for (std::size_t at = text_.find(words); at != std::string::npos;
       at = text_.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    const bool begins = at == 0 || !part_of_word(text_[at - 1]);
    const bool closes = end == text_.size() || !part_of_word(text_[end]);
    if (begins && closes) return true;
  }
  return false;
}

std::optional<std::string> Params::until(std::string_view opening, std::string_view ends) const {
  for (std::size_t at = text_.find(opening); at != std::string::npos;
       at = text_.find(opening, at + 1)) {
    if (at > 0 && part_of_word(text_[at - 1])) continue;
    const std::size_t from = at + opening.size();
    const std::size_t end = text_.find_first_of(ends, from);
    const std::string rest = text_.substr(from, end == std::string::npos ? end : end - from);
    return std::string(trimmed(rest));
  }
  return std::nullopt;
}

std::optional<std::string> Params::word(std::string_view name) const {
  return until(std::string(name) + "=", " ;,");
}

std::optional<double> Params::number(std::string_view name) const {
  const std::optional<std::string> text = word(name);
  if (!text) return std::nullopt;
  const std::optional<double> value = number_of(*text);
  if (!value || !is_defined(*value)) {
    throw Uncovered("params: " + std::string(name) + "=" + *text + " is no number");
  }
  return value;
}

double Params::needed_number(std::string_view name) const {
  const std::optional<double> value = number(name);
  if (!value) throw Uncovered("params: no " + std::string(name) + "=");
  return *value;
}

EmptyDistricts Params::empty_districts() const {
  return says("empty units dropped") ? EmptyDistricts::dropped : EmptyDistricts::kept;
}

ContiguityRule Params::contiguity() const {
  const bool rook = says("rook");
  if (rook == says("queen")) throw Uncovered("params: neither rook nor queen, or both");
  return rook ? ContiguityRule::rook : ContiguityRule::queen;
}

Perimeter Params::perimeter() const {
  const bool full = says("full perimeter");
  if (full == says("interior perimeter")) {
    throw Uncovered("params: neither full nor interior perimeter, or both");
  }
  return full ? Perimeter::full : Perimeter::interior;
}

SelfDistance Params::self_distance() const {
  const std::optional<std::string> text = until("self distance ", ";,");
  if (text == "0") return SelfDistance::zero;
  if (text == "0.6*sqrt(area)") return SelfDistance::root_of_area;
  if (text == "sqrt(0.6*area)") return SelfDistance::root_of_part;
  throw Uncovered(text ? "params: self distance " + *text : "params: no self distance");
}

double Params::decay_per_km() const {
  const std::optional<std::string> text = until("c_ij=", " ;,");
  if (!text || *text == "exp(-d_km)") return 1.0;
  constexpr std::string_view opening = "exp(-";
  constexpr std::string_view closing = "*d_km)";
  if (text->starts_with(opening) && text->ends_with(closing)) {
    const std::optional<double> beta =
        number_of(text->substr(opening.size(), text->size() - opening.size() - closing.size()));
    if (beta && *beta > 0.0) return *beta;
  }
  throw Uncovered("params: c_ij=" + *text);
}

std::optional<std::size_t> Params::centre() const {
  const std::optional<std::string> text = until("centre=", ";,");
  if (text == "mean of centroids") return std::nullopt;
  constexpr std::string_view opening = "centroid of unit index ";
  if (text && text->starts_with(opening)) {
    const std::optional<double> row = number_of(text->substr(opening.size()));
    if (row && *row >= 0.0 && *row == std::floor(*row)) return static_cast<std::size_t>(*row);
  }
  throw Uncovered(text ? "params: centre=" + *text : "params: no centre=");
}

EnvironmentSpec Params::environment() const {
  if (const std::optional<std::string> self = until("self weight=", " ;,");
      self && *self != "k(0)" && *self != "1") {
    throw Uncovered("params: self weight=" + *self);
  }
  if (const std::optional<std::string> shape = word("kernel")) {
    const std::optional<KernelShape> known = kernel_shape_of(*shape);
    if (!known) throw Uncovered("params: kernel=" + *shape);
    Kernel kernel{*known, positive(needed_number("bandwidth_m"), "bandwidth_m")};
    kernel.least_weight = 0.0;
    return kernel_environment(kernel);
  }
  if (word("power")) {
    const std::optional<std::string> longest = word("maxdist_km");
    if (!longest) throw Uncovered("params: no maxdist_km=");
    Kernel kernel = metrics::decay_per_km(
        positive(needed_number("power"), "power"),
        *longest == "none" ? std::numeric_limits<double>::infinity()
                           : positive(needed_number("maxdist_km"), "maxdist_km"));
    kernel.least_weight = 0.0;
    return kernel_environment(kernel);
  }
  if (const std::optional<double> persons = number("K")) {
    return metrics::nearest_people(positive(*persons, "K"), TieRule::row_order);
  }
  if (const std::optional<double> districts = number("k")) {
    return metrics::nearest_districts(whole(positive(*districts, "k"), "k"), TieRule::row_order);
  }
  throw Uncovered("params: no kernel=, power=, K= or k=");
}

}  // namespace quartier::oracle
