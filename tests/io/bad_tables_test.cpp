#include <algorithm>
#include <fstream>
#include <map>

#include "base/error.h"
#include "io/counts_reader.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;

namespace {

bool has(const std::vector<Finding>& findings, std::string_view kind) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.kind == kind; });
}

const Finding& find(const std::vector<Finding>& findings, std::string_view kind) {
  const auto place = std::find_if(findings.begin(), findings.end(),
                                  [&](const Finding& finding) { return finding.kind == kind; });
  REQUIRE(place != findings.end());
  return *place;
}

Loaded<io::RawCounts> read_bad(const std::string& name, const io::BareCountsOptions& options = {}) {
  return io::read_bare_counts(test::shared("badinput/files/" + name), name, options);
}

bool absent() {
  if (!test::shared("badinput").empty()) return false;
  WARN("skipped: no shared reference data");
  return true;
}

}  // namespace

TEST_CASE("every hostile table behaves as the corpus requires", "[io][tables][badinput]") {
  if (absent()) return;
  std::ifstream expected(test::shared("badinput/expected.csv"));
  std::string line;
  std::size_t cases = 0;
  while (std::getline(expected, line)) {
    if (!line.starts_with("csv_")) continue;
    const std::string name = line.substr(0, line.find(','));
    const std::string exit =
        line.substr(name.size() + 1, line.find(',', name.size() + 1) - name.size() - 1);
    CAPTURE(name);
    int code = 0;
    try {
      const auto counts = read_bad(name);
      code = any_rejected(counts.findings) ? 1 : 0;
      for (const Ledger& ledger : counts.value.ledgers) CHECK(ledger.closes());
    } catch (const InputError&) {
      code = 1;
    }
    if (exit != "0|1") CHECK(exit == std::to_string(code));
    ++cases;
  }
  CHECK(cases == 16);
}

TEST_CASE("bare tables say where the fault lies", "[io][tables][badinput]") {
  if (absent()) return;

  SECTION("ragged rows by line") {
    const auto counts = read_bad("csv_ragged.csv");
    CHECK(find(counts.findings, "ragged_row").rows == std::vector<std::string>{"row 2", "row 3"});
    CHECK(find(counts.findings, "unterminated_quote").rows == std::vector<std::string>{"row 4"});
    CHECK(counts.value.dates.front().district_ids.empty());
    CHECK(counts.value.ledgers.front().rejected == 3);
  }
  SECTION("NaN and infinity are not missing values") {
    const auto counts = read_bad("csv_nan_inf.csv");
    const Finding& finding = find(counts.findings, "not_a_number");
    CHECK(finding.count == 3);
    CHECK(finding.rows.front() == "row 2, column grp_a 'NaN'");
  }
  SECTION("a duplicate column is named") {
    CHECK_THROWS_WITH(read_bad("csv_dup_header.csv"), Catch::Contains("'grp_a' occurs twice"));
  }
  SECTION("negative counts, unless the number is declared as missing") {
    CHECK(find(read_bad("csv_negative.csv").findings, "negative_count").count == 2);
    io::BareCountsOptions options;
    options.marks = {{.text = "-9999", .reason = "not available"}};
    const auto declared = read_bad("csv_negative.csv", options);
    CHECK(find(declared.findings, "negative_count").count == 1);
    CHECK(declared.value.dates.front().district_ids == std::vector<std::string>{"D1"});
    CHECK_FALSE(declared.value.dates.front().counts.groups.front().known(0));
  }
  SECTION("counts above 2^53") {
    CHECK(find(read_bad("csv_overflow.csv").findings, "count_overflow").count == 4);
  }
  SECTION("fractional counts, unless estimated") {
    CHECK(find(read_bad("csv_fractional.csv").findings, "fractional_count").count == 2);
    io::BareCountsOptions options;
    options.estimated = true;
    const auto counts = read_bad("csv_fractional.csv", options);
    CHECK_FALSE(any_rejected(counts.findings));
    CHECK(counts.value.dates.front().counts.everyone()[0] == 1000.5);
    CHECK(counts.value.dates.front().counts.group(2)[1] == 100.0);
  }
  SECTION("1.234 is not read as 1.234 persons, unless the marks are stated") {
    CHECK(has(read_bad("csv_decimal_comma.csv").findings, "ambiguous_number"));
    io::BareCountsOptions options;
    options.text.decimal = ',';
    options.text.thousands = ".";
    options.decimal_stated = true;
    options.estimated = true;
    const auto counts = read_bad("csv_decimal_comma.csv", options);
    CHECK_FALSE(any_rejected(counts.findings));
    CHECK(counts.value.dates.front().counts.everyone()[0] == 1234.0);
    CHECK(counts.value.dates.front().counts.group(1)[0] == 12.5);
  }
  SECTION("thousands by setting only; 12,34 stays malformed") {
    CHECK(find(read_bad("csv_thousands.csv").findings, "ambiguous_number").count == 4);
    io::BareCountsOptions options;
    options.text.thousands = ",";
    const auto counts = read_bad("csv_thousands.csv", options);
    CHECK(find(counts.findings, "not_a_number").rows.front() == "row 3, column total '12,34'");
  }
  SECTION("suppression marks are refused until declared, and then never zero") {
    const auto bare = read_bad("csv_suppressed_marks.csv");
    CHECK(find(bare.findings, "undeclared_mark").count == 7);
    CHECK(bare.value.dates.front().district_ids.empty());
    io::BareCountsOptions options;
    for (const char* text : {":c", "*", "..", "<5", "x", "-", ""}) {
      options.marks.push_back(
          {.text = text, .reason = "confidential", .greatest = 4, .suppressed = true});
    }
    const auto declared = read_bad("csv_suppressed_marks.csv", options);
    CHECK_FALSE(any_rejected(declared.findings));
    const CountColumn& group = declared.value.dates.front().counts.groups[1];
    CHECK(group.unknown_count() == 4);
    CHECK(group.greatest[0] == 4.0);
  }
  SECTION("ids are text; a rounded one is told") {
    const auto counts = read_bad("csv_ids_leading_zero.csv");
    CHECK(counts.value.dates.front().district_ids ==
          std::vector<std::string>{"01100101", "1.100102E+06", "1100101"});
    CHECK(find(counts.findings, "scientific_id").rows.front() == "row 4, id 1.100102E+06");
  }
  SECTION("UTF-16 is detected by its byte order mark") {
    const auto counts = read_bad("csv_utf16.csv");
    CHECK(has(counts.findings, "encoding_found"));
    CHECK(counts.value.dates.front().counts.everyone()[0] == 1.0);
  }
  SECTION("groups beyond the total are told, with the worst of them") {
    const auto counts = read_bad("csv_sum_exceeds_total.csv");
    const Finding& finding = find(counts.findings, "groups_exceed_total");
    CHECK(finding.count == 2);
    CHECK(finding.message.find("30 persons") != std::string::npos);
  }
  SECTION("too many columns are refused by a stated limit") {
    CHECK_THROWS_WITH(read_bad("csv_many_columns.csv"), Catch::Contains("limit of 4096"));
  }
  SECTION("a header alone loads, with nobody in it") {
    const auto counts = read_bad("csv_only_header.csv");
    CHECK(has(counts.findings, "no_rows"));
    CHECK(counts.value.dates.front().counts.district_count() == 0);
  }
}
