#pragma once
/// Indicators: outcomes and conditions per district, with what is needed to rank by them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quartier {

/// The three dimensions of integration (Penninx 2009), always shown, also when empty.
enum class Dimension : std::uint8_t { legal_political, socio_economic, cultural_religious };

/// Where in city life an indicator belongs.
enum class Domain : std::uint8_t {
  labour,
  education,
  housing,
  health,
  legal_political,
  cultural_religious,
};

/// Which values mean that action is more urgent. Declared, never guessed.
enum class Direction : std::uint8_t { high_is_urgent, low_is_urgent };

/// Who holds the lever that could change it.
enum class Lever : std::uint8_t { city, region, nation };

std::string_view id_of(Dimension);
std::string_view id_of(Domain);
std::string_view id_of(Direction);
std::string_view id_of(Lever);
std::string_view label_of(Dimension);
std::string_view label_of(Domain);
std::string_view label_of(Direction);
std::string_view label_of(Lever);
Dimension dimension_of(Domain);

/// One indicator at one date, for everyone or for one group.
struct Indicator {
  std::string id;
  std::string label;
  std::string unit;   ///< "%", "EUR/m2", "persons"
  std::string date;   ///< ISO 8601
  std::string group;  ///< id of the group it is about; empty: everyone
  Domain domain = Domain::labour;
  bool composition = false;    ///< who lives there, rather than how they fare
  std::vector<double> values;  ///< [district count]; undefined where not published
  std::vector<double> base;    ///< persons it is a rate of, for the gate; empty where unknown
};

}  // namespace quartier
