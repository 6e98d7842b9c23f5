#include "study/street_findings.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "network/components.h"
#include "network/snap.h"
#include "study/street_ways.h"

namespace quartier::study {
namespace {

/// A place and how far it is from the streets.
struct FarPlace {
  double metres = 0.0;
  std::size_t place = 0;
};

std::vector<FarPlace> far_places(const StreetGraph& graph, std::span<const Point> places,
                                 const network::SnappedPlaces& snapped) {
  std::vector<FarPlace> far;
  for (std::size_t k = 0; k < places.size(); ++k) {
    if (snapped.node[k] == no_index) continue;
    const Point node = graph.nodes[snapped.node[k]];
    const double metres = std::hypot(places[k].x - node.x, places[k].y - node.y);
    if (metres > far_from_streets_m) far.push_back({metres, k});
  }
  std::stable_sort(far.begin(), far.end(),
                   [](const FarPlace& a, const FarPlace& b) { return a.metres > b.metres; });
  return far;
}

/// @param what  "Places where people set out"; @param name  of a place, for people
template <typename Name>
void tell_far(const std::vector<FarPlace>& far, const std::string& what, const std::string& layer,
              const Name& name, std::vector<Finding>& findings) {
  if (far.empty()) return;
  Finding finding{.kind = "far_from_streets"};
  finding.layer = layer;
  finding.count = far.size();
  for (const FarPlace& place : far) {
    const std::string word = name(place.place);
    if (std::find(finding.rows.begin(), finding.rows.end(), word) != finding.rows.end()) continue;
    finding.rows.push_back(word);
    if (finding.rows.size() == named_rows_limit) break;
  }
  finding.message = what + " lie more than " + exact_text(far_from_streets_m) +
                    " m from where they enter the streets; the farthest, " +
                    name(far.front().place) + ", " + exact_text(std::round(far.front().metres)) +
                    " m. The straight way there is part of their ways";
  finding.way_out = "use streets that cover the whole area, or look whether the place is right";
  findings.push_back(std::move(finding));
}

/// How people enter the streets: by timetable they walk to the stops.
io::StudyTravel entering(const io::StudyTravel& travel) {
  io::StudyTravel own = travel;
  if (own.mode == "transit") {
    own.mode = "walk";
    own.cost = "distance";
  }
  return own;
}

void tell_stranded(const StreetNetwork& streets, const std::string& layer,
                   std::vector<Finding>& findings) {
  const network::Components components =
      network::connected_components(network::graph_of(streets, network::TravelProfile{}));
  if (components.count() <= 1) return;
  Finding finding{.kind = "stranded_streets", .severity = Severity::note};
  finding.layer = layer;
  finding.count = components.stranded_count();
  finding.message = "Junctions are cut off from the rest of the street graph; no way begins there";
  findings.push_back(std::move(finding));
}

void tell_unknown_steps(const StreetNetwork& streets, const std::string& layer,
                        std::vector<Finding>& findings) {
  const bool any = std::any_of(
      streets.segments.begin(), streets.segments.end(),
      [](const StreetSegment& segment) { return segment.steps || !segment.wheelchair; });
  if (any) return;
  Finding finding{.kind = "wheelchair_unknown"};
  finding.layer = layer;
  finding.message =
      "The streets say nowhere that there are steps or that a wheelchair cannot "
      "pass; every street counts as passable";
  finding.way_out = "use an OpenStreetMap extract, which knows steps";
  findings.push_back(std::move(finding));
}

}  // namespace

void tell_of_streets(Study& study) {
  if (!study.means.has_streets) return;
  const std::string& layer = study.settings.streets.layer;
  const StreetNetwork& streets = study.means.streets;
  tell_stranded(streets, layer, study.findings);
  const io::StudyTravel travel = entering(study.means.travel);
  if (travel.wheelchair) tell_unknown_steps(streets, layer, study.findings);
  const StreetGraph graph = network::graph_of(streets, profile_of(travel));
  if (graph.arcs.empty()) {
    Finding finding{.kind = "no_street_open"};
    finding.layer = layer;
    finding.message = "No street is open to those who travel as the study says; nothing is reached";
    finding.way_out = "choose another [travel] mode, or another layer of streets";
    study.findings.push_back(std::move(finding));
    return;
  }
  const network::Components components = network::connected_components(graph);
  network::SnapOptions snapping;
  snapping.target = snap_target(travel);
  snapping.units_per_metre = 1.0;
  std::vector<std::span<const Point>> sets;
  for (const StudyEdition& edition : study.editions) sets.emplace_back(edition.origins.places);
  for (const Services& services : study.services) sets.emplace_back(services.places);
  const std::vector<network::SnappedPlaces> snapped =
      network::snap_all(graph, components, sets, snapping);
  std::size_t next = 0;
  for (const StudyEdition& edition : study.editions) {
    const OriginPoints& points = edition.origins.points;
    const auto name = [&](std::size_t origin) {
      const std::size_t district = points.empty() ? origin : points.district[origin];
      return "in " + edition.area.districts.names[district];
    };
    tell_far(far_places(graph, sets[next], snapped[next]), "Places where people set out",
             edition.area.label, name, study.findings);
    ++next;
  }
  for (const Services& services : study.services) {
    const auto name = [&](std::size_t site) {
      return services.names.empty() || services.names[site].empty() ? services.ids[site]
                                                                    : services.names[site];
    };
    tell_far(far_places(graph, sets[next], snapped[next]), "Sites", services.label, name,
             study.findings);
    ++next;
  }
}

void tell_of_wheelchairs(Study& study) {
  if (!study.means.by_timetable() || !study.means.travel.wheelchair) return;
  const Timetable& timetable = study.means.timetable;
  const auto unknown = [](const auto& items) {
    return static_cast<std::uint64_t>(
        std::count_if(items.begin(), items.end(),
                      [](const auto& item) { return item.wheelchair == WheelchairUse::unknown; }));
  };
  const std::uint64_t stops = unknown(timetable.stops);
  const std::uint64_t trips = unknown(timetable.trips);
  if (stops + trips == 0) return;
  const bool usable = study.means.transit.wheelchair_unknown == "usable";
  Finding finding{.kind = "wheelchair_unknown"};
  finding.layer = study.settings.timetable.layer;
  finding.count = stops + trips;
  finding.message = std::to_string(stops) + " of " + std::to_string(timetable.stops.size()) +
                    " stops and " + std::to_string(trips) + " of " +
                    std::to_string(timetable.trips.size()) +
                    " trips do not say whether a wheelchair can use them; they count as " +
                    (usable ? "usable" : "not usable");
  finding.way_out = usable ? "ask the publisher; wheelchair_unknown = \"unusable\" is the careful "
                             "choice"
                           : "ask the publisher, or choose [timetable] wheelchair_unknown = "
                             "\"usable\" to count them in";
  study.findings.push_back(std::move(finding));
}

}  // namespace quartier::study
