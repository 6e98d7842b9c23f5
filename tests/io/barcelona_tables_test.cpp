// The numbered problems are those of the data's own README; docs/known_problems.md lists them.

#include <cmath>
#include <map>

#include "io/code_list.h"
#include "io/counts_reader.h"
#include "io/indicator_reader.h"
#include "io/layer_support.h"
#include "io/service_table.h"
#include "io/street_table.h"

using namespace quartier;

TEST_CASE("Barcelona: residents by region of nationality", "[io][data][barcelona]") {
  if (test::no_cities()) return;
  const test::CityLayer codes("barcelona-codes");
  const auto labels = io::read_codes(codes.definition, codes.files);
  const test::CityLayer regions("barcelona-population-by-region");
  const auto counts = io::read_counts(regions.definition, regions.files, &labels.value);
  CHECK_FALSE(any_rejected(counts.findings));
  test::check_kinds(counts.findings);

  SECTION("totals of the readable cells of each year (problem 9: rows in mixed order)") {
    const std::map<std::string, double> totals{{"2020-01-01", 1665517}, {"2021-01-01", 1659266},
                                               {"2022-01-01", 1638966}, {"2023-01-01", 1659309},
                                               {"2024-01-01", 1701788}, {"2025-01-01", 1731124}};
    REQUIRE(counts.value.dates.size() == totals.size());
    for (const auto& of_date : counts.value.dates) {
      CAPTURE(of_date.counts.date);
      CHECK(of_date.district_ids.size() == 73);
      CHECK(test::sum(of_date.counts.everyone()) == totals.at(of_date.counts.date));
    }
  }
  SECTION("problem 1: ids are filled up to two characters") {
    CHECK(counts.value.dates.front().district_ids.front() == "01");
    CHECK(counts.value.dates.front().district_ids.back() == "73");
    CHECK(test::find_kind(counts.findings, "id_padded") != nullptr);
  }
  SECTION("problem 2: `..` is hidden within 1 and 4, absent rows are zero") {
    CHECK(test::find_kind(counts.findings, "suppressed_cell")->count == 2864);
    std::size_t hidden = 0;
    const GroupIndex first_region = 1;
    for (const auto& of_date : counts.value.dates) {
      for (std::size_t g = first_region; g < counts.value.groups.size(); ++g) {
        for (const std::uint16_t cells : of_date.counts.groups[g].hidden) hidden += cells;
      }
    }
    CHECK(hidden == 2864);
    const CountTable& latest = counts.value.dates.back().counts;
    const CountColumn& everyone = latest.groups.front();
    CHECK(test::sum(everyone.least) > test::sum(everyone.readable));
    CHECK(test::sum(everyone.greatest) < test::sum(everyone.readable) + 4 * 2864);
    CHECK(test::find_kind(counts.findings, "absent_row", "2025-01-01")->count == 290);
  }
  SECTION("problem 3: Spain inside Southern Europe is told") {
    CHECK(test::find_kind(counts.findings, "reference_contained") != nullptr);
  }
  SECTION("labels are the English ones of the code list") {
    const GroupIndex south = counts.value.groups.find("South America");
    REQUIRE(south != no_index);
    CHECK(counts.value.groups.nodes[south].id == "south-america");
    CHECK(labels.value.label("NACIONALITAT_REGIO", "12") == "Southern Asia");
    for (std::size_t g = 1; g < counts.value.groups.size(); ++g) {
      const auto& group = regions.definition.counts.groups[g];
      CHECK(labels.value.label("NACIONALITAT_REGIO", group.sources[0].codes[0]) == group.label);
    }
  }
  SECTION("dissimilarity against Southern Europe in 2025, unknown cells left out of the sums") {
    const CountTable& latest = counts.value.dates.back().counts;
    const auto dissimilarity = [&](std::string_view label) {
      const auto x = latest.groups[counts.value.groups.find(label)];
      const auto y = latest.groups[counts.value.groups.find("Southern Europe")];
      const double x_sum = test::sum(x.readable);
      const double y_sum = test::sum(y.readable);
      double difference = 0.0;
      for (std::size_t i = 0; i < x.readable.size(); ++i) {
        difference += std::abs(x.readable[i] / x_sum - y.readable[i] / y_sum);
      }
      return difference / 2.0;
    };
    CHECK_THAT(dissimilarity("Southern Asia"), WithinAbs(0.466, 5e-4));
    CHECK_THAT(dissimilarity("South-Eastern Asia"), WithinAbs(0.537, 5e-4));
    CHECK_THAT(dissimilarity("Northern Africa"), WithinAbs(0.330, 5e-4));
    CHECK_THAT(dissimilarity("South America"), WithinAbs(0.152, 5e-4));
  }
  test::check_ledgers(counts.value.ledgers);
  CHECK(counts.value.ledgers.front().read == 15766);
}

TEST_CASE("Barcelona: residents by place of birth", "[io][data][barcelona]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("barcelona-population-by-birthplace");
  const auto counts = io::read_counts(layer.definition, layer.files);
  CHECK_FALSE(any_rejected(counts.findings));
  const CountTable& latest = counts.value.dates.back().counts;
  CHECK(test::sum(latest.everyone()) == 1525325);
  CHECK(test::sum(latest.group(counts.value.groups.find("born-in-spain"))) ==
        622709 + 107096 + 218954);
  CHECK(test::sum(latest.group(counts.value.groups.find("born-abroad"))) == 79151 + 497141);
  test::check_ledgers(counts.value.ledgers);
}

TEST_CASE("Barcelona: newcomers are flows", "[io][data][barcelona]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("barcelona-newcomers");
  const auto counts = io::read_counts(layer.definition, layer.files);
  CHECK(layer.definition.counts.flow);
  CHECK(test::find_kind(counts.findings, "not_a_stock") != nullptr);
  CHECK(counts.value.groups.size() == 178);
  CHECK(counts.value.dates.size() == 3);
  CHECK(counts.value.dates.front().district_ids.size() == 73);
  CHECK(test::find_kind(counts.findings, "row_excluded")->severity == Severity::note);
  CHECK_FALSE(any_rejected(counts.findings));
  test::check_ledgers(counts.value.ledgers);
}

TEST_CASE("Barcelona: unemployment, monthly", "[io][data][barcelona]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("barcelona-unemployment");
  const auto read = io::read_indicators(layer.definition, layer.files);
  const auto& indicators = read.value.indicators;
  REQUIRE(indicators.size() == 120);
  CHECK(indicators.front().indicator.date == "2013-01-31");
  CHECK(indicators.back().indicator.date == "2017-12-31");

  SECTION("problem 7: 99 is left out, and so are the second rows from 2015 on") {
    CHECK(test::find_kind(read.findings, "row_excluded", "99")->count > 0);
    CHECK(test::find_kind(read.findings, "row_excluded", "job seekers")->severity ==
          Severity::note);
    CHECK(indicators.back().district_ids.size() == 73);
    // December 2017: 73 752 registered in all, the unknown addresses among them.
    const auto& all = indicators[indicators.size() - 2];
    CHECK(all.indicator.id == "registered-unemployed");
    const double persons = test::sum(all.indicator.values);
    CHECK(persons < 73752);
    CHECK(persons > 73000);
  }
  CHECK_FALSE(any_rejected(read.findings));
  test::check_ledgers(read.value.ledgers);
  CHECK(read.value.ledgers.front().read == 14208);
}

TEST_CASE("Barcelona: housing prices by name", "[io][data][barcelona]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("barcelona-housing-price");
  const auto read = io::read_indicators(layer.definition, layer.files);
  CHECK(read.value.by_name);
  REQUIRE(read.value.indicators.size() == 14);
  const auto& latest = read.value.indicators.back();
  CHECK(latest.indicator.date == "2025-12-31");
  CHECK(latest.district_ids.size() == 73);
  const auto raval = std::find(latest.district_ids.begin(), latest.district_ids.end(), "el Raval");
  REQUIRE(raval != latest.district_ids.end());
  CHECK(latest.indicator.values[static_cast<std::size_t>(raval - latest.district_ids.begin())] ==
        3478.98);

  SECTION("problem 8: `-` is missing with its reason; districts and the city are left out") {
    std::size_t missing = 0;
    for (const auto& year : read.value.indicators) {
      for (std::size_t i = 0; i < year.reasons.size(); ++i) {
        CHECK(std::isnan(year.indicator.values[i]) == !year.reasons[i].empty());
        missing += year.reasons[i].empty() ? 0 : 1;
      }
    }
    CHECK(missing == 34);
    CHECK(test::find_kind(read.findings, "row_excluded")->count == 11);
  }
  test::check_ledgers(read.value.ledgers);
}

TEST_CASE("Barcelona: education", "[io][data][barcelona]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("barcelona-education");
  const auto read = io::read_indicators(layer.definition, layer.files);
  REQUIRE(read.value.indicators.size() == 48);
  for (const auto& raw : read.value.indicators) {
    CHECK(raw.district_ids.size() == 73);
    for (const double share : raw.indicator.values) {
      CHECK((std::isnan(share) || (share >= 0.0 && share <= 100.0)));
    }
  }
  CHECK(test::find_kind(read.findings, "suppressed_cell") != nullptr);
  CHECK_FALSE(any_rejected(read.findings));
  test::check_ledgers(read.value.ledgers);
}

namespace {

std::size_t sites(const Loaded<io::RawServices>& services, std::string_view kind) {
  for (const Services& of_kind : services.value.kinds) {
    if (of_kind.id == kind) return of_kind.size();
  }
  return 0;
}

Loaded<io::RawServices> services_of(const std::string& id) {
  const test::CityLayer layer(id);
  auto services = io::read_service_tables(layer.definition, layer.files);
  test::check_ledgers(services.value.ledgers);
  test::check_kinds(services.findings);
  CHECK_FALSE(any_rejected(services.findings));
  return services;
}

}  // namespace

TEST_CASE("Barcelona: facilities", "[io][data][barcelona]") {
  if (test::no_cities()) return;

  SECTION("problem 4: UTF-16, byte order marks in ids, several rows per facility") {
    const auto education = services_of("barcelona-education-facilities");
    CHECK(test::find_kind(education.findings, "bom_in_cell")->count == 2696);
    CHECK(sites(education, "language-courses") == 125);
    CHECK(sites(education, "adult-education") == 44);
    CHECK(test::find_kind(education.findings, "service_repeated") != nullptr);
    for (const Services& kind : education.value.kinds) {
      for (const std::string& id : kind.ids) CHECK(id.find("\xEF\xBB\xBF") == std::string::npos);
    }
    CHECK(education.value.ledgers.front().read == 2696);
  }
  SECTION("problem 5: no coordinates, no category") {
    const auto information = services_of("barcelona-information-centres");
    CHECK(sites(information, "citizen-offices") == 13);
    CHECK(sites(information, "social-welfare") == 5);
    CHECK(sites(information, "womens-information") == 12);
    CHECK(test::find_kind(information.findings, "service_without_category")->count >= 568);
    const auto culture = services_of("barcelona-culture-facilities");
    CHECK(sites(culture, "libraries") == 190);
    CHECK(sites(culture, "civic-centres") == 52);
    CHECK(sites(culture, "neighbourhood-centres") == 44);
    CHECK(test::find_kind(culture.findings, "service_without_place")->count == 1);
  }
  SECTION("problem 6: the ETRS89 pair is used, stops outside the city are told") {
    const auto rail = services_of("barcelona-rail-stops");
    CHECK(sites(rail, "metro-stops") == 518);
    CHECK(sites(rail, "tram-stops") == 56);
    CHECK(rail.value.kinds.front().places.front() == Point{432069.523, 4584522.022});
    CHECK(test::find_kind(rail.findings, "service_outside")->count > 0);
    CHECK(sites(services_of("barcelona-bus-stops"), "bus-stops") == 2384 + 832 + 7);
  }
}

TEST_CASE("Barcelona: streets", "[io][data][barcelona]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("barcelona-streets");
  const auto streets = io::read_street_tables(layer.definition, layer.files);
  CHECK(streets.value.network.nodes.size() == 9483);
  CHECK(streets.value.ledgers[1].read == 14831);
  CHECK(test::find_kind(streets.findings, "street_dangling") == nullptr);
  CHECK_FALSE(any_rejected(streets.findings));
  CHECK(streets.value.network.segments.front().length_mm == 42615);
  test::check_ledgers(streets.value.ledgers);
  test::check_kinds(streets.findings);
}
