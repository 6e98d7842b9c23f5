#include "io/street_table.h"

#include <fstream>
#include <string>

#include "base/error.h"
#include "layer_support.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

constexpr const char* layout_text = R"(
id = "s"
title = "t"
kind = "streets"
publisher = "p"
licence = "l"
attribution = "a"
[[file]]
part = "nodes"
pattern = "n.csv"
[[file]]
part = "edges"
pattern = "e.csv"
[streets]
node_id = "id"
x = "x"
y = "y"
crs = "EPSG:25831"
from = "a"
to = "b"
length_m = "m"
)";

class Folder {
 public:
  Folder() { write("n.csv", "id,x,y\nA,0,0\nB,100,0\nC,200,0\n"); }
  Loaded<RawStreets> read(const std::string& more_layout, const std::string& edges) {
    write("e.csv", edges);
    const LayerDefinition definition = layout(more_layout);
    return read_street_tables(definition, find_layer_files(definition, scratch_.path()));
  }
  LayerDefinition layout(const std::string& more) {
    write("s.toml", layout_text + more);
    return load_layer_definition(scratch_.path() / "s.toml");
  }

 private:
  void write(const std::string& name, const std::string& text) {
    std::ofstream(scratch_.path() / name) << text;
  }
  test::ScratchFolder scratch_;
};

}  // namespace

TEST_CASE("a street table without further columns serves everyone both ways", "[io][streets]") {
  Folder folder;
  const auto streets = folder.read("", "a,b,m\nA,B,100\nB,C,101.5\n");
  const StreetNetwork& network = streets.value.network;
  REQUIRE(network.segments.size() == 2);
  CHECK(network.segments[1].length_mm == 101'500);
  CHECK(network.segments[1].use == street_use::everything);
  CHECK(network.segments[1].street == no_index);
  CHECK(network.sources.empty());
  CHECK(streets.findings.empty());
}

TEST_CASE("columns of direction, speed, name and access", "[io][streets]") {
  using namespace street_use;
  Folder folder;
  const std::string more = R"(segment = "seg"
name = "street"
speed_kmh = "v"
[streets.one_way]
column = "dir"
forward = ["F"]
backward = ["R"]
[[streets.rule]]
column = "type"
values = ["stairs"]
open_to = ["walk"]
steps = true
wheelchair = false
[[streets.rule]]
column = "type"
values = ["bridge", "tunnel"]
off_ground = true
[[streets.rule]]
column = "zone"
values = ["30"]
open_to = ["walk", "cycle"]
cycle_track = true
)";
  const auto streets = folder.read(more,
                                   "a,b,m,seg,street,v,dir,type,zone\n"
                                   "A,B,100,s1,High St,50,F,,\n"
                                   "B,C,100,s2,High St,,R,bridge,\n"
                                   "C,A,200,s3,,0,,stairs,\n"
                                   "A,C,200,s4,Low St,fast,F,,30\n");
  const StreetNetwork& network = streets.value.network;
  REQUIRE(network.segments.size() == 4);
  const auto& segments = network.segments;
  CHECK(segments[0].use == (walk_forward | walk_backward | cycle_forward | drive_forward));
  CHECK(segments[0].drive_kmh == 50);
  CHECK(segments[1].use == (walk_forward | walk_backward | cycle_backward | drive_backward));
  CHECK(segments[1].off_ground);
  CHECK(segments[1].drive_kmh == 0);
  CHECK(segments[2].use == (walk_forward | walk_backward));
  CHECK(segments[2].steps);
  CHECK_FALSE(segments[2].wheelchair);
  CHECK(segments[2].street == no_index);
  CHECK(segments[3].use == (walk_forward | walk_backward | cycle_forward));
  CHECK(segments[3].cycle_track);
  CHECK(network.names == std::vector<std::string>{"High St", "Low St"});
  CHECK(network.sources[segments[3].source] == "s4");
  CHECK(test::find_kind(streets.findings, "not_a_number")->count == 1);
  test::check_ledgers(streets.value.ledgers);
  CHECK(edge_columns(folder.layout(more).streets) ==
        std::vector<std::string>{"a", "b", "m", "seg", "street", "v", "dir", "type", "zone"});
}

TEST_CASE("bicycles against the one-way street", "[io][streets]") {
  using namespace street_use;
  Folder folder;
  const auto streets =
      folder.read("[streets.one_way]\ncolumn = \"dir\"\nforward = [\"F\"]\ncycle_both = true\n",
                  "a,b,m,dir\nA,B,100,F\n");
  CHECK(streets.value.network.segments[0].use ==
        (walk_forward | walk_backward | cycle_forward | cycle_backward | drive_forward));
}

TEST_CASE("layouts of streets that make no sense are refused", "[io][streets][layers]") {
  Folder folder;
  CHECK_THROWS_AS(folder.layout("[streets.one_way]\ncolumn = \"d\"\n"), InputError);
  CHECK_THROWS_AS(folder.layout("[streets.one_way]\nforward = [\"F\"]\n"), InputError);
  CHECK_THROWS_AS(folder.layout("[[streets.rule]]\ncolumn = \"d\"\n"), InputError);
  CHECK_THROWS_AS(
      folder.layout("[[streets.rule]]\ncolumn = \"d\"\nvalues = [\"1\"]\nopen_to = [\"swim\"]\n"),
      InputError);
  CHECK_THROWS_AS(folder.read("speed_kmh = \"nothing\"\n", "a,b,m\nA,B,100\n"), InputError);
}
