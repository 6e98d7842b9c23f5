#include "report/travel_words.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "report/segregation_parts.h"

namespace quartier::report {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view by_timetable = "timetable of ";
constexpr std::string_view by_table = "costs of ";

/// The first words of a label of ways: "along the streets on foot", "by public transport on DATE".
std::string means_of(const std::string& head, const std::vector<std::string>& others) {
  const auto says = [&](const char* word) {
    return std::find(others.begin(), others.end(), word) != others.end();
  };
  if (head == "streets") {
    return std::string("along the streets ") + (says("cycling")   ? "by bicycle"
                                                : says("driving") ? "by car"
                                                                  : "on foot");
  }
  if (head == "straight line times detour factor") return "straight lines times a detour factor";
  if (head.starts_with(by_timetable)) {
    return "by public transport on " + head.substr(by_timetable.size());
  }
  if (head.starts_with(by_table)) return "ways of the table " + head.substr(by_table.size());
  return head;
}

std::string piece_in_words(const std::string& piece) {
  if (piece == "cycling" || piece == "driving" || piece == "walking time") return {};
  if (piece == "origin to site") return {};
  if (piece == "wheelchair") return "where a wheelchair can pass";
  if (piece == "from junctions") return "from the junctions of each district";
  if (piece.ends_with(" km/h")) return "at " + piece;
  if (piece.starts_with("percentile ")) return piece + " of the travel times";
  return piece;
}

std::string ways_in_words(const std::string& label) {
  std::vector<std::string> pieces;
  for (const std::string_view piece : split(label, ',')) pieces.emplace_back(trimmed(piece));
  if (pieces.empty()) return {};
  const std::string head = pieces.front();
  pieces.erase(pieces.begin());
  std::string words = means_of(head, pieces);
  bool from_told = head.starts_with(by_table);
  for (const std::string& piece : pieces) {
    from_told = from_told || piece.starts_with("from ");
    const std::string told = piece_in_words(piece);
    if (!told.empty()) words += ", " + told;
  }
  return from_told ? words : words + ", from the middle of each district";
}

std::string pair_in_words(const std::string& name, const std::string& value) {
  if (name == "impedance") return ways_in_words(value);
  if (name == "districts" || name == "scenario") return {};
  for (const std::string_view unit : {"m", "min"}) {
    if (name == "cutoff_" + std::string(unit)) {
      const std::optional<double> number = parse_number(value);
      if (number) return "within " + display_text(*number, 0) + "\u00a0" + std::string(unit);
    }
  }
  if (name == "new_site") return "the new site: " + value;
  if (name == "k") return "k = " + value;
  if (name == "speed_kmh") return "at " + value + " km/h";
  if (name == "walk_m") return "walks of up to " + value + "\u00a0m to and from stops";
  if (name == "limit_min") return "travel of up to " + value + "\u00a0min";
  if (name == "rides") return value == "any" ? "" : "at most " + value + " rides";
  if (name == "wheelchair_unknown") return "what says nothing of wheelchairs is " + value;
  if (name == "snap") return value == "largest component" ? "" : "from the nearest junction of all";
  if (name == "snap_leg") return "the way to the streets " + value;
  // Details that stand in the tables.
  for (const char* detail : {"step_s", "change_walk_m", "direct_walk_m", "change_s"}) {
    if (name == detail) return {};
  }
  if (name == "poverty_line") return "access poverty: below " + value;
  return parameters_in_words(name + "=" + value);
}

std::string told(const Pairs& pairs) {
  std::string words;
  bool ways = false;
  bool speed = false;
  for (const auto& [name, value] : pairs) {
    ways = ways || name == "impedance";
    speed = speed || (name == "impedance" && value.find(" km/h") != std::string::npos);
    if (name == "speed_kmh" && speed) continue;
    const std::string one = pair_in_words(name, value);
    if (!one.empty()) words += (words.empty() ? "" : "; ") + one;
  }
  if (!ways || words.empty()) return {};
  if (words.front() >= 'a' && words.front() <= 'z') words.front() -= 'a' - 'A';
  return words;
}

}  // namespace

std::string travel_in_words(std::string_view parameters) {
  return told(parameter_pairs(parameters));
}

std::string travel_in_words(const std::vector<std::string>& parameters) {
  Pairs pairs;
  for (const std::string& one : parameters) {
    for (auto& pair : parameter_pairs(one)) {
      if (std::find(pairs.begin(), pairs.end(), pair) == pairs.end()) {
        pairs.push_back(std::move(pair));
      }
    }
  }
  return told(pairs);
}

}  // namespace quartier::report
