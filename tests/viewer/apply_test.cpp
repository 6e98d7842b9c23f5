// Every action on the model, without a window.

#include <algorithm>
#include <cmath>

#include "support/catch.h"
#include "viewer/cards.h"
#include "viewer/sample_model.h"

using namespace quartier;
using namespace quartier::viewer;
using quartier::test::sample_model;

namespace {

bool offers(const std::vector<Option>& options, const std::string& id) {
  return std::any_of(options.begin(), options.end(),
                     [&](const Option& option) { return option.id == id; });
}

/// A district whose value may be seen.
DistrictIndex shown_district(const ViewModel& model) {
  for (std::size_t i = 0; i < model.column.states.size(); ++i) {
    if (model.column.states[i] == study::ValueState::shown) return static_cast<DistrictIndex>(i);
  }
  return no_index;
}

}  // namespace

TEST_CASE("a loaded study opens with the shares of its first group", "[viewer]") {
  const ViewModel model = sample_model();
  CHECK(model.state == LoadState::ready);
  CHECK(model.choice.column == "share");
  CHECK(model.choice.date == model.edition().dates.back());
  CHECK(model.column.values.size() == 24);
  CHECK(model.map.choropleth.colours.size() == 24);
  CHECK(model.edition_version == 1);
  CHECK(model.title.find("Share of residents") != std::string::npos);
  CHECK(offers(model.menus.columns, "location_quotient"));
  CHECK(model.menus.dates.size() == model.edition().dates.size());
  CHECK(model.past.empty());

  SECTION("with the whole city in the picture") {
    const Box seen = model.camera.visible();
    CHECK(seen.min_x < model.extent.min_x);
    CHECK(seen.max_x > model.extent.max_x);
    CHECK(seen.min_y < model.extent.min_y);
    CHECK(seen.max_y > model.extent.max_y);
  }
}

TEST_CASE("choosing a column, group and date", "[viewer]") {
  ViewModel model = sample_model();
  const std::size_t version = model.column_version;

  SECTION("another column keeps group and date, and uploads colours but no geometry") {
    const Choice before = model.choice;
    apply(model, ShowColumn{"location_quotient"});
    CHECK(model.choice.column == "location_quotient");
    CHECK(model.choice.group == before.group);
    CHECK(model.choice.date == before.date);
    CHECK(model.column_version > version);
    CHECK(model.edition_version == 1);
  }
  SECTION("a column that does not exist changes nothing") {
    apply(model, ShowColumn{"no such column"});
    CHECK(model.choice.column == "share");
    CHECK(model.column_version == version);
    CHECK(model.past.empty());
  }
  SECTION("every column that is offered can be shown") {
    const std::vector<Option> columns = model.menus.columns;
    for (const Option& option : columns) {
      apply(model, ShowColumn{option.id});
      INFO(option.id);
      CHECK(model.choice.column == option.id);
      CHECK(model.column.values.size() == 24);
    }
  }
  SECTION("a measure of access comes with a service") {
    const auto access =
        std::find_if(model.publication->catalogue().begin(), model.publication->catalogue().end(),
                     [](const study::ColumnSpec& spec) { return !spec.service.empty(); });
    REQUIRE(access != model.publication->catalogue().end());
    apply(model, ShowColumn{access->column});
    CHECK(!model.choice.service.empty());
    REQUIRE(model.menus.services.size() == model.publication->services().size());
    const std::string last = model.menus.services.back().id;
    apply(model, ShowService{last});
    CHECK(model.choice.service == last);
  }
  SECTION("dates are stepped through and end at the ends") {
    const std::string latest = model.choice.date;
    apply(model, StepDate{1});
    CHECK(model.choice.date == latest);
    apply(model, StepDate{-1});
    CHECK(model.choice.date < latest);
    apply(model, ShowDate{model.menus.dates.front().id});
    CHECK(model.choice.date == model.edition().dates.front());
    apply(model, StepDate{-1});
    CHECK(model.choice.date == model.edition().dates.front());
  }
  SECTION("a column without the chosen group falls back, and the title tells") {
    apply(model, ShowGroup{model.menus.groups.back().id});
    const std::string group = model.choice.group;
    CHECK(model.title.find(model.menus.groups.back().label) != std::string::npos);
    apply(model, ShowColumn{"entropy"});
    apply(model, ShowColumn{"share"});
    CHECK(offers(model.menus.groups, group));
  }
}

TEST_CASE("colours", "[viewer]") {
  ViewModel model = sample_model();
  const auto first = model.map.choropleth.colours;

  SECTION("the next palette is always another picture") {
    apply(model, NextPalette{});
    CHECK(model.map.choropleth.colours != first);
    const auto second = model.map.choropleth.colours;
    apply(model, NextPalette{});
    CHECK(model.map.choropleth.colours != second);
  }
  SECTION("breaks and their number") {
    apply(model, SetBreaks{"equal_interval", 4});
    CHECK(model.colouring.class_count == 4);
    const std::size_t version = model.column_version;
    apply(model, SetBreaks{"no such method", 4});
    apply(model, SetBreaks{"", 1000});
    CHECK(model.column_version == version);
  }
  SECTION("a palette of numbers is left aside for kinds and comes back after them") {
    apply(model, SetPalette{"viridis"});
    const auto viridis = model.map.choropleth.colours;
    CHECK(viridis != first);
    apply(model, ShowColumn{"local_moran"});
    REQUIRE(model.column.spec.categorical);
    apply(model, ShowColumn{"share"});
    CHECK(model.map.choropleth.colours == viridis);
  }
  SECTION("colour visions go round") {
    for (std::size_t i = 0; i < carto::colour_visions.size(); ++i) apply(model, NextVision{});
    CHECK(model.vision == carto::ColourVision::full);
  }
}

TEST_CASE("undo and redo bring choices back", "[viewer]") {
  ViewModel model = sample_model();
  const Choice first = model.choice;
  const auto colours = model.map.choropleth.colours;
  apply(model, ShowColumn{"location_quotient"});
  apply(model, SetPalette{"viridis"});
  apply(model, ToggleServices{model.publication->services().front().id});
  CHECK(model.past.size() == 3);
  for (int i = 0; i < 5; ++i) apply(model, Undo{});
  CHECK(model.choice == first);
  CHECK(model.map.choropleth.colours == colours);
  CHECK(model.services_shown.empty());
  for (int i = 0; i < 5; ++i) apply(model, Redo{});
  CHECK(model.choice.column == "location_quotient");
  CHECK(model.services_shown.size() == 1);
  apply(model, Undo{});
  apply(model, SetPalette{"cividis"});
  CHECK(model.future.empty());

  SECTION("moving the map is no choice") {
    const std::size_t past = model.past.size();
    apply(model, Pan{10.0, 5.0});
    apply(model, Select{0});
    CHECK(model.past.size() == past);
  }
}

TEST_CASE("the camera", "[viewer]") {
  ViewModel model = sample_model();
  const render::Camera whole = model.camera;

  SECTION("what lies under the cursor stays there") {
    const render::ScreenPoint cursor{200.0, 150.0};
    const Point before = model.camera.world_of(cursor);
    apply(model, ZoomAt{cursor, 3.0});
    const Point after = model.camera.world_of(cursor);
    CHECK_THAT(after.x, WithinAbs(before.x, 1e-6));
    CHECK_THAT(after.y, WithinAbs(before.y, 1e-6));
    CHECK_THAT(model.camera.metres_per_pixel, WithinRel(whole.metres_per_pixel / 3.0, 1e-12));
  }
  SECTION("zooming ends where nothing could be seen any more") {
    for (int i = 0; i < 200; ++i) apply(model, ZoomAt{{400.0, 300.0}, 0.5});
    CHECK(model.camera.metres_per_pixel < whole.metres_per_pixel * 10.0);
    for (int i = 0; i < 400; ++i) apply(model, ZoomAt{{400.0, 300.0}, 2.0});
    CHECK(model.camera.metres_per_pixel > 0.001);
    apply(model, ZoomAt{{400.0, 300.0}, -1.0});
    apply(model, ZoomAt{{400.0, 300.0}, std::nan("")});
    CHECK(std::isfinite(model.camera.metres_per_pixel));
  }
  SECTION("F shows the whole city again") {
    apply(model, Pan{1000.0, -300.0});
    CHECK(!(model.camera == whole));
    apply(model, FitCity{});
    CHECK(model.camera == whole);
  }
  SECTION("a resized window shows the whole city where it did before, else the same scale") {
    apply(model, Resize{500, 300});
    CHECK(model.camera.metres_per_pixel > whole.metres_per_pixel);
    CHECK(model.camera.visible().max_x > model.extent.max_x);
    apply(model, ZoomAt{{250.0, 150.0}, 2.0});
    const double scale = model.camera.metres_per_pixel;
    apply(model, Resize{900, 700});
    CHECK(model.camera.metres_per_pixel == scale);
  }
  SECTION("a flight ends at the district, which is then selected") {
    apply(model, FlyTo{5});
    REQUIRE(model.flight.has_value());
    CHECK(model.selection == std::vector<DistrictIndex>{5});
    for (int i = 0; i < 100; ++i) apply(model, Advance{0.02});
    CHECK(!model.flight.has_value());
    const Point centre = model.edition().districts.centroids[5];
    const render::ScreenPoint at = model.camera.screen_of(centre);
    CHECK_THAT(at.x, WithinAbs(400.0, 120.0));
    CHECK_THAT(at.y, WithinAbs(300.0, 120.0));
  }
  SECTION("the hand stops a flight") {
    apply(model, FlyTo{5});
    apply(model, Pan{1.0, 0.0});
    CHECK(!model.flight.has_value());
  }
}

TEST_CASE("hover and selection", "[viewer]") {
  ViewModel model = sample_model();
  const DistrictIndex district = shown_district(model);
  REQUIRE(district != no_index);
  apply(model, Hover{district, {}});
  CHECK(model.hover_card.name == model.edition().districts.names[district]);
  CHECK(model.hover_card.value == report::column_value_text(model.column, district));
  CHECK(!model.hover_card.shares.empty());
  CHECK(model.hover_card.contributions.empty());

  SECTION("the card follows the date") {
    apply(model, Select{district});
    const std::string now = model.selection_card.residents;
    apply(model, ShowDate{model.menus.dates.front().id});
    CHECK(model.selection_card.residents != now);
    CHECK(model.selection_card.value == report::column_value_text(model.column, district));
  }
  SECTION("more districts join and leave") {
    apply(model, Select{1});
    apply(model, Select{2, true});
    CHECK(model.selection == std::vector<DistrictIndex>{1, 2});
    apply(model, Select{1, true});
    CHECK(model.selection == std::vector<DistrictIndex>{2});
    apply(model, Select{});
    CHECK(model.selection.empty());
    CHECK(model.selection_card.district == no_index);
  }
  SECTION("a district that does not exist is none") {
    apply(model, Hover{1000, {}});
    CHECK(model.hover == no_index);
    apply(model, Select{1000});
    CHECK(model.selection.empty());
    apply(model, FlyTo{1000});
    CHECK(!model.flight.has_value());
  }
}

TEST_CASE("cards say no more than the publication", "[viewer]") {
  ViewModel model = sample_model();
  for (DistrictIndex district = 0; district < 24; ++district) {
    const DistrictCard card = card_of(model, district, false);
    const auto shares =
        model.publication->shares(model.choice.edition, model.choice.date, district);
    REQUIRE(card.shares.size() == shares.size());
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (shares[i].state == study::ValueState::shown) continue;
      CHECK(card.shares[i].share == 0.0);
      CHECK(card.shares[i].detail.empty());
      CHECK(card.shares[i].text.find_first_of("0123456789") == std::string::npos);
    }
    if (model.column.states[district] == study::ValueState::suppressed) {
      CHECK(card.value == "suppressed");
    }
  }
}

TEST_CASE("the ranking table", "[viewer]") {
  ViewModel model = sample_model();
  REQUIRE(!model.ranking.empty());
  REQUIRE(model.ranking_rows.size() == 24);
  CHECK(model.ranking_rows.front().rank == 1);
  CHECK(model.ranking_rows.front().bar == 1.0);
  const auto by_rank = [](const RankRow& a, const RankRow& b) {
    return a.rank != 0 && (b.rank == 0 || a.rank < b.rank);
  };
  CHECK(std::is_sorted(model.ranking_rows.begin(), model.ranking_rows.end(), by_rank));

  SECTION("by name") {
    apply(model, SortRanking{RankOrder::name});
    const auto& names = model.edition().districts.names;
    const auto by_name = [&](const RankRow& a, const RankRow& b) {
      return names[a.district] < names[b.district];
    };
    CHECK(std::is_sorted(model.ranking_rows.begin(), model.ranking_rows.end(), by_name));
  }
  SECTION("filtered by a part of the name, whatever its case") {
    const std::string name = model.edition().districts.names[3];
    apply(model, FilterRanking{name});
    REQUIRE(!model.ranking_rows.empty());
    CHECK(model.ranking_rows.size() < 24);
    apply(model, FilterRanking{"no such name"});
    CHECK(model.ranking_rows.empty());
    apply(model, FilterRanking{""});
    CHECK(model.ranking_rows.size() == 24);
  }
  SECTION("by the value on the map") {
    apply(model, ShowRanking{""});
    double last = 1e300;
    for (const RankRow& row : model.ranking_rows) {
      if (!is_defined(row.score)) {
        CHECK(row.rank == 0);
        continue;
      }
      CHECK(row.score <= last);
      last = row.score;
    }
  }
  SECTION("a profile that does not exist is the first one") {
    const std::string first = model.ranking;
    apply(model, ShowRanking{"no such profile"});
    CHECK(model.ranking == first);
  }
}

TEST_CASE("services on the map", "[viewer]") {
  ViewModel model = sample_model();
  const std::string id = model.publication->services().front().id;
  const std::size_t version = model.symbol_version;
  apply(model, ToggleServices{id});
  CHECK(model.services_shown == std::vector<std::string>{id});
  CHECK(model.symbol_version > version);
  apply(model, ToggleServices{id});
  CHECK(model.services_shown.empty());
  apply(model, ToggleServices{"no such service"});
  CHECK(model.services_shown.empty());
}

TEST_CASE("the sites of the service on the map come with it", "[viewer]") {
  ViewModel model = sample_model();
  const auto& services = model.publication->services();
  apply(model, ShowColumn{"nearest_service"});
  REQUIRE_FALSE(model.choice.service.empty());
  CHECK(model.services_shown == std::vector<std::string>{model.choice.service});
  apply(model, ShowService{services[1].id});
  CHECK(model.services_shown == std::vector<std::string>{services[1].id});
  SECTION("and go with it") {
    apply(model, ShowColumn{"share"});
    CHECK(model.services_shown.empty());
    apply(model, Undo{});
    CHECK(model.services_shown == std::vector<std::string>{services[1].id});
  }
  SECTION("what was chosen by hand stays") {
    apply(model, ToggleServices{services[2].id});
    apply(model, ShowService{services[0].id});
    CHECK(model.services_shown == std::vector<std::string>{services[1].id, services[2].id});
  }
  SECTION("what was taken away does not come back") {
    apply(model, ToggleServices{services[1].id});
    apply(model, ShowService{services[0].id});
    CHECK(model.services_shown.empty());
  }
}

TEST_CASE("a service comes with what each group reaches of it", "[viewer]") {
  ViewModel model = sample_model();
  CHECK(model.spread.reach.empty());
  apply(model, ShowColumn{"nearest_service"});
  REQUIRE_FALSE(model.spread.reach.empty());
  CHECK(model.spread.reach.front().text.find(" m, ") != std::string::npos);
  CHECK(model.spread.reach.front().text.ends_with(" %"));

  SECTION("and a district with why not all of it do") {
    const auto beyond =
        std::find(model.no_access.begin(), model.no_access.end(), "beyond the cutoff");
    REQUIRE(beyond != model.no_access.end());
    const auto district = static_cast<DistrictIndex>(beyond - model.no_access.begin());
    apply(model, Select{district});
    CHECK(model.selection_card.no_access == "beyond the cutoff");
    apply(model, ShowColumn{"share"});
    CHECK(model.selection_card.no_access.empty());
  }
  apply(model, ShowColumn{"share"});
  CHECK(model.spread.reach.empty());
}

TEST_CASE("loading", "[viewer]") {
  SECTION("what fails leaves the study that was open") {
    ViewModel model = sample_model();
    const Choice choice = model.choice;
    apply(model, LoadStarted{});
    apply(model, LoadProgress{"Reading", 0.4});
    CHECK(model.state == LoadState::loading);
    CHECK(model.load_fraction == 0.4);
    CHECK(model.publication.has_value());
    apply(model, LoadFailed{"no such file", "name another"});
    CHECK(model.state == LoadState::failed);
    CHECK(model.error_way_out == "name another");
    apply(model, DismissError{});
    CHECK(model.state == LoadState::ready);
    CHECK(model.error.empty());
    CHECK(model.choice == choice);
  }
  SECTION("what is cancelled leaves an empty window empty") {
    ViewModel model;
    apply(model, LoadStarted{});
    CHECK(!model.load_stopping);
    apply(model, CancelLoad{});
    CHECK(model.load_stopping);
    CHECK(model.state == LoadState::loading);
    apply(model, LoadStopped{});
    CHECK(model.state == LoadState::nothing);
  }
  SECTION("a second study starts afresh") {
    ViewModel model = sample_model();
    apply(model, ShowColumn{"location_quotient"});
    apply(model, Select{3});
    apply(model, ToggleServices{model.publication->services().front().id});
    ViewModel other = sample_model();
    apply(model, LoadDone{std::make_shared<study::Publication>(std::move(*other.publication))});
    CHECK(model.choice.column == "share");
    CHECK(model.selection.empty());
    CHECK(model.services_shown.empty());
    CHECK(model.past.empty());
    CHECK(model.edition_version == 2);
  }
  SECTION("nothing that needs a study does harm without one") {
    ViewModel model;
    const Actions all{ShowColumn{"share"},
                      ShowGroup{"x"},
                      ShowService{"x"},
                      ShowDate{"x"},
                      StepDate{1},
                      ShowEdition{1},
                      SetPalette{"x"},
                      NextPalette{},
                      ReversePalette{},
                      SetBreaks{"x", 4},
                      ToggleServices{},
                      Undo{},
                      Redo{},
                      Pan{1, 1},
                      ZoomAt{{1, 1}, 2},
                      FitCity{},
                      Resize{0, 0},
                      Hover{1, {}},
                      Select{1},
                      FlyTo{1},
                      Advance{1},
                      ShowRanking{"x"},
                      FilterRanking{"x"},
                      SortRanking{},
                      ToggleSide{},
                      ToggleFindings{},
                      ToggleHelp{},
                      ToggleBrowser{},
                      ToggleLabels{},
                      ScaleInterface{99},
                      CancelLoad{},
                      LoadStopped{},
                      DismissError{}};
    for (const Action& action : all) apply(model, action);
    CHECK(!model.publication.has_value());
    CHECK(model.past.empty());
    CHECK(model.interface_scale <= 2.5);
  }
}

TEST_CASE("the group on the map comes with its spread over the city", "[viewer]") {
  ViewModel model = sample_model();
  REQUIRE(model.spread.curve.of_group.size() == 101);
  CHECK(model.spread.curve.of_group.front() == 0.0);
  CHECK(model.spread.curve.of_group.back() == 1.0);
  CHECK(model.spread.figures.size() >= 3);
  apply(model, ShowColumn{"entropy"});
  CHECK(model.choice.column == "entropy");
  CHECK(model.spread.curve.of_group.empty());
  CHECK(model.spread.figures.empty());
}
