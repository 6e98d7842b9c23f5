/// The program on a small place of its own: what it reads, compares and says.
#include <fstream>

#include "support/catch.h"
#include "support/paths.h"
#include "support/process.h"

using namespace quartier;

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

/// Four squares of 1 km in two rows, the last empty; three groups, one of which nobody belongs to.
std::filesystem::path town(const test::ScratchFolder& scratch, const std::string& values) {
  const std::filesystem::path folder = scratch.path() / "town";
  write(folder / "town.csv",
        "tract,\"Born here, mostly\",Elsewhere,Nobody,total,cx_m\n"
        "a,10,0,0,10,0\nb,0,10,0,10,1000\nc,10,0,0,10,0\nd,0,0,0,0,1000\n");
  write(folder / "units.csv",
        "tract,total,cx_m,cy_m,area_m2,perimeter_m,interior_perimeter_m\n"
        "a,10,0,0,1000000,4000,2000\nb,10,1000,0,1000000,4000,2000\n"
        "c,10,0,1000,1000000,4000,2000\nd,0,1000,1000,1000000,4000,2000\n");
  write(folder / "adjacency.csv",
        "i,j,id_i,id_j,shared_boundary_m,rook,queen\n"
        "0,1,a,b,1000,1,1\n0,2,a,c,1000,1,1\n0,3,a,d,0,0,1\n"
        "1,2,b,c,0,0,1\n1,3,b,d,1000,1,1\n2,3,c,d,1000,1,1\n");
  write(folder / "local_reference.csv",
        "tract,simpson_conc,LQ_Elsewhere,LQ_Nobody,env_uni900_Elsewhere\n"
        "a,1,0,nan,0\nb,1,3,nan,1\nd,nan,nan,nan,nan\n");
  write(folder / "values_reference.csv", "index,family,focal,other,params,value\n" + values);
  return folder;
}

test::ProcessResult checked(const std::filesystem::path& folder,
                            const std::vector<std::string>& options = {}) {
  std::vector<std::string> command{(test::program_dir() / "segregation_oracle").string()};
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

}  // namespace

TEST_CASE("a place with other groups, centres and bandwidths passes", "[oracle]") {
  const test::ScratchFolder scratch;
  // D(adj): p = 1, 0, 1 and 0 for the empty square; rook pairs ab 1, ac 0, bd 0, cd 1: 1 - 2/4,
  // and 1 - 1/2 without it. Delta: 1/2 (1/4 + 1/4 + 1/4 + 1/4).
  const auto folder =
      town(scratch,
           "D,f,Elsewhere,REST,,1.0\n"
           "D,f,Nobody,REST,,nan\n"
           "D_pair,f,\"Born here, mostly\",Elsewhere,,1e0\n"
           "D_multi,f,ALL3,,,1\n"
           "D_multi,f,\"Born here, mostly+Elsewhere\",,,1\n"
           "E_norm,f,\"Born here, mostly+Nobody\",,,0\n"
           "xPy_matrix,f,Elsewhere,Elsewhere,\"any, text\",1\n"
           "D_Morrill,f,Elsewhere,REST,\"rook; all units, p=0 for empty\",0.5\n"
           "D_Morrill,f,Elsewhere,REST,rook; empty units dropped,0.5\n"
           "Delta,f,\"Born here, mostly\",REST,all units,0.5\n"
           "Delta,f,\"Born here, mostly\",REST,empty units dropped,0.333333333333333333\n"
           "spatial_D,f,ALL3,,kernel=uniform bandwidth_m=999.5,1\n"
           "spatial_R,f,ALL3,,same,1\n"
           "spatial_P,f,Elsewhere,Elsewhere,kernel=triangular bandwidth_m=10,1\n"
           "spatial_D,f,ALL3,,\"k=4 nearest units\",0\n"
           "spatial_D,f,ALL3,,\"K=30 persons\",0\n");
  const test::ProcessResult result = checked(folder);
  INFO(result.out);
  CHECK(result.exit_code == 0);
  CHECK(ends_with(result, "20 rows: 20 pass, 0 fail, 0 uncovered"));
  const test::ProcessResult quiet = checked(folder, {"--quiet"});
  CHECK(quiet.out == "20 rows: 20 pass, 0 fail, 0 uncovered\n");
}

TEST_CASE("what fails or cannot be read is told, row by row", "[oracle]") {
  const test::ScratchFolder scratch;
  const auto folder = town(scratch,
                           "D,f,Elsewhere,REST,,0.99\n"
                           "D,f,Elsewhere,REST,,nan\n"
                           "Q,f,Elsewhere,REST,,1\n"
                           "D,f,Others,REST,,1\n"
                           "D_multi,f,ALL5,,,1\n"
                           "D_Morrill,f,Elsewhere,REST,all units,0.5\n"
                           "SP,f,Elsewhere,REST,self distance 3,1\n"
                           "ACE,f,Elsewhere,REST,centre=centroid of unit index 4,1\n"
                           "spatial_H,f,ALL3,,kernel=box bandwidth_m=10,1\n"
                           "spatial_H,f,ALL3,,kernel=uniform bandwidth_m=wide,1\n");
  write(folder / "local_reference.csv", "tract,LQ_Elsewhere,LQ_Others,rank\nb,2.9,1,1\na,0,1,1\n");
  const test::ProcessResult result = checked(folder, {"--quiet"});
  INFO(result.out);
  CHECK(result.exit_code == 1);
  CHECK(ends_with(result, "13 rows: 0 pass, 3 fail, 10 uncovered"));
  CHECK(says(result, "FAIL  D f Elsewhere REST  ours 1  reference 0.98999999999999999"));
  CHECK(says(result, "reference undefined"));
  CHECK(says(result, "unknown index"));
  CHECK(says(result, "params: neither rook nor queen"));
  CHECK(says(result, "params: self distance 3"));
  CHECK(says(result, "params: kernel=box"));
  CHECK(says(result, "      b  ours 3  reference 2.8999999999999999"));
}

TEST_CASE("results in params are compared too", "[oracle]") {
  const test::ScratchFolder scratch;
  const auto folder = scratch.path() / "land";
  write(folder / "land_2groups.csv",
        "year,zone,district,here,there\n2020,a1,a,10,0\n2020,a2,a,0,10\n2020,b1,b,10,10\n");
  const std::string header = "year,index,family,focal,other,params,value\n";
  const std::string log2 = "0.693147180559945309";
  write(folder / "values_reference.csv", header + "2020,M_in_district,f,a,,p=0.5 ent_ratio=1.0," +
                                             log2 +
                                             "\n2020,M_between_districts,f,ALL2,,,0\n2020,ls_by_"
                                             "group,f,here,,p=0.5,3.4657359027997264e-01\n");
  CHECK(ends_with(checked(folder), "3 rows: 3 pass, 0 fail, 0 uncovered"));
  write(folder / "values_reference.csv", header + "2020,M_in_district,f,a,,p=0.4 ent_ratio=1.0," +
                                             log2 + "\n2021,M_between_districts,f,ALL2,,,0\n");
  CHECK(ends_with(checked(folder), "2 rows: 0 pass, 1 fail, 1 uncovered"));
}

TEST_CASE("fixtures: numbers, fractions, null and keys that nobody knows", "[oracle]") {
  const test::ScratchFolder scratch;
  write(scratch.path() / "fixtures.json",
        R"({"fixtures": [{"name": "A", "counts": [[1, 0], [3, 0]], "groups": ["g", "h"],
        "two_group": {"g": null, "h": null}, "multigroup": null,
        "multigroup_entropy": {"E": {"value": "0."}, "M_nats": {"exact": "0/7"}}},
        {"name": "B", "x": [1, 0, 0, 1], "t": [1, 1, 1, 1], "D_Morrill_rook": {"exact": "0"},
        "colour": {"value": "1"}}]})");
  const test::ProcessResult result = checked(scratch.path(), {"--quiet"});
  INFO(result.out);
  CHECK(result.exit_code == 1);
  CHECK(says(result, "uncovered  B colour  unknown index"));
  CHECK(ends_with(result, "7 rows: 6 pass, 0 fail, 1 uncovered"));
}

TEST_CASE("a folder that cannot be read is named", "[oracle]") {
  const test::ScratchFolder scratch;
  const auto absent = scratch.path() / "absent";
  const test::ProcessResult result = checked(absent);
  CHECK(result.exit_code == 2);
  CHECK(says(result, absent.string()));
  CHECK(checked(absent, {"--skip-absent"}).exit_code == 77);
  const test::ProcessResult empty = checked(scratch.path());
  CHECK(empty.exit_code == 2);
  CHECK(says(empty, "values_reference.csv"));
  const auto folder = town(scratch, "D,f,Elsewhere,REST,,1\n");
  std::filesystem::remove(folder / "adjacency.csv");
  CHECK(says(checked(folder), "adjacency.csv"));
  CHECK(checked(folder, {"--loud"}).exit_code == 2);
}
