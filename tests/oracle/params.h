#pragma once
/// The grammar of `params`: free text, some parts of which decide how an index is computed.

#include <optional>
#include <string>
#include <string_view>

#include "domain/districts.h"
#include "metrics/conventions.h"
#include "metrics/environment.h"
#include "oracle/tally.h"

namespace quartier::oracle {

/// The functions throw `Uncovered` where a part that decides is absent or cannot be read.
class Params {
 public:
  explicit Params(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] bool says(std::string_view words) const;
  /// What follows `name=`, up to a blank, comma or semicolon; nothing where it is absent.
  [[nodiscard]] std::optional<std::string> word(std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] double needed_number(std::string_view name) const;

  [[nodiscard]] metrics::EmptyDistricts empty_districts() const;
  [[nodiscard]] ContiguityRule contiguity() const;
  [[nodiscard]] metrics::Perimeter perimeter() const;
  [[nodiscard]] metrics::SelfDistance self_distance() const;
  /// β of c_ij=exp(-d_km) or exp(-β*d_km); 1 where the text is silent.
  [[nodiscard]] double decay_per_km() const;
  /// The row of the district that is the centre; nothing: the mean of the centroids.
  [[nodiscard]] std::optional<std::size_t> centre() const;
  [[nodiscard]] metrics::EnvironmentSpec environment() const;

 private:
  [[nodiscard]] std::optional<std::string> until(std::string_view opening,
                                                 std::string_view ends) const;
  std::string text_;
};

}  // namespace quartier::oracle
