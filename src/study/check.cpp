#include "study/check.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "geo/crs.h"
#include "geo/reproject.h"
#include "io/check_file.h"
#include "io/gtfs_reader.h"
#include "io/paths.h"
#include "study/bare.h"
#include "study/join.h"

namespace quartier::study {
namespace {

/// What the files brought, kept until they can be compared with each other.
struct Checked {
  CheckResult result;
  std::vector<BareArea> areas;
  std::vector<BareTable> tables;
};

void take(CheckResult& result, Study&& study) {
  append(result.findings, std::move(study.findings));
  for (Ledger& ledger : study.ledgers) result.ledgers.push_back(std::move(ledger));
}

void take(CheckResult& result, Loaded<io::FileSummary>&& summary) {
  append(result.findings, std::move(summary.findings));
  for (Ledger& ledger : summary.value.ledgers) result.ledgers.push_back(std::move(ledger));
}

void check_vector(const std::filesystem::path& path, const CheckOptions& options,
                  Checked& checked) {
  Loaded<io::FileSummary> summary = io::check_vector_file(path, vector_request(options));
  append(checked.result.findings, std::move(summary.findings));
  std::vector<BareArea> areas = bare_areas(path, options);
  for (Ledger& ledger : summary.value.ledgers) {
    for (const BareArea& area : areas) {
      if (area.ledger.layer == ledger.layer) ledger = area.ledger;
    }
    checked.result.ledgers.push_back(std::move(ledger));
  }
  for (BareArea& area : areas) {
    append(checked.result.findings, area.findings);
    checked.areas.push_back(std::move(area));
  }
}

void check_file(const std::string& name, const CheckOptions& options, Progress& progress,
                Checked& checked) {
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) {
    const std::filesystem::path folder = io::checked_input_folder(name);
    if (!io::holds_feed(folder)) {
      throw InputError(name + ": the folder holds no GTFS feed",
                       "name the files inside, or the folder with stop_times.txt and trips.txt");
    }
    take(checked.result, io::check_feed(folder));
    return;
  }
  const std::filesystem::path path = io::checked_input_file(name);
  switch (io::file_kind(path)) {
    case io::FileKind::study:
      take(checked.result, load(path, options.load, progress));
      break;
    case io::FileKind::table: {
      BareTable table = bare_table(path, options);
      append(checked.result.findings, table.findings);
      for (const Ledger& ledger : table.counts.ledgers) checked.result.ledgers.push_back(ledger);
      checked.tables.push_back(std::move(table));
      break;
    }
    case io::FileKind::vector:
      check_vector(path, options, checked);
      break;
    case io::FileKind::archive:
      take(checked.result, io::check_archive(path, vector_request(options)));
      break;
    case io::FileKind::streets:
      take(checked.result, io::check_streets_file(path));
      break;
    case io::FileKind::feed:
      take(checked.result, io::check_feed(path));
      break;
    case io::FileKind::elevation:
      take(checked.result, io::check_elevation_file(path));
      break;
  }
}

Finding unusable_finding(const std::string& name, const Error& error) {
  Finding finding{.kind = "unusable_file", .severity = Severity::rejected};
  finding.file = std::filesystem::path(name).filename().string();
  finding.message = error.what();
  finding.way_out = error.way_out();
  return finding;
}

void compare_tables_with_areas(Checked& checked) {
  if (checked.areas.empty()) return;
  const BareArea& area = checked.areas.front();
  const DistrictLookup lookup(area.edition.area.districts);
  for (const BareTable& table : checked.tables) {
    for (const io::RawCountsOfDate& date : table.counts.dates) {
      const Join join = lookup.by_id(date.district_ids, nullptr);
      CompensatedSum lost;
      for (const std::size_t row : join.unmatched) lost.add(date.counts.everyone()[row]);
      append(checked.result.findings,
             join_findings(join, date.district_ids, area.edition.area.districts, table.file, "",
                           compensated_sum(date.counts.everyone()), lost.value()));
    }
  }
}

/// The box of an area in degrees; empty where it has none.
Box box_in_degrees(const BareArea& area) {
  const Box box = bounds_of(area.edition.area.districts.shapes.vertices);
  if (box.empty()) return box;
  std::vector<Point> corners{{box.min_x, box.min_y},
                             {box.max_x, box.min_y},
                             {box.max_x, box.max_y},
                             {box.min_x, box.max_y}};
  geo::reproject(corners, area.edition.area.districts.crs, geo::crs_of_epsg(4326));
  return bounds_of(corners);
}

void compare_areas(Checked& checked) {
  for (std::size_t a = 1; a < checked.areas.size(); ++a) {
    const Box first = box_in_degrees(checked.areas.front());
    const Box other = box_in_degrees(checked.areas[a]);
    if (first.empty() || other.empty()) continue;
    const bool meet = first.min_x <= other.max_x && other.min_x <= first.max_x &&
                      first.min_y <= other.max_y && other.min_y <= first.max_y;
    if (meet) continue;
    Finding finding{.kind = "layers_do_not_meet"};
    finding.file = checked.areas[a].file;
    finding.message = "The layers do not meet: this one lies round longitude " +
                      display_text((other.min_x + other.max_x) / 2, 2) + ", latitude " +
                      display_text((other.min_y + other.max_y) / 2, 2) + ", " +
                      checked.areas.front().file + " round longitude " +
                      display_text((first.min_x + first.max_x) / 2, 2) + ", latitude " +
                      display_text((first.min_y + first.max_y) / 2, 2);
    finding.way_out = "longitude and latitude may be swapped in one of them";
    checked.result.findings.push_back(std::move(finding));
  }
}

}  // namespace

CheckResult check(std::span<const std::string> files, const CheckOptions& options,
                  Progress& progress) {
  Checked checked;
  for (std::size_t i = 0; i < files.size(); ++i) {
    progress.step("Checking " + files[i],
                  static_cast<double>(i) / static_cast<double>(files.size()));
    try {
      check_file(files[i], options, progress, checked);
    } catch (const Error& error) {
      checked.result.findings.push_back(unusable_finding(files[i], error));
    }
  }
  compare_tables_with_areas(checked);
  compare_areas(checked);
  return std::move(checked.result);
}

}  // namespace quartier::study
