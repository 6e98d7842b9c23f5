#pragma once
/// Names of the sample city: invented, pronounceable, some with letters outside ASCII.

#include <cstdint>
#include <string>
#include <unordered_map>

#include "study/sample/neighbourhoods.h"

namespace quartier::study::sample {

/// A name that no other neighbourhood has, so that every place in the city can be told apart.
class Namer {
 public:
  explicit Namer(std::uint64_t seed) : seed_(seed) {}

  /// The next name, fitting for what the place is used for. A name that is taken gets a number.
  std::string next(LandUse use);

 private:
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
  std::unordered_map<std::string, std::uint32_t> taken_;
};

/// The longest name of the city, given to one neighbourhood to try the layout of tables and maps.
inline constexpr const char* longest_name =
    "Saint Osgyth-under-the-Weir with Upper and Lower Vélbrook Garden Suburb (Northern Extension)";

}  // namespace quartier::study::sample
