#pragma once
/// What the window shows, as plain data: everything that panels draw and actions change. Knows
/// nothing of windows or widgets, so it is tested without them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "carto/choropleth.h"
#include "render/camera.h"
#include "report/column_map.h"
#include "study/publication.h"

namespace quartier::viewer {

/// Where loading stands.
enum class LoadState : std::uint8_t { nothing, loading, ready, failed };

/// What is chosen from the catalogue. Empty texts: the column has no such part.
struct Choice {
  std::string column = "share";
  std::string group;
  std::string service;
  std::string date;
  std::uint32_t edition = 0;
  bool operator==(const Choice&) const = default;
};

/// A camera on its way from one view to another.
struct Flight {
  render::Camera from;
  render::Camera to;
  double seconds = 0.0;  ///< already flown
  double duration = 0.6;
};

/// A row of the ranking table.
struct RankRow {
  DistrictIndex district = 0;
  std::uint32_t rank = 0;
  std::string name;
  std::string score;  ///< as shown: "0.62", "suppressed"
};

/// The lines of a tooltip or of the panel of a selected district.
struct DistrictCard {
  DistrictIndex district = no_index;
  std::string name;
  std::string parents;  ///< "Bezirk Mitte, ..."
  std::string value;    ///< of the column shown
  std::string residents;
  struct Share {
    std::string label;
    std::string text;    ///< "12.3 %", "suppressed"
    double share = 0.0;  ///< for a bar; 0 where not shown
  };
  std::vector<Share> shares;  ///< largest first
};

/// Everything on the screen.
struct ViewModel {
  LoadState state = LoadState::nothing;
  std::string load_label;
  double load_fraction = 0.0;
  std::string error;
  std::string error_way_out;

  std::optional<study::Publication> publication;
  Choice choice;
  report::ColumnMapOptions colours;
  study::Column column;
  report::ColumnMap map;
  std::size_t column_version = 0;   ///< grows when `map` changed: upload the colours
  std::size_t edition_version = 0;  ///< grows when the edition changed: upload the geometry

  render::Camera camera;
  std::optional<Flight> flight;
  bool fit_wanted = false;  ///< show the whole city at the next frame

  DistrictIndex hover = no_index;
  std::vector<DistrictIndex> selection;
  DistrictCard hover_card;
  DistrictCard selection_card;

  std::vector<std::string> services_shown;  ///< ids of services drawn as symbols
  bool show_findings = false;
  bool show_help = false;
  std::size_t ranking = 0;  ///< which profile the table shows
  std::vector<RankRow> ranking_rows;
  std::string ranking_filter;
};

}  // namespace quartier::viewer
