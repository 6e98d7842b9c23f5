#pragma once
/// What the window shows, as plain data: everything that panels draw and actions change. Knows
/// nothing of windows or widgets, so it is tested without them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/units.h"
#include "carto/colour_vision.h"
#include "render/camera.h"
#include "report/column_map.h"
#include "study/publication.h"

namespace quartier::viewer {

/// Where loading stands. A study that was open stays on the map meanwhile.
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

/// How the chosen column is coloured. Empty or 0: what suits the column.
struct Colouring {
  std::string palette;
  std::string method;
  std::size_t class_count = 0;
  bool reversed = false;
  bool operator==(const Colouring&) const = default;
};

/// What undo brings back.
struct Scene {
  Choice choice;
  Colouring colouring;
  std::vector<std::string> services_shown;  ///< ids of services drawn as symbols
  bool operator==(const Scene&) const = default;
};

/// An entry of a menu.
struct Option {
  std::string id{};
  std::string label{};
  std::string heading{};  ///< of the part of the menu it stands in; may be empty
  std::string detail{};   ///< one sentence, for a tooltip
  std::uint32_t edition = 0;
  bool operator==(const Option&) const = default;
};

/// What can be chosen, given what is chosen.
struct Menus {
  std::vector<Option> columns;  ///< by family
  std::vector<Option> groups;
  std::vector<Option> services;  ///< of the column: what it measures the way to
  std::vector<Option> dates;     ///< of the column in every edition, ascending
  std::vector<Option> palettes;
  std::vector<Option> rankings;  ///< the profiles of the edition, then the value shown (id empty)
};

/// A camera on its way from one view to another.
struct Flight {
  render::Camera from;
  render::Camera to;
  double seconds = 0.0;  ///< already flown
  double duration = 0.7;
};

/// A row of the ranking table.
struct RankRow {
  DistrictIndex district = 0;
  std::uint32_t rank = 0;  ///< 0: none
  double score = undefined;
  study::ValueState state = study::ValueState::shown;
  double bar = 0.0;  ///< 0 to 1, length of its bar
};

enum class RankOrder : std::uint8_t { rank, name };

/// The lines of a tooltip or of the panel of a selected district.
struct DistrictCard {
  DistrictIndex district = no_index;
  std::string name;
  std::string id;
  std::string parents;    ///< "Sant Martí, Barcelona"
  std::string value;      ///< of the column shown
  std::string rank;       ///< "Rank 9 of 217, score 0.667"; empty where there is none
  std::string p_value;    ///< "p = 0.012"; empty where there is none
  std::string no_access;  ///< "beyond the cutoff, in part": why not all reach the service shown
  std::string residents;
  std::string area;
  struct Part {
    std::string label;
    std::string text;     ///< "12.3 %", "suppressed"
    std::string detail;   ///< "1 234 persons", the value that a contribution comes from
    double share = 0.0;   ///< for a bar, 0 to 1; 0 where not shown
    bool chosen = false;  ///< the group on the map
  };
  std::vector<Part> shares;         ///< largest first, hidden ones last
  std::vector<Part> contributions;  ///< to the score of the ranking shown, as it lists them
};

/// The whole city beside the map: how the group on it is spread, or what each group reaches of the
/// service on it.
struct CitySpread {
  study::SegregationCurve curve;  ///< no points: the column on the map has no group
  struct Figure {
    std::string label;
    std::string text;  ///< "0.243, by chance 0.030"
  };
  std::vector<Figure> figures;
  std::vector<Figure> reach;  ///< by group: "736 m, 72 %"; empty where the column has no service
};

/// A site of a service under the cursor.
struct SiteHover {
  std::size_t service = 0;
  std::size_t site = 0;
};

/// Everything on the screen.
struct ViewModel {
  LoadState state = LoadState::nothing;
  std::string load_label;
  double load_fraction = 0.0;
  bool load_stopping = false;  ///< cancelled, and the worker has not come to a place to stop yet
  std::string error;
  std::string error_way_out;

  std::optional<study::Publication> publication;
  Choice choice;
  Colouring colouring;
  Menus menus;
  study::Column column;
  report::ColumnMap map;
  CitySpread spread;
  std::vector<std::string> no_access;  ///< [district count] why not all reach the service shown;
                                       ///< empty where the column has none
  std::string title;                   ///< of the column shown
  std::string subtitle;                ///< place and date
  std::string source;
  std::size_t column_version = 0;   ///< grows when `map` changed: upload the colours
  std::size_t edition_version = 0;  ///< grows when the edition changed: upload the geometry
  std::size_t symbol_version = 0;   ///< grows when other services are drawn

  Box extent;  ///< of the edition's districts
  render::Camera camera;
  std::optional<Flight> flight;
  bool fit_wanted = false;  ///< show the whole city as soon as the size of the map is known
  carto::ColourVision vision = carto::ColourVision::full;

  DistrictIndex hover = no_index;
  std::optional<SiteHover> site_hover;
  std::vector<DistrictIndex> selection;  ///< the last one is on the card
  DistrictCard hover_card;
  DistrictCard selection_card;

  std::vector<std::string> services_shown;
  std::string ranking;  ///< id of the profile that the table shows; empty: the value on the map
  std::vector<RankRow> ranking_rows;  ///< filtered and in order
  std::string ranking_filter;
  RankOrder ranking_order = RankOrder::rank;

  bool show_side = true;  ///< the ranking and the card
  bool show_findings = false;
  bool show_help = false;
  bool show_browser = false;
  bool show_labels = true;
  double interface_scale = 1.0;

  std::vector<Scene> past;
  std::vector<Scene> future;

  [[nodiscard]] const study::Edition& edition() const {
    return publication->edition(choice.edition);
  }
};

/// A colour per service, in the order of the publication; the same for symbols and menus.
carto::Colour service_colour(std::size_t position);

/// The score of a row for people: "0.62", "suppressed", "no data".
std::string score_text(const ViewModel& model, const RankRow& row);

}  // namespace quartier::viewer
