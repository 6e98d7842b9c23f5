#pragma once
/// Actions: everything a user can do, and the one place where the model changes.

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "viewer/view_model.h"

namespace quartier::viewer {

struct ShowColumn {
  std::string column;
};
struct ShowGroup {
  std::string group;
};
struct ShowService {
  std::string service;
};
struct ShowDate {
  std::string date;
};
struct ShowEdition {
  std::uint32_t edition = 0;
};
struct SetPalette {
  std::string palette;
};
struct SetBreaks {
  std::string method;
  std::size_t class_count = 0;
};
struct Pan {
  double right_px = 0.0;
  double down_px = 0.0;
};
struct ZoomAt {
  render::ScreenPoint cursor;
  double factor = 1.0;
};
struct FitCity {};
struct Resize {
  int width = 0;
  int height = 0;
};
struct Hover {
  DistrictIndex district = no_index;
};
struct Select {
  DistrictIndex district = no_index;
  bool add = false;
};
struct FlyTo {
  DistrictIndex district = no_index;
};
struct ToggleServices {
  std::string service;
};
struct ShowRanking {
  std::size_t ranking = 0;
};
struct FilterRanking {
  std::string text;
};
struct ToggleFindings {};
struct ToggleHelp {};
struct Advance {
  double seconds = 0.0;
};
/// From the loader.
struct LoadProgress {
  std::string label;
  double fraction = 0.0;
};
struct LoadFailed {
  std::string message;
  std::string way_out;
};
struct LoadDone {
  std::shared_ptr<study::Publication> publication;
};  ///< shared only while it is handed over
struct LoadStarted {};

using Action = std::variant<ShowColumn, ShowGroup, ShowService, ShowDate, ShowEdition, SetPalette,
                            SetBreaks, Pan, ZoomAt, FitCity, Resize, Hover, Select, FlyTo,
                            ToggleServices, ShowRanking, FilterRanking, ToggleFindings, ToggleHelp,
                            Advance, LoadProgress, LoadFailed, LoadDone, LoadStarted>;

/// Changes the model. An action that does not fit the state (a column that does not exist) changes
/// nothing; a column that lacks the chosen group, date or service takes the nearest one it has.
void apply(ViewModel& model, const Action& action);

}  // namespace quartier::viewer
