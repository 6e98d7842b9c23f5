#pragma once
/// The priority profile: which indicators say where to act first, and with what weight.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/indicators.h"

namespace quartier::priority {

/// How values of different units are made comparable. Every form is turned so that high is urgent.
enum class Normalisation : std::uint8_t { min_max, z_score, percentile_rank };

/// A row of the table of normalisations, read by the command line, docs and the window.
struct NormalisationEntry {
  Normalisation normalisation;
  std::string_view id;
  std::string_view label;
  std::string_view formula;  ///< for an indicator whose high values are urgent
  std::string_view scale;    ///< what the numbers mean
};

inline constexpr auto normalisation_table = std::to_array<NormalisationEntry>({
    {Normalisation::min_max, "min-max", "Between least and most urgent", "(x - min) / (max - min)",
     "0 least urgent, 1 most urgent district"},
    {Normalisation::z_score, "z-score", "Standard score", "(x - mean) / population sd",
     "standard deviations above the mean of the districts"},
    {Normalisation::percentile_rank, "percentile-rank", "Percentile rank", "(rank - 1) / (n - 1)",
     "share of the other districts that are less urgent"},
});

std::string_view id_of(Normalisation normalisation);
/// @throws InputError for an id that is not in the table, with the nearest one
Normalisation normalisation_from(std::string_view id);

/// One indicator of a profile. Direction, domain and lever are declared by the study, never
/// guessed.
struct PriorityItem {
  std::string indicator;  ///< id of the indicator in the study
  std::string label;
  Direction direction = Direction::high_is_urgent;
  Domain domain = Domain::labour;
  Lever lever = Lever::city;
  double weight = 1.0;
  bool composition = false;  ///< who lives there, rather than how they fare
  std::string reason;        ///< why a composition enters; printed first in every report
};

/// Whose levers the ranking is about. What only others can change goes on the ask list, unranked
/// (Penninx 2009, 1.3 C).
struct RankedLevers {
  bool city = true;
  bool region = true;
  bool nation = false;
  [[nodiscard]] bool includes(Lever lever) const {
    return lever == Lever::city ? city : lever == Lever::region ? region : nation;
  }
};

struct PriorityProfile {
  std::string id;
  std::string label;
  std::string date;  ///< ISO 8601; empty: the latest date of each indicator
  Normalisation normalisation = Normalisation::min_max;
  RankedLevers levers;
  double minimum_coverage =
      0.5;  ///< least share of the weight with data for a district to be ranked
  std::vector<PriorityItem> items;
};

/// Refuses a profile that cannot be ranked by.
/// @throws InputError where there are no items; an indicator occurs twice or has no id; a weight is
///   negative or not finite; the weights of the ranked items sum to 0; the minimum coverage is not
///   in [0, 1]; or an indicator of composition comes without a written reason
void check(const PriorityProfile& profile);

/// Refuses composition that enters unannounced: items whose indicator is one of composition
/// without the item saying so and giving a reason.
/// @param indicators  the indicator of each item, in item order; nullptr where there is none
/// @throws InputError naming the item
void check_composition(const PriorityProfile& profile,
                       std::span<const Indicator* const> indicators);

/// Positions of the items that let composition in: their reasons are printed first.
std::vector<std::size_t> composition_items(const PriorityProfile& profile);

/// Positions of the items on the ask list: those whose lever is not among the ranked ones.
std::vector<std::size_t> asked_items(const PriorityProfile& profile);

}  // namespace quartier::priority
