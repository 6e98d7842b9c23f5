// The numbered problems are those of the data's own README; docs/known_problems.md lists them.

#include <cmath>
#include <map>

#include "io/counts_reader.h"
#include "io/indicator_reader.h"
#include "io/layer_support.h"
#include "io/link_table.h"
#include "io/service_table.h"

using namespace quartier;

namespace {

double total(const io::RawCounts& counts, const io::RawCountsOfDate& of_date,
             std::string_view group) {
  const GroupIndex place = counts.groups.find(group);
  REQUIRE(place != no_index);
  return test::sum(of_date.counts.group(place));
}

double dissimilarity(const io::RawCounts& counts, const io::RawCountsOfDate& of_date,
                     std::string_view group, std::string_view reference) {
  const auto x = of_date.counts.group(counts.groups.find(group));
  const auto y = of_date.counts.group(counts.groups.find(reference));
  const double x_sum = test::sum(x);
  const double y_sum = test::sum(y);
  double difference = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) difference += std::abs(x[i] / x_sum - y[i] / y_sum);
  return difference / 2.0;
}

}  // namespace

TEST_CASE("Berlin: migration background 2007 to 2017", "[io][data][berlin]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("berlin-origin-2007-2017");
  const auto counts = io::read_counts(layer.definition, layer.files);
  CHECK_FALSE(any_rejected(counts.findings));
  test::check_kinds(counts.findings);
  test::check_ledgers(counts.value.ledgers);
  REQUIRE(counts.value.dates.size() == 9);

  SECTION("problem 3: bare CR everywhere, three files exported twice; every row is there") {
    CHECK(std::count_if(counts.findings.begin(), counts.findings.end(), [](const Finding& finding) {
            return finding.kind == "exported_twice";
          }) == 3);
    for (const auto& of_date : counts.value.dates) CHECK(of_date.district_ids.size() == 447);
  }
  SECTION("problem 4: lost leading zeros are put back, in 2014 and 2017 only") {
    std::vector<std::string> files;
    for (const Finding& finding : counts.findings) {
      if (finding.kind == "id_padded") files.push_back(finding.file);
    }
    REQUIRE(files.size() == 2);
    CHECK(files[0].find("2014") != std::string::npos);
    CHECK(files[1].find("2017") != std::string::npos);
    for (const auto& of_date : counts.value.dates) {
      CHECK(of_date.district_ids == counts.value.dates.front().district_ids);
    }
  }
  SECTION("city totals, and a partition that adds up to the person in every district") {
    CHECK(total(counts.value, counts.value.dates[0], "with-migration-background") == 842344);
    CHECK(total(counts.value, counts.value.dates[6], "with-migration-background") == 1078091);
    CHECK(test::find_kind(counts.findings, "groups_do_not_add_up") == nullptr);
    CHECK(test::find_kind(counts.findings, "groups_exceed_total") == nullptr);
    for (const auto& of_date : counts.value.dates) {
      double persons = 0.0;
      for (const GroupIndex leaf : counts.value.groups.leaves()) {
        persons += test::sum(of_date.counts.group(leaf));
      }
      CHECK(persons == test::sum(of_date.counts.everyone()));
    }
  }
  SECTION("problem 5: EU-27 becomes EU-28 in 2013, told as a break") {
    CHECK(total(counts.value, counts.value.dates[3], "european-union") == 284758);
    CHECK(total(counts.value, counts.value.dates[4], "european-union") == 322911);
    CHECK(test::find_kind(counts.findings, "series_break", "Croatia") != nullptr);
    CHECK(test::find_kind(counts.findings, "series_break", "2014") != nullptr);
  }
  SECTION("problem 6: rounded counts are told") {
    CHECK(test::find_kind(counts.findings, "rounded_counts") != nullptr);
  }
}

TEST_CASE("Berlin: residents by origin 2015 to 2024", "[io][data][berlin]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("berlin-population-by-origin");
  const auto counts = io::read_counts(layer.definition, layer.files);
  CHECK_FALSE(any_rejected(counts.findings));
  test::check_kinds(counts.findings);
  test::check_ledgers(counts.value.ledgers);
  REQUIRE(counts.value.dates.size() == 10);
  const auto& in_2015 = counts.value.dates[0];
  const auto& in_2020 = counts.value.dates[5];

  SECTION("city totals") {
    CHECK(test::sum(in_2015.counts.everyone()) == 3610156);
    CHECK(test::sum(in_2020.counts.everyone()) == 3769962);
    CHECK(total(counts.value, in_2015, "with-migration-background") == 1078091);
    CHECK(total(counts.value, in_2020, "with-migration-background") == 1344612);
    CHECK(total(counts.value, counts.value.dates[9], "with-migration-background") == 1601865);
  }
  SECTION("districts: 447, 448 from 2019 with 09041403 (problem 2), 542 from 2021") {
    CHECK(in_2015.district_ids.size() == 447);
    CHECK(in_2020.district_ids.size() == 448);
    CHECK(counts.value.dates[6].district_ids.size() == 542);
    const auto has_split = [](const io::RawCountsOfDate& of_date) {
      return std::binary_search(of_date.district_ids.begin(), of_date.district_ids.end(),
                                "09041403");
    };
    CHECK_FALSE(has_split(in_2015));
    CHECK(has_split(in_2020));
    CHECK(test::find_kind(counts.findings, "series_break", "2021") != nullptr);
  }
  SECTION("dissimilarity 2020 against Germans without migration background") {
    const std::string reference = "germans-without-migration-background";
    CHECK_THAT(dissimilarity(counts.value, in_2020, "turkey", reference), WithinAbs(0.511, 5e-4));
    CHECK_THAT(dissimilarity(counts.value, in_2020, "vietnam", reference), WithinAbs(0.455, 5e-4));
    CHECK_THAT(dissimilarity(counts.value, in_2020, "poland", reference), WithinAbs(0.260, 5e-4));
    CHECK_THAT(dissimilarity(counts.value, in_2020, "european-union", reference),
               WithinAbs(0.255, 5e-4));
  }
  SECTION("the leaves with their remainders are everyone, to the person where nothing is rounded") {
    for (const auto& of_date : counts.value.dates) {
      double persons = 0.0;
      for (const GroupIndex leaf : counts.value.groups.leaves()) {
        persons += test::sum(of_date.counts.group(leaf));
      }
      CAPTURE(of_date.counts.date);
      CHECK_THAT(persons, WithinAbs(test::sum(of_date.counts.everyone()), 100.0));
    }
    CHECK(test::find_kind(counts.findings, "groups_exceed_total") == nullptr);
    CHECK(test::find_kind(counts.findings, "groups_do_not_add_up") == nullptr);
  }
  SECTION("mislabelled columns until 2019: Poland agrees with EWRMIGRA to the person") {
    const test::CityLayer old_layer("berlin-origin-2007-2017", "2015-12-31");
    const auto old_counts = io::read_counts(old_layer.definition, old_layer.files);
    for (std::size_t y = 0; y < 3; ++y) {
      CHECK(total(counts.value, counts.value.dates[y], "poland") ==
            total(old_counts.value, old_counts.value.dates[y], "poland"));
    }
    CHECK(test::find_kind(counts.findings, "columns_mislabelled") != nullptr);
    for (const char* id : {"poland", "bulgaria", "romania", "croatia", "united-kingdom"}) {
      const double before = total(counts.value, counts.value.dates[4], id);
      CHECK(total(counts.value, in_2020, id) / before == Approx(1.0).margin(0.08));
    }
    CHECK(test::find_kind(counts.findings, "series_break", "United Kingdom") != nullptr);
  }
  SECTION("regions that share persons stay out of the partition") {
    const GroupIndex islamic = counts.value.groups.find("islamic-countries");
    CHECK(counts.value.groups.nodes[islamic].overlapping);
    CHECK(total(counts.value, in_2020, "islamic-countries") == 444695);
    CHECK(test::find_kind(counts.findings, "overlapping_groups") != nullptr);
  }
  SECTION("problem 7: nearly empty districts are read as they are") {
    const auto place =
        std::lower_bound(in_2020.district_ids.begin(), in_2020.district_ids.end(), "09010102");
    REQUIRE(*place == "09010102");
    CHECK(
        in_2020.counts.everyone()[static_cast<std::size_t>(place - in_2020.district_ids.begin())] <
        100);
    const auto latest = counts.value.dates[9].counts.everyone();
    CHECK(std::count(latest.begin(), latest.end(), 0.0) == 2);
  }
}

TEST_CASE("Berlin: residents by origin at Prognoseraum level", "[io][data][berlin]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("berlin-population-by-origin-pgr");
  const auto counts = io::read_counts(layer.definition, layer.files);
  REQUIRE(counts.value.dates.size() == 5);
  CHECK(counts.value.dates[0].district_ids.size() == 60);
  CHECK(counts.value.dates[4].district_ids.size() == 58);
  CHECK(test::sum(counts.value.dates[0].counts.everyone()) == 3769962);
  CHECK(total(counts.value, counts.value.dates[4], "with-migration-background") == 1601865);
  CHECK(test::find_kind(counts.findings, "groups_exceed_total") == nullptr);
  CHECK_FALSE(any_rejected(counts.findings));
  test::check_ledgers(counts.value.ledgers);
}

TEST_CASE("Berlin: Monitoring Soziale Stadtentwicklung", "[io][data][berlin]") {
  if (test::no_cities()) return;
  const auto read = [](const std::string& id) {
    const test::CityLayer layer(id);
    auto indicators = io::read_indicators(layer.definition, layer.files);
    test::check_ledgers(indicators.value.ledgers);
    test::check_kinds(indicators.findings);
    CHECK_FALSE(any_rejected(indicators.findings));
    return indicators;
  };
  const auto at = [](const Loaded<io::RawIndicators>& from, const std::string& id,
                     const std::string& date) -> const io::RawIndicator& {
    for (const auto& raw : from.value.indicators) {
      if (raw.indicator.id == id && raw.indicator.date == date) return raw;
    }
    FAIL("no " + id + " on " + date);
    return from.value.indicators.front();
  };

  SECTION("problem 8: suppressed zeros, empty cells and a file that was cut off") {
    const auto status = read("berlin-mss-status");
    const auto& in_2018 = at(status, "unemployment", "2018-12-31");
    CHECK(in_2018.district_ids.size() == 447);
    CHECK(std::count_if(in_2018.indicator.values.begin(), in_2018.indicator.values.end(),
                        [](double value) { return std::isnan(value); }) == 11);
    CHECK(in_2018.reasons[1].find("suppressed") != std::string::npos);
    CHECK(std::isnan(at(status, "long-term-unemployment", "2018-12-31").indicator.values[0]));
    CHECK(at(status, "unemployment", "2020-12-31").district_ids.size() == 447);
    const Finding* cut = test::find_kind(status.findings, "rows_missing");
    REQUIRE(cut != nullptr);
    CHECK(cut->message.find("447 rows, this edition has 542") != std::string::npos);
    CHECK(cut->file.find("mss_2021_table_2-1") != std::string::npos);
  }
  SECTION("problem 8: junk rows; and headers that name other contents from 2015 to 2019") {
    const auto context = read("berlin-mss-context-2014-2018");
    CHECK(test::find_kind(context.findings, "row_excluded")->count == 2);
    CHECK(test::find_kind(context.findings, "columns_mislabelled") != nullptr);
    const auto& foreigners = at(context, "foreigners", "2016-12-31");
    CHECK(foreigners.district_ids.size() == 447);
    CHECK_THAT(foreigners.indicator.values[0], WithinAbs(38.76044, 1e-5));
    CHECK(foreigners.indicator.composition);
    CHECK(read("berlin-mss-context").value.indicators.size() == 26);
  }
  SECTION("the index: signs as classes, unclassified districts undefined") {
    const auto index = read("berlin-mss-index");
    const auto& dynamics = at(index, "dynamics-index", "2020-12-31");
    CHECK(dynamics.district_ids.size() == 542);
    CHECK(std::count(dynamics.indicator.values.begin(), dynamics.indicator.values.end(), 3.0) ==
          52);
    const auto& status = at(index, "status-index", "2012-12-31");
    CHECK(std::count_if(status.indicator.values.begin(), status.indicator.values.end(),
                        [](double value) { return std::isnan(value); }) == 13);
  }
}

TEST_CASE("Berlin: links between the divisions", "[io][data][berlin]") {
  if (test::no_cities()) return;
  const test::CityLayer layer("berlin-lor-links");
  const auto links = io::read_links(layer.definition, layer.files);
  std::map<std::string, std::size_t> of_level;
  for (const auto& link : links.value.links) ++of_level[link.level];
  CHECK(of_level["plr"] == 342);
  CHECK(of_level["bzr"] == 109);
  CHECK(of_level["pgr"] == 41);
  CHECK(of_level["bez"] == 12);

  SECTION("problem 2: the two Schloßstraßen are settled by the definition") {
    const Finding* corrected = test::find_kind(links.findings, "link_corrected");
    REQUIRE(corrected != nullptr);
    CHECK(corrected->count == 2);
    std::map<std::string, std::string> to;
    for (const auto& link : links.value.links) to[link.from] = link.to;
    CHECK(to["04030417"] == "04300414");
    CHECK(to["06010102"] == "06100102");
    CHECK(test::find_kind(links.findings, "partial_layer") != nullptr);
  }
  SECTION("without the corrections all four are refused") {
    auto bare = layer.definition;
    bare.links.corrections.clear();
    const auto refused = io::read_links(bare, layer.files);
    CHECK(test::find_kind(refused.findings, "link_ambiguous")->count == 4);
    CHECK(refused.value.ledgers.front().rejected == 4);
    test::check_ledgers(refused.value.ledgers);
  }
  test::check_ledgers(links.value.ledgers);
}

TEST_CASE("Berlin: OpenStreetMap points", "[io][data][berlin]") {
  if (test::no_cities()) return;
  const auto read = [](const std::string& id) {
    const test::CityLayer layer(id);
    auto services = io::read_service_tables(layer.definition, layer.files);
    test::check_ledgers(services.value.ledgers);
    CHECK_FALSE(any_rejected(services.findings));
    CHECK(services.value.crs == "EPSG:4326");
    return services;
  };

  SECTION("problem 9: outside Berlin, without a name, nodes only") {
    const auto stops = read("berlin-osm-bus-stops");
    CHECK(stops.value.kinds.front().size() == 7957);
    CHECK(test::find_kind(stops.findings, "service_outside")->count == 1711);
    CHECK(test::find_kind(stops.findings, "service_without_name")->count == 43);
    CHECK(test::find_kind(stops.findings, "partial_layer") != nullptr);
  }
  SECTION("job centres are found by their names") {
    const auto offices = read("berlin-osm-offices");
    CHECK(offices.value.kinds[0].id == "job-centres");
    CHECK(offices.value.kinds[0].size() == 17);
    CHECK(offices.value.kinds[1].size() == 5576);
  }
}
