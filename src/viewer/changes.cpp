#include "viewer/changes.h"

#include <algorithm>
#include <utility>

#include "viewer/cards.h"
#include "viewer/city_spread.h"

namespace quartier::viewer {
namespace {

constexpr double fit_margin_px = 36.0;

render::Camera whole_view(const ViewModel& model) {
  const render::Camera& now = model.camera;
  const double margin = std::min(fit_margin_px, 0.1 * std::min(now.width, now.height));
  return render::Camera::fitting(model.extent, now.width, now.height, margin);
}

/// The selected districts in another edition, found by their ids.
void carry_selection(ViewModel& model, const study::Edition& from, const study::Edition& to) {
  std::vector<DistrictIndex> kept;
  for (const DistrictIndex district : model.selection) {
    const DistrictIndex there = to.districts.find(from.districts.ids[district]);
    if (there != no_index) kept.push_back(there);
  }
  model.selection = std::move(kept);
  model.hover = no_index;
}

/// The column; for a study without any, districts of which nothing is known.
study::Column column_of(const study::Publication& publication, const study::ColumnSpec& spec) {
  if (!spec.column.empty()) return publication.column(spec);
  study::Column column;
  column.spec.label = "Districts";
  const std::size_t n = publication.edition(0).districts.size();
  column.values.assign(n, undefined);
  column.states.assign(n, study::ValueState::no_data);
  return column;
}

/// Why people of each district do not have the service of the column within its cutoff.
std::vector<std::string> no_access_of(const study::Publication& publication,
                                      const study::ColumnSpec& spec) {
  std::vector<std::string> told;
  if (spec.service.empty()) return told;
  told.resize(publication.edition(spec.edition).districts.size());
  for (const study::Unreached& pair : publication.unreached(spec.edition)) {
    if (publication.services()[pair.service].id != spec.service) continue;
    std::string& words = told[pair.district];
    words += words.empty() ? "" : "; ";
    words += study::text_of(pair.reason);
    if (pair.origins < pair.of) words += ", in part";
  }
  return told;
}

/// The column `spec`, which is at hand, with all that depends on it.
void show_column(ViewModel& model, const study::ColumnSpec& spec, study::Column column,
                 bool new_study) {
  const study::Publication& publication = *model.publication;
  const bool other_edition = new_study || spec.edition != model.choice.edition;
  if (other_edition && !new_study) {
    carry_selection(model, model.edition(), publication.edition(spec.edition));
  }
  model.column = std::move(column);
  model.choice = choice_of(spec);
  model.menus = menus_for(publication, spec);
  model.title = report::column_title(publication, model.column.spec);
  model.subtitle = report::column_subtitle(publication, spec);
  model.spread = city_spread(publication, spec);
  model.no_access = no_access_of(publication, spec);
  if (other_edition) {
    model.extent = bounds_of(model.edition().districts.shapes.vertices);
    ++model.edition_version;
  }
  recolour(model);
  refresh_ranking(model);
  refresh_words(model);
}

/// What a study opens with: shares of its first group, else the first column there is.
const study::ColumnSpec* first_column(const study::Publication& publication) {
  const Groups& groups = publication.groups();
  Choice wanted;
  wanted.edition = static_cast<std::uint32_t>(publication.edition_count() - 1);
  wanted.date = "9999";
  if (!groups.nodes.empty()) wanted.group = groups.nodes[publication.default_group()].id;
  const study::ColumnSpec* spec = nearest_column(publication, wanted);
  if (spec == nullptr && !publication.catalogue().empty()) spec = &publication.catalogue().front();
  return spec;
}

}  // namespace

Scene scene_of(const ViewModel& model) {
  return {model.choice, model.colouring, model.services_shown};
}

void recolour(ViewModel& model) {
  model.map = report::column_map(model.column, suitable(model.colouring, model.column.spec));
  ++model.column_version;
}

void refresh_words(ViewModel& model) {
  model.hover_card = card_of(model, model.hover, true);
  model.selection_card =
      card_of(model, model.selection.empty() ? no_index : model.selection.back(), false);
}

void refresh_ranking(ViewModel& model) {
  const auto& offered = model.menus.rankings;
  const bool known = std::any_of(offered.begin(), offered.end(),
                                 [&](const Option& option) { return option.id == model.ranking; });
  if (!known) model.ranking = offered.empty() ? "" : offered.front().id;
  model.ranking_rows = ranking_rows(model);
}

void show(ViewModel& model, const study::ColumnSpec& spec) {
  show_column(model, spec, column_of(*model.publication, spec), false);
}

void wish(ViewModel& model, const Choice& wanted, Wish first) {
  if (!model.publication) return;
  const study::ColumnSpec* spec = nearest_column(*model.publication, wanted, first);
  if (spec != nullptr && choice_of(*spec) != model.choice) show(model, *spec);
}

void fit(ViewModel& model) {
  if (model.camera.width <= 0 || model.camera.height <= 0) return;
  model.camera = whole_view(model);
  model.flight.reset();
  model.fit_wanted = false;
}

bool shows_whole(const ViewModel& model) {
  return model.camera.width > 0 && model.camera.height > 0 && model.camera == whole_view(model);
}

double widest_view(const ViewModel& model) {
  return 4.0 * render::Camera::fitting(model.extent, std::max(1, model.camera.width),
                                       std::max(1, model.camera.height))
                   .metres_per_pixel;
}

void restore(ViewModel& model, const Scene& scene) {
  model.colouring = scene.colouring;
  if (model.services_shown != scene.services_shown) {
    model.services_shown = scene.services_shown;
    ++model.symbol_version;
  }
  const study::ColumnSpec* spec = nearest_column(*model.publication, scene.choice);
  if (spec != nullptr) show(model, *spec);
}

void take_over(ViewModel& model, study::Publication publication) {
  const study::ColumnSpec* first = first_column(publication);
  const study::ColumnSpec spec = first != nullptr ? *first : study::ColumnSpec{};
  study::Column column = column_of(publication, spec);
  model.publication = std::move(publication);
  model.selection.clear();
  model.hover = no_index;
  model.site_hover.reset();
  model.flight.reset();
  model.services_shown.clear();
  ++model.symbol_version;
  model.past.clear();
  model.future.clear();
  model.colouring = {};
  model.ranking_filter.clear();
  model.source = model.publication->source_line();
  const auto& rankings = model.publication->rankings();
  model.ranking = rankings.empty() ? "" : rankings.front().id;
  model.fit_wanted = true;
  show_column(model, spec, std::move(column), true);
  fit(model);
}

}  // namespace quartier::viewer
