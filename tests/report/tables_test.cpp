#include "report/tables.h"

#include <stdexcept>

#include "report/findings_text.h"
#include "report/fixtures.h"
#include "report/support.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;
using study::ValueState;

TEST_CASE("results as tidy rows", "[report][table]") {
  metrics::ResultRow row = test::result("2025-01-01", "dissimilarity", "=Far, away", "rest", 0.1);
  row.parameters = "cutoff=800 m";
  row.lower = 0.05;
  metrics::ResultRow none = test::result("2025-01-01", "gini", "Near", "rest", undefined);
  none.status = "nobody belongs to the group";
  CHECK(results_csv(std::vector{row, none}) ==
        "date,metric,family,group,reference,service,parameters,value,lower,upper,p_value,expected,"
        "status\n"
        "2025-01-01,dissimilarity,evenness,\"'=Far, away\",rest,,cutoff=800 m,0.1,0.05,,,,\n"
        "2025-01-01,gini,evenness,Near,rest,,,,,,,,nobody belongs to the group\n");
  CHECK(results_csv({}).ends_with("status\n"));
}

TEST_CASE("a published column as tidy rows", "[report][table]") {
  const Districts city = test::square_city(5, 1, 100.0);
  const Groups groups{{{"all", "Everyone", no_index, false}, {"far", "Far, away", 0, false}}};
  study::Column column;
  column.spec.column = "share";
  column.spec.family = "composition";
  column.spec.group = "far";
  column.spec.reference = "rest";
  column.spec.date = "2025-01-01";
  column.values = {0.25, undefined, undefined, undefined, unreachable};
  column.states = {ValueState::shown, ValueState::suppressed, ValueState::undefined,
                   ValueState::no_data, ValueState::shown};
  column.p_values = {0.001, 0.5, undefined, undefined, undefined};
  std::string out = district_values_header();
  append_district_values(out, column, city, groups);
  CHECK(out ==
        "district,date,metric,family,group,reference,service,parameters,value,lower,upper,p_value,"
        "expected,status\n"
        "0,2025-01-01,share,composition,\"Far, away\",rest,,,0.25,,,0.001,,\n"
        "1,2025-01-01,share,composition,\"Far, away\",rest,,,,,,,,suppressed\n"
        "2,2025-01-01,share,composition,\"Far, away\",rest,,,,,,,,undefined\n"
        "3,2025-01-01,share,composition,\"Far, away\",rest,,,,,,,,no data\n"
        "4,2025-01-01,share,composition,\"Far, away\",rest,,,inf,,,,,unreachable\n");

  column.values.pop_back();
  CHECK_THROWS_AS(append_district_values(out, column, city, groups), std::logic_error);
}

TEST_CASE("a value that slipped through is not written where it is suppressed", "[report][table]") {
  const Districts city = test::square_city(1, 1, 100.0);
  study::Column column;
  column.values = {3.0};
  column.p_values = {0.5};
  column.states = {ValueState::suppressed};
  std::string out;
  append_district_values(out, column, city, {});
  CHECK(out == "0,,,,,,,,,,,,,suppressed\n");
}

TEST_CASE("a ranking as tidy rows, from rank 1", "[report][table]") {
  Districts city = test::square_city(3, 1, 100.0);
  city.ids = {"01", "02", "03"};
  city.names = {"A", "B, east", "C"};
  const std::vector<const Districts*> editions{&city};
  CHECK(priorities_csv(std::vector{test::small_ranking()}, editions) ==
        "profile,district,name,rank,score,coverage,indicator,domain,lever,direction,weight,date,"
        "unit,value,contribution,status\n"
        "main,03,C,1,0.5,0.75,unemployment,labour,city,high-is-urgent,0.75,2024-12-31,%,12.5,0.5,\n"
        "main,03,C,1,0.5,0.75,votes,legal-political,nation,low-is-urgent,0.25,2024-12-31,%,60,,ask "
        "list\n"
        "main,02,\"B, east\",2,,0.75,unemployment,labour,city,high-is-urgent,0.75,2024-12-31,%,"
        ",,suppressed\n"
        "main,02,\"B, east\",2,,0.75,votes,legal-political,nation,low-is-urgent,0.25,2024-12-31,"
        "%,40,,ask list\n"
        "main,01,A,,,0,unemployment,labour,city,high-is-urgent,0.75,2024-12-31,%,,,no data\n"
        "main,01,A,,,0,votes,legal-political,nation,low-is-urgent,0.25,2024-12-31,%,,,no data\n");
  study::PublishedRanking other = test::small_ranking();
  other.edition = 1;
  CHECK_THROWS_AS(priorities_csv(std::vector{other}, editions), std::logic_error);
}

TEST_CASE("findings and accounts", "[report][table]") {
  const ReportContent content = test::small_report();
  CHECK(findings_csv(content.findings) ==
        "severity,kind,file,layer,count,rows,message,way_out\n"
        "rejected,a.kind,a.csv,,2,row 3,Bad.,Fix it.\n");
  CHECK(ledger_csv(content.ledgers) ==
        "file,layer,unit,read,used,excluded,rejected,closes\n"
        "a.csv,,rows,10,7,1,2,yes\nb.csv,,rows,10,7,1,1,no\n");

  SECTION("for the terminal") {
    CHECK(findings_table({}) == "No findings.\n");
    const std::string table = findings_table(content.findings);
    CHECK(table.find("rejected  a.csv") != std::string::npos);
    CHECK(table.ends_with("\n1 rejected, 0 warnings, 0 notes\n"));
    CHECK(ledger_table(content.ledgers).find("NO") != std::string::npos);
  }
  SECTION("as JSON") {
    const std::string json = check_json(content.findings, content.ledgers);
    CHECK(json.find("\"rejected\": true") != std::string::npos);
    CHECK(json.find("\"closes\": false") != std::string::npos);
    CHECK(check_json({}, {}) ==
          "{\n  \"findings\": [],\n  \"ledgers\": [],\n  \"rejected\": false\n}\n");
    Finding broken;
    broken.message = "\xFF";
    CHECK_NOTHROW(check_json(std::vector{broken}, {}));
  }
}

TEST_CASE("the record of a run", "[report][table]") {
  RunRecord record;
  record.title = "Small City";
  record.inputs = test::small_report().inputs;
  record.versions = {{"quartier", "0.1.0"}};
  CHECK(run_json(record) ==
        "{\n  \"title\": \"Small City\",\n  \"synthetic\": false,\n  \"versions\": [\n    {\n"
        "      \"name\": \"quartier\",\n      \"value\": \"0.1.0\"\n    }\n  ],\n"
        "  \"parameters\": [],\n  \"inputs\": [\n    {\n      \"name\": \"a.csv\",\n"
        "      \"layer\": \"register\",\n      \"bytes\": 42,\n      \"sha256\": \"abc123\"\n"
        "    }\n  ]\n}\n");
}
