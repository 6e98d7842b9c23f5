#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "base/number.h"
#include "io/counts_reader.h"
#include "io/indicator_reader.h"
#include "io/layer_definition.h"
#include "io/osm_streets.h"
#include "io/service_table.h"
#include "io/street_table.h"
#include "io/study_file.h"
#include "study/sample/sample_city.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using study::SampleCity;

namespace {

SampleCity written_city(std::size_t districts, std::uint64_t seed,
                        const std::filesystem::path& folder) {
  Progress progress;
  SampleCity city = study::make_sample_city({.district_count = districts, .seed = seed}, progress);
  study::write_sample_city(city, folder, progress);
  return city;
}

std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), folder).string()] =
        std::string(std::istreambuf_iterator<char>(stream), {});
  }
  return files;
}

}  // namespace

TEST_CASE("the sample's tables read back as they were made", "[study][sample]") {
  const test::ScratchFolder scratch;
  const SampleCity city = written_city(60, 3, scratch.path());
  const auto definition = [&](const std::string& id) {
    return io::load_layer_definition(scratch.path() / "layers" / (id + ".toml"));
  };
  const auto files_of = [&](const io::LayerDefinition& layer) {
    return io::find_layer_files(layer, scratch.path());
  };

  SECTION("residents") {
    const auto layer = definition("sample-population");
    const auto read = io::read_counts(layer, files_of(layer));
    CHECK(read.findings.empty());
    REQUIRE(read.value.dates.size() == 6);
    REQUIRE(read.value.groups.size() == city.groups.size());
    for (std::size_t d = 0; d < 6; ++d) {
      CHECK(read.value.dates[d].district_ids == city.districts.ids);
      for (std::size_t g = 0; g < city.groups.size(); ++g) {
        CHECK(read.value.dates[d].counts.groups[g].readable == city.counts[d].groups[g].readable);
      }
    }
    for (const Ledger& ledger : read.value.ledgers) CHECK(ledger.closes());
  }

  SECTION("indicators, for everyone and by group") {
    std::size_t read_back = 0;
    for (const char* id : {"sample-indicators", "sample-indicators-by-group"}) {
      const auto layer = definition(id);
      const auto read = io::read_indicators(layer, files_of(layer));
      for (const io::RawIndicator& raw : read.value.indicators) {
        const auto made = std::find_if(
            city.indicators.begin(), city.indicators.end(), [&](const Indicator& indicator) {
              return indicator.id == raw.indicator.id && indicator.group == raw.indicator.group &&
                     indicator.date == raw.indicator.date;
            });
        REQUIRE(made != city.indicators.end());
        CHECK(raw.indicator.domain == made->domain);
        CHECK(raw.district_ids == city.districts.ids);
        CHECK(raw.indicator.base == made->base);
        for (std::size_t i = 0; i < made->values.size(); ++i) {
          CHECK((raw.indicator.values[i] == made->values[i] ||
                 (!is_defined(raw.indicator.values[i]) && !is_defined(made->values[i]))));
        }
        ++read_back;
      }
    }
    CHECK(read_back == city.indicators.size());
  }

  SECTION("services: rows that stand twice are told and used once") {
    const auto layer = definition("sample-services");
    const auto read = io::read_service_tables(layer, files_of(layer));
    REQUIRE(read.value.kinds.size() == 10);
    std::size_t made = 0;
    std::size_t used = 0;
    for (std::size_t k = 0; k < 10; ++k) {
      CHECK(read.value.kinds[k].id == city.services[k].id);
      CHECK(read.value.kinds[k].languages.front() == city.services[k].languages.front());
      CHECK(read.value.kinds[k].places.front() == city.services[k].places.front());
      made += city.services[k].size();
      used += read.value.kinds[k].size();
    }
    CHECK(used == made - 2);
    CHECK_FALSE(read.findings.empty());
    CHECK_FALSE(any_rejected(read.findings));
  }

  SECTION("streets") {
    const auto layer = definition("sample-streets");
    const auto read = io::read_street_tables(layer, files_of(layer));
    CHECK(read.findings.empty());
    CHECK(read.value.network.nodes == city.street_nodes);
    REQUIRE(read.value.network.segments.size() == city.street_edges.size());
    for (std::size_t e = 0; e < city.street_edges.size(); ++e) {
      CHECK(read.value.network.segments[e].length_mm == city.street_edges[e].length_mm);
    }
  }
}

TEST_CASE("the sample's streets as an OpenStreetMap extract", "[study][sample][osm]") {
  const test::ScratchFolder scratch;
  Progress progress;
  const SampleCity city =
      study::make_sample_city({.district_count = 60, .seed = 3, .street_extract = true}, progress);
  study::write_sample_city(city, scratch.path(), progress);
  const auto layer =
      io::load_layer_definition(scratch.path() / "layers" / "sample-streets-osm.toml");
  const auto read = io::read_street_extract(layer, io::find_layer_files(layer, scratch.path()));
  CHECK(read.findings.empty());
  const StreetNetwork& network = read.value.network;
  REQUIRE(network.nodes.size() == city.street_nodes.size());
  REQUIRE(network.segments.size() == city.street_edges.size());
  for (std::size_t e = 0; e < city.street_edges.size(); ++e) {
    const StreetEdge& edge = city.street_edges[e];
    CHECK(network.segments[e].from == edge.from);
    CHECK(network.segments[e].to == edge.to);
    const Point a = city.street_nodes[edge.from];
    const Point b = city.street_nodes[edge.to];
    // UTM shortens by up to 0.04 %, the sphere differs from the ellipsoid by up to 0.6 %.
    CHECK_THAT(network.segments[e].length_mm / 1000.0,
               WithinRel(std::hypot(b.x - a.x, b.y - a.y), 0.007) || WithinAbs(0.0, 1.0));
  }
}

TEST_CASE("the sample's study names its layers and says that it is synthetic", "[study][sample]") {
  const test::ScratchFolder scratch;
  written_city(40, 8, scratch.path());
  const io::StudyFile study = io::read_study_file(scratch.path() / "study.toml", {}, {});
  CHECK(study.synthetic);
  CHECK(study.title.find("synthetic") != std::string::npos);
  CHECK(study.services.size() == 10);
  CHECK(study.disclosure.threshold > 0);
  for (const auto& layer : io::list_layer_definitions(scratch.path() / "layers")) {
    CHECK(layer.title.find("synthetic") != std::string::npos);
    CHECK(layer.attribution.find("seed 8") != std::string::npos);
    CHECK_FALSE(io::find_layer_files(layer, scratch.path()).empty());
    for (const io::FilePattern& file : layer.files) CHECK(file.pattern.starts_with("synthetic_"));
  }
  for (const io::StudyProfile& profile : study.priorities) {
    for (const io::StudyPriorityItem& item : profile.items) CHECK(item.reason.empty());
  }
}

TEST_CASE("the same sample is written twice with the same bytes", "[study][sample]") {
  const test::ScratchFolder first;
  const test::ScratchFolder second;
  written_city(40, 2, first.path());
  written_city(40, 2, second.path());
  const auto once = contents(first.path());
  CHECK(once == contents(second.path()));
  CHECK(once.size() == 16);
  written_city(40, 2, first.path());  // over what is there
  CHECK(contents(first.path()) == once);
}
