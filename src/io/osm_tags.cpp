#include "io/osm_tags.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "domain/street_network.h"
#include "io/osm_speeds.h"

namespace quartier::io {
namespace {

using Values = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view value, Values values) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

struct HighwayClass {
  std::string_view name;
  bool walk;
  bool cycle;
  bool drive;
};

/// Who may use a class where no other tag speaks.
constexpr HighwayClass classes[] = {
    {"motorway", false, false, true},    {"motorway_link", false, false, true},
    {"trunk", true, true, true},         {"trunk_link", true, true, true},
    {"primary", true, true, true},       {"primary_link", true, true, true},
    {"secondary", true, true, true},     {"secondary_link", true, true, true},
    {"tertiary", true, true, true},      {"tertiary_link", true, true, true},
    {"unclassified", true, true, true},  {"residential", true, true, true},
    {"living_street", true, true, true}, {"service", true, true, true},
    {"road", true, true, true},          {"track", true, true, false},
    {"cycleway", true, true, false},     {"path", true, true, false},
    {"pedestrian", true, false, false},  {"footway", true, false, false},
    {"bridleway", true, false, false},   {"steps", true, false, false},
    {"corridor", true, false, false},
};

bool is_permitted(std::string_view value) {
  return is_one_of(value, {"yes", "designated", "permissive"});
}

bool is_denied(std::string_view value) {
  return is_one_of(value, {"no", "private", "agricultural", "forestry", "military", "emergency",
                           "permit", "dismount", "use_sidepath"});
}

/// The first of `keys` that is there decides, from the most particular to the most general. What
/// the class does not allow, only a particular permission opens: access=yes makes no cycle track.
bool may_use(std::span<const OsmTag> tags, Values keys, bool class_allows) {
  for (const std::string_view key : keys) {
    const std::string_view value = value_of(tags, key);
    if (value.empty()) continue;
    if (is_denied(value)) return false;
    const bool particular = key != "access" && key != "vehicle";
    return class_allows || (particular && is_permitted(value));
  }
  return class_allows;
}

bool may_walk(std::span<const OsmTag> tags, bool class_allows) {
  const std::string_view foot = value_of(tags, "foot");
  if (!class_allows || foot == "no") return false;
  return !is_one_of(value_of(tags, "access"), {"no", "private"}) || is_permitted(foot);
}

enum class Direction { both, forward, backward };

Direction direction_of(std::string_view oneway, Direction otherwise) {
  if (is_one_of(oneway, {"yes", "true", "1"})) return Direction::forward;
  if (is_one_of(oneway, {"-1", "reverse"})) return Direction::backward;
  return oneway.empty() ? otherwise : Direction::both;
}

Direction direction_of_cars(std::span<const OsmTag> tags, std::string_view highway) {
  const bool implied =
      highway == "motorway" || is_one_of(value_of(tags, "junction"), {"roundabout", "circular"});
  return direction_of(value_of(tags, "oneway"), implied ? Direction::forward : Direction::both);
}

Direction direction_of_bicycles(std::span<const OsmTag> tags, Direction of_cars) {
  for (const std::string_view key :
       {"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"}) {
    if (value_of(tags, key).starts_with("opposite")) of_cars = Direction::both;
  }
  return direction_of(value_of(tags, "oneway:bicycle"), of_cars);
}

std::uint8_t bits(Direction direction, std::uint8_t forward, std::uint8_t backward) {
  return static_cast<std::uint8_t>((direction != Direction::backward ? forward : 0) |
                                   (direction != Direction::forward ? backward : 0));
}

}  // namespace

OsmStreet street_of(std::span<const OsmTag> tags) {
  OsmStreet street;
  const std::string_view highway = value_of(tags, "highway");
  const auto* const known =
      std::find_if(std::begin(classes), std::end(classes),
                   [&](const HighwayClass& row) { return row.name == highway; });
  if (known == std::end(classes) || value_of(tags, "area") == "yes") return street;

  const Direction of_cars = direction_of_cars(tags, highway);
  const bool motor_road = value_of(tags, "motorroad") == "yes";
  if (may_walk(tags, known->walk)) {
    street.use |= street_use::walk_forward | street_use::walk_backward;
  }
  const bool cycle_class = known->cycle && !motor_road;
  const bool no_cycling = is_one_of(highway, {"motorway", "motorway_link", "steps", "corridor"});
  if (!no_cycling && may_use(tags, {"bicycle", "vehicle", "access"}, cycle_class)) {
    street.use |= bits(direction_of_bicycles(tags, of_cars), street_use::cycle_forward,
                       street_use::cycle_backward);
  }
  const bool drive_class = known->drive;
  if ((drive_class || highway == "track") &&
      may_use(tags, {"motorcar", "motor_vehicle", "vehicle", "access"}, drive_class)) {
    street.use |= bits(of_cars, street_use::drive_forward, street_use::drive_backward);
    const std::string_view limit = value_of(tags, "maxspeed");
    const std::optional<std::uint8_t> kmh = kmh_of_maxspeed(limit);
    street.drive_kmh = kmh.value_or(kmh_of_highway(highway));
    street.unread_speed = !limit.empty() && !kmh;
  }
  street.steps = highway == "steps";
  street.wheelchair = value_of(tags, "wheelchair") != "no";
  street.cycle_track = highway == "cycleway" || value_of(tags, "bicycle") == "designated";
  const auto is_on = [&](std::string_view key) {
    const std::string_view value = value_of(tags, key);
    return !value.empty() && value != "no";
  };
  street.off_ground = is_on("bridge") || is_on("tunnel");
  return street;
}

}  // namespace quartier::io
