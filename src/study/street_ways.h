#pragma once
/// Private to study: streets ready to be searched, and how places enter them.

#include <span>
#include <vector>

#include "domain/street_graph.h"
#include "io/study_access.h"
#include "network/components.h"
#include "network/search.h"
#include "network/snap.h"

namespace quartier::study {

/// At which nodes places enter the streets.
network::SnapOptions::Target snap_target(const io::StudyTravel& travel);

/// The streets of a profile, with what the study says about entering them.
struct StreetWays {
  StreetGraph graph;
  network::Components components;
  network::SearchableStreets searchable;
  network::SnapOptions snapping;

  StreetWays(StreetGraph streets, const io::StudyTravel& travel);
  /// Several sets of places, snapped at once.
  [[nodiscard]] std::vector<network::SnappedPlaces> snapped(
      std::span<const std::span<const Point>> sets) const {
    return network::snap_all(graph, components, sets, snapping);
  }
};

}  // namespace quartier::study
