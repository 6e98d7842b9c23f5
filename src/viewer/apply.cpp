#include <algorithm>
#include <utility>

#include "viewer/actions.h"
#include "viewer/cards.h"
#include "viewer/changes.h"
#include "viewer/flight.h"

namespace quartier::viewer {
namespace {

constexpr std::size_t most_undone = 200;
constexpr double least_metres_per_pixel = 0.02;

/// The sites of the service on the map are drawn with it, unless others were chosen or these taken
/// away.
void follow_service(ViewModel& model, const std::string& before) {
  const auto only = [](const std::string& service) {
    return service.empty() ? std::vector<std::string>{} : std::vector<std::string>{service};
  };
  if (model.choice.service == before || model.services_shown != only(before)) return;
  model.services_shown = only(model.choice.service);
  ++model.symbol_version;
}

/// What each action does.
struct Apply {
  ViewModel& model;

  void operator()(const ShowColumn& a) const {
    Choice wanted = model.choice;
    wanted.column = a.column;
    const std::string before = model.choice.service;
    wish(model, wanted);
    follow_service(model, before);
  }
  void operator()(const ShowGroup& a) const {
    Choice wanted = model.choice;
    wanted.group = a.group;
    wish(model, wanted);
  }
  void operator()(const ShowService& a) const {
    Choice wanted = model.choice;
    wanted.service = a.service;
    const std::string before = model.choice.service;
    wish(model, wanted);
    follow_service(model, before);
  }
  void operator()(const ShowDate& a) const {
    Choice wanted = model.choice;
    wanted.date = a.date;
    wish(model, wanted, Wish::date);
  }
  void operator()(const StepDate& a) const {
    const auto& dates = model.menus.dates;
    for (std::size_t i = 0; i < dates.size(); ++i) {
      if (dates[i].id != model.choice.date) continue;
      const auto to = static_cast<std::ptrdiff_t>(i) + a.steps;
      if (to < 0 || to >= static_cast<std::ptrdiff_t>(dates.size())) return;
      (*this)(ShowDate{std::string(dates[static_cast<std::size_t>(to)].id)});
      return;
    }
  }
  void operator()(const ShowEdition& a) const {
    if (!model.publication || a.edition >= model.publication->edition_count()) return;
    Choice wanted = model.choice;
    wanted.edition = a.edition;
    wish(model, wanted);
  }
  void operator()(const SetPalette& a) const {
    if (!model.publication) return;
    model.colouring.palette = a.palette;
    recolour(model);
  }
  void operator()(const NextPalette&) const {
    const auto& palettes = model.menus.palettes;
    if (!model.publication || palettes.empty()) return;
    const auto before = model.map.choropleth.colours;
    std::size_t at = 0;
    while (at < palettes.size() && palettes[at].id != model.colouring.palette) ++at;
    // The one that suits the column is in the list too: go on to where something changes.
    for (std::size_t tried = 0; tried < palettes.size(); ++tried) {
      at = at + 1 < palettes.size() ? at + 1 : 0;
      model.colouring.palette = palettes[at].id;
      recolour(model);
      if (model.map.choropleth.colours != before) return;
    }
  }
  void operator()(const ReversePalette&) const {
    if (!model.publication) return;
    model.colouring.reversed = !model.colouring.reversed;
    recolour(model);
  }
  void operator()(const SetBreaks& a) const {
    if (!model.publication || a.class_count > carto::most_classes) return;
    if (!a.method.empty()) {
      const auto methods = carto::break_methods();
      const bool known =
          std::any_of(methods.begin(), methods.end(),
                      [&](const carto::BreakMethodEntry& entry) { return entry.id == a.method; });
      if (!known) return;
    }
    model.colouring.method = a.method;
    model.colouring.class_count = a.class_count;
    recolour(model);
  }
  void operator()(const NextVision&) const {
    const auto next = (static_cast<std::size_t>(model.vision) + 1) % carto::colour_visions.size();
    model.vision = carto::colour_visions[next];
  }
  void operator()(const ToggleServices& a) const {
    if (!model.publication) return;
    const auto& services = model.publication->services();
    const bool known = std::any_of(services.begin(), services.end(),
                                   [&](const auto& service) { return service.id == a.service; });
    if (!known) return;
    auto& shown = model.services_shown;
    if (std::erase(shown, a.service) == 0) shown.push_back(a.service);
    ++model.symbol_version;
  }
  void operator()(const Undo&) const {
    if (!model.publication || model.past.empty()) return;
    const Scene scene = model.past.back();
    model.past.pop_back();
    model.future.push_back(scene_of(model));
    restore(model, scene);
  }
  void operator()(const Redo&) const {
    if (!model.publication || model.future.empty()) return;
    const Scene scene = model.future.back();
    model.future.pop_back();
    model.past.push_back(scene_of(model));
    restore(model, scene);
  }

  void operator()(const Pan& a) const {
    model.flight.reset();
    model.camera = model.camera.panned(a.right_px, a.down_px);
  }
  void operator()(const ZoomAt& a) const {
    if (!model.publication || !(a.factor > 0.0)) return;
    const double now = model.camera.metres_per_pixel;
    const double least = least_metres_per_pixel / now;
    const double most = widest_view(model) / now;
    if (least > most) return;
    const double factor = 1.0 / std::clamp(1.0 / a.factor, least, most);
    model.flight.reset();
    model.camera = model.camera.zoomed_at(a.cursor, factor);
  }
  void operator()(const FitCity&) const {
    if (model.publication) fit(model);
  }
  void operator()(const Resize& a) const {
    if (a.width <= 0 || a.height <= 0) return;
    if (model.camera.width == a.width && model.camera.height == a.height) return;
    const bool whole = model.publication && (model.fit_wanted || shows_whole(model));
    model.camera.width = a.width;
    model.camera.height = a.height;
    model.flight.reset();
    if (whole) fit(model);
  }
  void operator()(const Hover& a) const {
    if (!model.publication) return;
    model.site_hover = a.site;
    if (a.district == model.hover) return;
    model.hover = a.district < model.edition().districts.size() ? a.district : no_index;
    model.hover_card = card_of(model, model.hover, true);
  }
  void operator()(const Select& a) const {
    if (!model.publication) return;
    if (!a.add) model.selection.clear();
    if (a.district < model.edition().districts.size() &&
        std::erase(model.selection, a.district) == 0) {
      model.selection.push_back(a.district);
    }
    refresh_words(model);
  }
  void operator()(const FlyTo& a) const {
    if (!model.publication || a.district >= model.edition().districts.size()) return;
    (*this)(Select{a.district});
    const auto to =
        camera_at(model.edition().districts.shapes, a.district, model.extent, model.camera);
    if (to) model.flight = Flight{model.camera, *to};
  }
  void operator()(const Advance& a) const {
    if (!model.flight) return;
    model.flight->seconds += a.seconds;
    model.camera = flown(*model.flight);
    if (model.flight->seconds >= model.flight->duration) model.flight.reset();
  }

  void operator()(const ShowRanking& a) const {
    if (!model.publication) return;
    model.ranking = a.ranking;
    refresh_ranking(model);
    refresh_words(model);
  }
  void operator()(const FilterRanking& a) const {
    model.ranking_filter = a.text;
    if (model.publication) model.ranking_rows = ranking_rows(model);
  }
  void operator()(const SortRanking& a) const {
    model.ranking_order = a.order;
    if (model.publication) model.ranking_rows = ranking_rows(model);
  }
  void operator()(const ToggleSide&) const { model.show_side = !model.show_side; }
  void operator()(const ToggleFindings&) const { model.show_findings = !model.show_findings; }
  void operator()(const ToggleHelp&) const { model.show_help = !model.show_help; }
  void operator()(const ToggleBrowser&) const { model.show_browser = !model.show_browser; }
  void operator()(const ToggleLabels&) const { model.show_labels = !model.show_labels; }
  void operator()(const ScaleInterface& a) const {
    const double wanted = a.factor > 0.0 ? model.interface_scale * a.factor : 1.0;
    model.interface_scale = std::clamp(wanted, 0.7, 2.5);
  }

  void operator()(const OpenFiles&) const { model.show_browser = false; }
  void operator()(const OpenSample&) const { model.show_browser = false; }
  void operator()(const CancelLoad&) const {
    model.load_stopping = model.state == LoadState::loading;
  }
  void operator()(const LoadStarted&) const {
    model.state = LoadState::loading;
    model.load_label = "Opening";
    model.load_stopping = false;
    model.load_fraction = 0.0;
    model.error.clear();
    model.error_way_out.clear();
  }
  void operator()(const LoadProgress& a) const {
    if (model.state != LoadState::loading) return;
    model.load_label = a.label;
    model.load_fraction = std::clamp(a.fraction, 0.0, 1.0);
  }
  void operator()(const LoadFailed& a) const {
    model.state = LoadState::failed;
    model.error = a.message;
    model.error_way_out = a.way_out;
  }
  void operator()(const LoadStopped&) const { back(); }
  void operator()(const DismissError&) const {
    if (model.state == LoadState::failed) back();
  }
  void operator()(const LoadDone& a) const {
    if (!a.publication) return;
    take_over(model, std::move(*a.publication));
    back();
  }

  void back() const {
    model.state = model.publication ? LoadState::ready : LoadState::nothing;
    model.error.clear();
    model.error_way_out.clear();
  }
};

}  // namespace

void apply(ViewModel& model, const Action& action) {
  const Scene before = scene_of(model);
  std::visit(Apply{model}, action);
  const bool travels = std::holds_alternative<Undo>(action) ||
                       std::holds_alternative<Redo>(action) ||
                       std::holds_alternative<LoadDone>(action);
  if (travels || scene_of(model) == before) return;
  model.past.push_back(before);
  if (model.past.size() > most_undone) model.past.erase(model.past.begin());
  model.future.clear();
}

}  // namespace quartier::viewer
