#pragma once
/// Services: the institutions people need to reach, with what each of them offers.

#include <string>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier {

/// Sites of one kind of service, column by column.
struct Services {
  std::string id;                          ///< "language_courses"
  std::string label;                       ///< "Language courses"
  std::vector<std::string> ids;            ///< [m] of each site
  std::vector<std::string> names;          ///< [m]
  std::vector<Point> places;               ///< [m]
  std::vector<double> supply;              ///< [m] places offered (capacity); 1 where not published
  bool supply_published = false;           ///< false: every site counts 1
  std::vector<std::string> languages;      ///< [m] ISO 639 codes, blank-separated; may be empty
  std::vector<std::string> opening_hours;  ///< [m] as published; may be empty
  std::vector<std::string> eligibility;    ///< [m] words for who may come; may be empty
  std::vector<double> fee;                 ///< [m] `undefined`: not published; may be empty

  [[nodiscard]] std::size_t size() const { return ids.size(); }
};

}  // namespace quartier
