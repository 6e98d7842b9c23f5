#include "io/layer_definition.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "base/error.h"
#include "base/finding.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;

namespace {

std::filesystem::path written(const test::ScratchFolder& folder, const std::string& text) {
  auto file = folder.path() / "layer.toml";
  std::ofstream(file) << text;
  return file;
}

const std::string head = R"(id = "a"
title = "A"
kind = "counts"
publisher = "P"
licence = "CC0"
attribution = "P"
[[file]]
pattern = "a_{year}.csv"
date = "{year-1}-12-31"
[key]
column = "id"
)";

}  // namespace

TEST_CASE("a definition is read strictly", "[io][layers]") {
  const test::ScratchFolder folder;
  const auto message = [&](const std::string& text) {
    try {
      (void)io::load_layer_definition(written(folder, text));
    } catch (const InputError& error) {
      return std::string(error.what()) + " | " + error.way_out();
    }
    return std::string();
  };

  SECTION("an unknown key names its line and the nearest known one") {
    const std::string said = message(head + "widt = 8\n[[group]]\nid = \"all\"\n");
    CHECK_THAT(said, Catch::Contains("line 12") && Catch::Contains("did you mean 'width'?"));
  }
  SECTION("groups need a parent above them, and one id each") {
    CHECK_THAT(message(head + "[[group]]\nid = \"all\"\n[[group]]\nid = \"x\"\nparent = \"y\"\n"),
               Catch::Contains("'y' is no group above"));
    CHECK_THAT(
        message(head + "[[group]]\nid = \"all\"\n[[group]]\nid = \"all\"\nparent = \"all\"\n"),
        Catch::Contains("occurs twice"));
    CHECK_THAT(message(head), Catch::Contains("at least one [[group]]"));
    CHECK_THAT(message(head + "[[group]]\nid = \"all\"\n[[group]]\nid = \"x\"\nparent = \"all\"\n"
                              "remainder = true\n"),
               Catch::Contains("nothing remains"));
    CHECK_THAT(message(head + "[[group]]\nid = \"all\"\npart = \"t9\"\ncolumn = \"n\"\n"),
               Catch::Contains("no [[file]] is called 't9'"));
  }
  SECTION("a pattern may not leave the data folder") {
    std::string text = head;
    text.replace(text.find("a_{year}"), 8, "../{year}");
    CHECK_THAT(message(text + "[[group]]\nid = \"all\"\n"),
               Catch::Contains("inside the data folder"));
  }
  SECTION("files are found by pattern, with their dates in order") {
    for (const char* name : {"a_2021.csv", "a_2019.csv", "a_20x1.csv", "b_2020.csv"}) {
      std::ofstream(folder.path() / name) << "id\n";
    }
    const auto layer =
        io::load_layer_definition(written(folder, head + "[[group]]\nid = \"all\"\n"));
    const auto files = io::find_layer_files(layer, folder.path());
    REQUIRE(files.size() == 2);
    CHECK(files[0].date == "2018-12-31");
    CHECK(files[1].name == "a_2021.csv");
    CHECK(io::find_layer_files(layer, folder.path(), "2020-01-01").size() == 1);
    CHECK_THROWS_AS(io::find_layer_files(layer, folder.path() / "none"), InputError);
  }
}

TEST_CASE("every definition of the project can be read and says whose data it is", "[io][layers]") {
  const auto layers = io::list_layer_definitions(test::source_dir() / "layers");
  CHECK(layers.size() >= 48);
  std::set<std::string_view> kinds;
  for (const FindingKind& kind : finding_kinds()) kinds.insert(kind.id);
  for (const io::LayerDefinition& layer : layers) {
    CAPTURE(layer.id);
    CHECK(layer.id == layer.file.stem().string());
    CHECK_FALSE(layer.attribution.empty());
    for (const io::LayerNotice& notice : layer.notices) CHECK(kinds.contains(notice.kind));
  }
}

TEST_CASE("every definition finds its files in the two cities", "[io][layers][data]") {
  const auto data = test::shared("data");
  if (data.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  for (const auto& layer : io::list_layer_definitions(test::source_dir() / "layers")) {
    CAPTURE(layer.id);
    const std::string city = layer.id.substr(0, layer.id.find('-'));
    if (city != "barcelona" && city != "berlin") continue;
    CHECK_FALSE(io::find_layer_files(layer, data / city).empty());
  }
}
