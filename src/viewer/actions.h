#pragma once
/// Actions: everything a user can do, and the one place where the model changes.

#include <filesystem>
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
/// A date of the column; the edition that has it is shown with it.
struct ShowDate {
  std::string date;
};
struct StepDate {
  int steps = 1;
};
struct ShowEdition {
  std::uint32_t edition = 0;
};
struct SetPalette {
  std::string palette;
};
struct NextPalette {};
struct ReversePalette {};
struct SetBreaks {
  std::string method;
  std::size_t class_count = 0;
};
struct NextVision {};
struct ToggleServices {
  std::string service;
};
struct Undo {};
struct Redo {};

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
  std::optional<SiteHover> site;
};
/// no_index clears the selection; with `add` a district joins or leaves it.
struct Select {
  DistrictIndex district = no_index;
  bool add = false;
};
/// Selects a district and moves the camera there.
struct FlyTo {
  DistrictIndex district = no_index;
};
struct Advance {
  double seconds = 0.0;
};

struct ShowRanking {
  std::string ranking;
};
struct FilterRanking {
  std::string text;
};
struct SortRanking {
  RankOrder order = RankOrder::rank;
};
struct ToggleSide {};
struct ToggleFindings {};
struct ToggleHelp {};
struct ToggleBrowser {};
struct ToggleLabels {};
struct ScaleInterface {
  double factor = 1.0;  ///< 0: back to the normal size
};

/// Carried out by the window, which owns the loader; the model only closes its browser.
struct OpenFiles {
  std::vector<std::filesystem::path> files;
};
struct OpenSample {};
struct CancelLoad {};

/// From the loader.
struct LoadStarted {};
struct LoadProgress {
  std::string label;
  double fraction = 0.0;
};
struct LoadFailed {
  std::string message;
  std::string way_out;
};
struct LoadStopped {};  ///< cancelled by the user
struct LoadDone {
  std::shared_ptr<study::Publication> publication;  ///< shared only while it is handed over
};
struct DismissError {};

using Action =
    std::variant<ShowColumn, ShowGroup, ShowService, ShowDate, StepDate, ShowEdition, SetPalette,
                 NextPalette, ReversePalette, SetBreaks, NextVision, ToggleServices, Undo, Redo,
                 Pan, ZoomAt, FitCity, Resize, Hover, Select, FlyTo, Advance, ShowRanking,
                 FilterRanking, SortRanking, ToggleSide, ToggleFindings, ToggleHelp, ToggleBrowser,
                 ToggleLabels, ScaleInterface, OpenFiles, OpenSample, CancelLoad, LoadStarted,
                 LoadProgress, LoadFailed, LoadStopped, LoadDone, DismissError>;

/// What panels ask for, in order.
using Actions = std::vector<Action>;

/// Changes the model. An action that does not fit the state (a column that does not exist) changes
/// nothing; a column that lacks the chosen group, date or service takes the nearest one it has.
void apply(ViewModel& model, const Action& action);

}  // namespace quartier::viewer
