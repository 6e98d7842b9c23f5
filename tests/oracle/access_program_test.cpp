/// access_oracle on small places of its own and on altered copies of the reference folders: what it
/// reads, compares and says.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "base/text.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/process.h"

using namespace quartier;

namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

/// Little-endian whole numbers.
std::string bytes_of_numbers(const std::vector<std::uint32_t>& numbers, std::size_t width) {
  std::string bytes;
  for (const std::uint32_t number : numbers) {
    for (std::size_t b = 0; b < width; ++b) bytes += static_cast<char>(number >> 8 * b & 0xFFU);
  }
  return bytes;
}

test::ProcessResult checked(const fs::path& folder, const std::vector<std::string>& options = {}) {
  std::vector<std::string> command{(test::program_dir() / "access_oracle").string()};
  command.insert(command.end(), options.begin(), options.end());
  command.push_back(folder.string());
  return test::run_process(command);
}

bool says(const test::ProcessResult& result, const std::string& text) {
  return result.out.find(text) != std::string::npos;
}

bool ends_with(const test::ProcessResult& result, const std::string& line) {
  return result.out.ends_with("\n" + line + "\n") || result.out == line + "\n";
}

/// Three places, the rows out of order; from c no other can be reached. Ten tenths are a minute.
fs::path town(const test::ScratchFolder& scratch) {
  const fs::path folder = scratch.path() / "town";
  write(folder / "town_hex.csv",
        "id,idx,population,clinics,public_jobs,district\n"
        "c,2,0,1,0,south\na,0,10,2,5,north\nb,1,20,0,10,north\n");
  write(folder / "town_ttm_u16.bin",
        bytes_of_numbers({0, 100, 300, 100, 0, 150, 65535, 65535, 0}, 2));
  write(folder / "town_values_accessibility.csv",
        "idx,id,closest_clinics_n3,cum_clinics_10,cum_clinics_20min,nearest_clinics,"
        "2sfca_clinics_10,gravity_public_jobs_linear20,passive_cum_pop_10,"
        "balcost_public_jobs_inc5,spatav_clinics_bin10\n"
        "1,b,15,2,3,10,0.0666666666666667,12.5,30,,1.33333333333333\n"
        "0,a,30,2,2,0,0.0666666666666667,10,30,10,0.666666666666667\n"
        "2,c,inf,1,1,0,0,0,0,0,\n");
  // All but 80/9 people go to a, where the wait is 19/18 of the mean one; c costs b 25/18 too.
  write(folder / "town_values_fca_raam.csv",
        "idx,id,ref_raam_clinics_tau30,pysal_raam_clinics_tau30\n"
        "0,a,1.05555555555556,7\n1,b,1.38888888888889,7\n2,c,,7\n");
  write(folder / "town_inequality.csv",
        "measure,access,accessibility_R,ref_numpy\n"
        "gini,cum_clinics_10,9,0\nFGT0_line11,gravity_public_jobs_linear20,9,0.333333333333333\n"
        "FGT1_line20,gravity_public_jobs_linear20,9,0.416666666666667\n");
  return folder;
}

/// A street of three nodes 100 and 200 m apart, and two nodes on an island beside it.
fs::path village(const test::ScratchFolder& scratch) {
  const fs::path folder = scratch.path() / "village";
  write(folder / "village_walk_nodes.csv",
        "idx,osm_id,lon_e7,lat_e7\n9,90,20000,0\n7,70,0,0\n8,80,10000,0\n3,30,10100,100\n"
        "4,40,10200,100\n");
  write(folder / "village_walk_edges.csv", "a,b,mm\n9,8,200000\n7,8,100000\n3,4,5\n");
  write(folder / "village_hexgrid.csv",
        "id,lon,lat,population,parks\np,0.00001,0,5,\nq,0.002,0,10,2\nr,0.00101,0.00001,0,1\n");
  write(folder / "village_walk_values.csv",
        "id,node,nearest_parks_mm,cum_parks_250m,2sfca_parks_250m\n"
        "q,9,0,3,0.266666666666667\np,7,100000,1,0.0666666666666667\nr,8,0,3,0.266666666666667\n");
  write(folder / "village_walk_summary.csv",
        "what,stat,value\nnearest_parks_all_nodes,sum_mm,100000\n"
        "nearest_parks_all_nodes,unreachable,2\nnearest_parks_hex,pop_share_within_50m,"
        "0.666666666666667\nnearest_parks_hex,popweighted_mean_m,33.3333333333333\n");
  write(folder / "village_walk_matrix_first2_u32.bin",
        bytes_of_numbers({0, 300000, 100000, 300000, 0, 200000}, 4));
  return folder;
}

/// `text` with the first `from` replaced.
std::string altered(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void alter(const fs::path& file, const std::string& from, const std::string& to) {
  write(file, altered(test::bytes_of(file), from, to));
}

using Cells = std::vector<std::string>;

/// Rewrites the rows of a table, last first; `change` sees header and cells.
void rewrite(const fs::path& file, const std::function<void(const Cells&, Cells&)>& change = {}) {
  const std::string text = test::bytes_of(file);
  std::vector<Cells> rows;
  for (const std::string_view line : split(text, '\n')) {
    if (trimmed(line).empty()) continue;
    rows.emplace_back();
    for (const std::string_view cell : split(trimmed(line), ',')) rows.back().emplace_back(cell);
  }
  std::reverse(rows.begin() + 1, rows.end());
  std::string out = joined(rows.front(), ",") + '\n';
  for (std::size_t row = 1; row < rows.size(); ++row) {
    if (change) change(rows.front(), rows[row]);
    out += joined(rows[row], ",") + '\n';
  }
  write(file, out);
}

/// A copy called zzz of some files of a reference folder, under names that begin with zzz.
fs::path copy_of(const fs::path& folder, const std::vector<std::string>& endings,
                 const test::ScratchFolder& scratch) {
  const fs::path copy = scratch.path() / "zzz";
  fs::create_directories(copy);
  for (const std::string& ending : endings) {
    const fs::path to = copy / ("zzz_" + ending);
    fs::copy_file(folder / (folder.filename().string() + "_" + ending), to);
    fs::permissions(to, fs::perms::owner_all);
  }
  return copy;
}

}  // namespace

TEST_CASE("access_oracle: a town with other opportunities and parameters", "[oracle][access]") {
  const test::ScratchFolder scratch;
  const fs::path folder = town(scratch);
  const fs::path values = folder / "town_values_accessibility.csv";
  SECTION("passes, whatever other programs say") {
    const test::ProcessResult result = checked(folder);
    INFO(result.out);
    CHECK(result.exit_code == 0);
    CHECK(ends_with(result, "13 rows: 13 pass, 0 fail, 0 uncovered"));
    CHECK(checked(folder, {"--quiet"}).out == "13 rows: 13 pass, 0 fail, 0 uncovered\n");
  }
  SECTION("a wrong number is caught and named") {
    alter(values, "1,b,15,", "1,b,15.00000001,");
    alter(folder / "town_values_fca_raam.csv", "1.38888888888889", "1.3888889");
    const test::ProcessResult result = checked(folder, {"--quiet"});
    INFO(result.out);
    CHECK(result.exit_code == 1);
    CHECK(ends_with(result, "13 rows: 11 pass, 2 fail, 0 uncovered"));
    CHECK(says(result, "closest_clinics_n3"));
    CHECK(says(result, "      b  ours 15  reference 15.00000001"));
  }
  SECTION("an empty cell stands for what our rule says and for nothing else") {
    alter(values, "30,10,0.666666666666667", "30,,");
    const test::ProcessResult result = checked(folder, {"--quiet"});
    INFO(result.out);
    CHECK(ends_with(result, "13 rows: 11 pass, 2 fail, 0 uncovered"));
    CHECK(says(result, "      a  ours 10  reference undefined"));
  }
  SECTION("what cannot be read is uncovered") {
    alter(values, "cum_clinics_10,cum_clinics_20min", "cum_shops_45,cum_clinics_20parsecs");
    alter(values, "linear20", "warp3");
    alter(values, "closest", "remotest");
    const test::ProcessResult result = checked(folder, {"--quiet"});
    INFO(result.out);
    CHECK(result.exit_code == 1);
    CHECK(ends_with(result, "13 rows: 9 pass, 0 fail, 4 uncovered"));
    CHECK(says(result, "no column is called shops"));
    CHECK(says(result, "cannot read the parameter 20parsecs"));
    CHECK(says(result, "no decay is named"));
    CHECK(says(result, "no known measure"));
  }
  SECTION("without travel times nothing is guessed") {
    fs::remove(folder / "town_ttm_u16.bin");
    const test::ProcessResult result = checked(folder, {"--quiet"});
    INFO(result.out);
    CHECK(ends_with(result, "13 rows: 3 pass, 0 fail, 10 uncovered"));
  }
  SECTION("a table of another size is an error") {
    write(folder / "town_ttm_u16.bin", "12345");
    CHECK(checked(folder).exit_code == 2);
    CHECK(says(checked(folder), "town_ttm_u16.bin"));
  }
}

TEST_CASE("access_oracle: a village on streets of tables", "[oracle][access]") {
  const test::ScratchFolder scratch;
  const fs::path folder = village(scratch);
  const test::ProcessResult result = checked(folder);
  INFO(result.out);
  CHECK(ends_with(result, "9 rows: 9 pass, 0 fail, 0 uncovered"));
  alter(folder / "village_walk_values.csv", "p,7,100000", "p,8,100001");
  const test::ProcessResult wrong = checked(folder, {"--quiet"});
  INFO(wrong.out);
  CHECK(ends_with(wrong, "9 rows: 7 pass, 2 fail, 0 uncovered"));
  CHECK(says(wrong, "      p  ours 100000  reference 100001"));
  fs::remove(folder / "village_walk_edges.csv");
  CHECK(ends_with(checked(folder), "1 rows: 0 pass, 0 fail, 1 uncovered"));
}

TEST_CASE("access_oracle: small cases under another name", "[oracle][access]") {
  const fs::path tiny = test::shared("oracle/access/tiny/tiny.json");
  if (tiny.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::ScratchFolder scratch;
  const fs::path folder = scratch.path() / "zzz";
  write(folder / "zzz.json", test::bytes_of(tiny));
  CHECK(ends_with(checked(folder), "45 rows: 45 pass, 0 fail, 0 uncovered"));
  std::string text = test::bytes_of(tiny);
  text = altered(text, "\"p50\": 900", "\"p50\": 600");
  text = altered(text, "\"dist\": [\n   0,\n   3,", "\"dist\": [\n   0,\n   4,");
  write(folder / "zzz.json", altered(text, "\"cum_20\":", "\"cumulated_20\":"));
  const test::ProcessResult result = checked(folder, {"--quiet"});
  INFO(result.out);
  CHECK(ends_with(result, "45 rows: 42 pass, 2 fail, 1 uncovered"));
}

TEST_CASE("access_oracle: a renamed and shuffled table of travel times", "[oracle][access]") {
  const fs::path bho = test::shared("oracle/access/bho");
  if (bho.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::ScratchFolder scratch;
  const fs::path folder = copy_of(
      bho, {"hex.csv", "ttm_u16.bin", "values_accessibility.csv", "inequality.csv"}, scratch);
  for (const char* name : {"zzz_hex.csv", "zzz_values_accessibility.csv", "zzz_inequality.csv"}) {
    rewrite(folder / name);
  }
  CHECK(ends_with(checked(folder, {"--quiet"}), "61 rows: 61 pass, 0 fail, 0 uncovered"));
  fs::rename(folder, scratch.path() / "yyy");  // whose files are still called zzz_
  CHECK(checked(scratch.path() / "yyy", {"--quiet"}).exit_code == 0);
}

TEST_CASE("access_oracle: renamed and shuffled streets with other numbers of nodes",
          "[oracle][access]") {
  const fs::path poa = test::shared("oracle/access/poa");
  if (poa.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const test::ScratchFolder scratch;
  const fs::path folder = copy_of(poa,
                                  {"hexgrid.csv", "osm.pbf", "walk_nodes.csv", "walk_edges.csv",
                                   "hex_snapped.csv", "walk_values.csv", "walk_meta.json"},
                                  scratch);
  const auto renumber = [](const Cells& header, Cells& cells) {
    for (std::size_t c = 0; c < header.size(); ++c) {
      const bool number =
          header[c] == "idx" || header[c] == "node" || header[c] == "a" || header[c] == "b";
      if (number) cells[c] = std::to_string(90'000 - std::stoi(cells[c]));
    }
  };
  rewrite(folder / "zzz_hexgrid.csv");
  for (const char* name :
       {"zzz_walk_nodes.csv", "zzz_walk_edges.csv", "zzz_hex_snapped.csv", "zzz_walk_values.csv"}) {
    rewrite(folder / name, renumber);
  }
  const test::ProcessResult result = checked(folder, {"--quiet"});
  INFO(result.out);
  CHECK(result.exit_code == 0);
  CHECK(ends_with(result, "40 rows: 40 pass, 0 fail, 0 uncovered"));
  alter(folder / "zzz_walk_edges.csv", "253843", "253844");
  const test::ProcessResult wrong = checked(folder, {"--quiet"});
  INFO(wrong.out);
  CHECK(wrong.exit_code == 1);
  CHECK(says(wrong, "ours 253843  reference 253844"));
}

TEST_CASE("access_oracle: a folder that cannot be read is named", "[oracle][access]") {
  const test::ScratchFolder scratch;
  const fs::path absent = scratch.path() / "absent";
  CHECK(checked(absent).exit_code == 2);
  CHECK(says(checked(absent), absent.string()));
  CHECK(checked(absent, {"--skip-absent"}).exit_code == 77);
  const test::ProcessResult empty = checked(scratch.path());
  CHECK(empty.exit_code == 2);
  CHECK(says(empty, "holds nothing to compare"));
  CHECK(says(checked(absent, {"--help"}), "measure_opportunity_parameters"));
}
