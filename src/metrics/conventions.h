#pragma once
/// Conventions that programs choose differently, each with the choice made here unless a caller
/// says otherwise. A metric prints those it used in its parameters.

#include <cstdint>
#include <string_view>

#include "domain/districts.h"

namespace quartier::metrics {

/// Whether districts where nobody lives take part in indices that read areas, boundaries or
/// distances. (Indices of counts alone are the same either way.)
enum class EmptyDistricts : std::uint8_t {
  dropped,  ///< left out with their area, boundaries and place
  kept,     ///< take part with a share of 0
};

/// d_ii, how far residents of a district are from each other, with its area a_i in km².
enum class SelfDistance : std::uint8_t {
  root_of_area,  ///< 0.6 √a_i (White 1983)
  root_of_part,  ///< √(0.6 a_i), as several programs read the same rule
  zero,          ///< 0
};

/// Which outline of a district counts in perimeter over area (Wong 1993).
enum class Perimeter : std::uint8_t {
  full,      ///< all of it
  interior,  ///< only what it shares with other districts, empty ones too
};

/// Which population closes the large end of relative concentration (RCO).
enum class LargeEnd : std::uint8_t {
  group,      ///< X, as at the small end
  reference,  ///< Y
};

/// Districts equally far from a centre.
enum class Ties : std::uint8_t {
  row_order,  ///< one after the other, in district order
  together,   ///< as if they were one district; distances that agree to nine digits are equal
};

/// What becomes of a district without neighbours in statistics of neighbourhoods.
enum class Islands : std::uint8_t {
  kept,     ///< stays in n, the mean and the variance
  dropped,  ///< takes no part
};

/// Whose residents weigh the districts where the composition is that of an environment.
enum class Weighing : std::uint8_t {
  own_residents,        ///< those of the district (Reardon & O'Sullivan 2004)
  smoothed_population,  ///< the environment's own sums (egohoods, Hipp & Boessen 2013)
};

/// What is done about many tests at once where categories of a local statistic are chosen.
enum class Correction : std::uint8_t {
  none,             ///< p <= level
  false_discovery,  ///< Benjamini & Hochberg 1995: at most `level` of the discoveries are false
  bonferroni,       ///< p <= level / number of tests
};

/// The logarithm of information measures.
enum class InformationUnit : std::uint8_t {
  nats,  ///< natural
  bits,  ///< to base 2
};

/// Every convention with its default.
struct Conventions {
  EmptyDistricts empty_districts = EmptyDistricts::dropped;
  SelfDistance self_distance = SelfDistance::root_of_area;
  double decay_per_km = 1.0;  ///< β in c_ij = exp(−β d_ij)
  Perimeter perimeter = Perimeter::full;
  LargeEnd large_end = LargeEnd::group;
  ContiguityRule contiguity = ContiguityRule::queen;
  std::uint32_t neighbour_orders = 2;  ///< K of dissimilarity adjusted for neighbours of neighbours
  Ties ties = Ties::row_order;
  Islands islands = Islands::kept;
  Weighing weighing = Weighing::own_residents;
  Correction correction = Correction::none;
  double atkinson_b = 0.5;                        ///< b of Atkinson's index, 0 < b < 1
  std::uint32_t concentration_thresholds = 1000;  ///< m of the concentration profile
};

/// "dropped", "0.6*sqrt(area)", "false_discovery" ...: the words of the parameters column.
std::string_view text_of(EmptyDistricts choice);
std::string_view text_of(SelfDistance choice);
std::string_view text_of(Perimeter choice);
std::string_view text_of(LargeEnd choice);
std::string_view text_of(ContiguityRule choice);
std::string_view text_of(Ties choice);
std::string_view text_of(Islands choice);
std::string_view text_of(Weighing choice);
std::string_view text_of(Correction choice);

}  // namespace quartier::metrics
