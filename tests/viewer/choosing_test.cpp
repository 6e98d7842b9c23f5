// From a wish to the nearest column there is.

#include "viewer/choosing.h"

#include "support/catch.h"
#include "viewer/sample_model.h"

using namespace quartier;
using namespace quartier::viewer;
using quartier::test::sample_model;

TEST_CASE("the nearest column", "[viewer]") {
  const ViewModel model = sample_model();
  const study::Publication& publication = *model.publication;
  Choice wanted = model.choice;

  SECTION("is the column itself where all of it exists") {
    const study::ColumnSpec* spec = nearest_column(publication, wanted);
    REQUIRE(spec != nullptr);
    CHECK(choice_of(*spec) == wanted);
  }
  SECTION("has the latest date before one that does not exist") {
    const auto& dates = publication.edition(0).dates;
    wanted.date = dates[1] + "x";
    CHECK(nearest_column(publication, wanted)->date == dates[1]);
    wanted.date = "0001-01-01";
    CHECK(nearest_column(publication, wanted)->date == dates.front());
    wanted.date = "9999-01-01";
    CHECK(nearest_column(publication, wanted)->date == dates.back());
  }
  SECTION("has the study's first group where the group is unknown") {
    wanted.group = "nobody";
    const auto& groups = publication.groups();
    CHECK(nearest_column(publication, wanted)->group ==
          groups.nodes[publication.default_group()].id);
  }
  SECTION("is none where the column does not exist") {
    wanted.column = "no such column";
    CHECK(nearest_column(publication, wanted) == nullptr);
  }
}

TEST_CASE("menus offer what can be shown, once each", "[viewer]") {
  const ViewModel model = sample_model();
  for (const std::vector<Option>* options :
       {&model.menus.columns, &model.menus.groups, &model.menus.dates, &model.menus.palettes}) {
    REQUIRE(!options->empty());
    for (std::size_t i = 0; i < options->size(); ++i) {
      CHECK(!(*options)[i].label.empty());
      for (std::size_t j = 0; j < i; ++j) CHECK((*options)[i].id != (*options)[j].id);
    }
  }
  CHECK(model.menus.rankings.back().id.empty());
}

TEST_CASE("counts are taken from a date that has them", "[viewer]") {
  study::Edition edition;
  CHECK(counts_date(edition, "2020-01-01").empty());
  edition.dates = {"2015-01-01", "2020-01-01"};
  CHECK(counts_date(edition, "2020-01-01") == "2020-01-01");
  CHECK(counts_date(edition, "2019-06-30") == "2015-01-01");
  CHECK(counts_date(edition, "2030-01-01") == "2020-01-01");
  CHECK(counts_date(edition, "2001-01-01") == "2020-01-01");
  CHECK(counts_date(edition, "") == "2020-01-01");
}

TEST_CASE("a colouring keeps to what suits the column", "[viewer]") {
  study::ColumnSpec numbers;
  study::ColumnSpec kinds;
  kinds.categorical = true;
  kinds.categories = {"a", "b", "c"};
  const Colouring colouring{"viridis", "quantile", 5, true};
  CHECK(suitable(colouring, numbers).palette == "viridis");
  CHECK(suitable(colouring, numbers).class_count == 5);
  CHECK(suitable(colouring, numbers).reversed);
  CHECK(suitable(colouring, kinds).palette.empty());
  CHECK(suitable(colouring, kinds).method.empty());
  CHECK(suitable({"okabe-ito", "", 0, false}, kinds).palette == "okabe-ito");
  CHECK(suitable({"okabe-ito", "", 0, false}, numbers).palette.empty());
  CHECK(suitable({"no such palette", "", 0, false}, numbers).palette.empty());
}
