#include "study/kept_ways.h"

#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "io/checksum.h"
#include "io/cost_file.h"
#include "study/ways.h"

namespace quartier::study {
namespace {

/// Raised whenever a search would find other ways from the same inputs than before.
constexpr int search_version = 2;

/// Words and numbers in a fixed order, each with its name, from which a key is made.
class KeyText {
 public:
  void add(std::string_view name, std::string_view value) {
    text_ += name;
    text_ += ' ';
    text_ += std::to_string(value.size());
    text_ += ' ';
    text_ += value;
    text_ += '\n';
  }
  void add(std::string_view name, double value) { add(name, exact_text(value)); }
  void add_bytes(std::string_view name, const void* data, std::size_t size) {
    std::string bytes(size, '\0');
    if (size > 0) std::memcpy(bytes.data(), data, size);
    add(name, io::sha256_of_text(bytes));
  }
  [[nodiscard]] std::string digest() const { return io::sha256_of_text(text_); }

 private:
  std::string text_;
};

void add_layer(const std::string& id, io::LayerKind kind, SourceFiles& sources, KeyText& key) {
  key.add("layer", id);
  if (id.empty()) return;
  const io::LayerDefinition& layer = sources.layer(id, kind, "--keep-costs");
  key.add("definition", io::sha256_of_file(layer.file));
  for (const InputFile& input : sources.inputs()) {
    if (input.layer == id) key.add(input.name, input.sha256);
  }
}

void add_travel(const Means& means, KeyText& key) {
  const io::StudyTravel& travel = means.travel;
  key.add("mode", travel.mode);
  key.add("cost", travel.cost);
  key.add("speed_kmh", travel.speed_kmh);
  key.add("wheelchair", travel.wheelchair ? 1.0 : 0.0);
  key.add("snap", travel.snap);
  key.add("snap_leg", travel.snap_leg ? 1.0 : 0.0);
  key.add("detour_factor", means.has_streets ? 0.0 : means.detour_factor);
  const std::vector<double>& heights = means.streets.height_m;
  key.add_bytes("heights", heights.data(), heights.size() * sizeof(double));
}

void add_timetable(const Means& means, KeyText& key) {
  const io::StudyTimetable& transit = means.transit;
  key.add("date", transit.date);
  key.add("from", transit.from);
  key.add("until", transit.until);
  key.add("step_s", transit.step_s);
  key.add("percentile", transit.percentile);
  key.add("walk_m", transit.walk_m);
  key.add("change_walk_m", transit.change_walk_m);
  key.add("direct_walk_m", transit.direct_walk_m);
  key.add("rides", transit.rides);
  key.add("change_s", transit.change_s);
  key.add("limit_min", transit.limit_min);
  key.add("wheelchair_unknown", transit.wheelchair_unknown);
}

bool fits(const Impedance& way, std::size_t origins, std::size_t sites, const Study& study) {
  return way.costs.origin_count == origins && way.costs.site_count == sites &&
         way.costs.unit == study.means.unit() && way.nearest.cost.size() == origins;
}

/// Whether kept ways have the shape of those that would be searched: for each edition those to the
/// services, then those to the districts.
bool fit(const std::vector<Impedance>& ways, const Study& study) {
  if (ways.size() != study.editions.size() * (study.services.size() + 1)) return false;
  std::size_t next = 0;
  for (const StudyEdition& edition : study.editions) {
    const std::size_t origins = edition.origins.places.size();
    for (const Services& services : study.services) {
      if (!fits(ways[next++], origins, services.size(), study)) return false;
    }
    if (!fits(ways[next++], origins, edition.area.districts.size(), study)) return false;
  }
  return true;
}

/// The kept ways; nothing where they cannot be used, which is told.
std::optional<std::vector<Impedance>> read_kept(const std::filesystem::path& file,
                                                const std::string& key, Study& study) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::nullopt;
  Finding finding{.kind = "costs_refused"};
  finding.file = file.filename().string();
  try {
    if (!std::filesystem::is_regular_file(file, error)) {
      throw InputError(finding.file, "is no plain file", "remove it");
    }
    std::vector<Impedance> ways = io::read_cost_file(file, key);
    if (fit(ways, study)) return ways;
    finding.message = "Saved ways are of other origins or sites; they are searched anew";
  } catch (const InputError& refused) {
    finding.message = std::string(refused.what()) + "; ways are searched anew";
  }
  finding.way_out = "find out what changed the file; it is replaced";
  study.findings.push_back(std::move(finding));
  return std::nullopt;
}

void search(Study& study, Progress& progress) {
  FoundWays ways =
      find_ways(study.means, {}, {study.services, study.offered}, true, study, progress);
  for (std::size_t e = 0; e < study.editions.size(); ++e) {
    study.editions[e].impedance = std::move(ways.to_services[e]);
    study.editions[e].to_districts = std::move(ways.to_districts[e]);
  }
}

}  // namespace

std::string key_of_ways(SourceFiles& sources, const Study& study) {
  KeyText key;
  key.add("layout", static_cast<double>(io::cost_file_version));
  key.add("search", static_cast<double>(search_version));
  key.add("crs", study.crs.wkt);
  add_layer(study.settings.streets.layer, io::LayerKind::streets, sources, key);
  add_travel(study.means, key);
  if (study.means.by_timetable()) {
    add_layer(study.settings.timetable.layer, io::LayerKind::timetable, sources, key);
    add_timetable(study.means, key);
  }
  for (const StudyEdition& edition : study.editions) {
    const std::vector<Point>& places = edition.origins.places;
    key.add_bytes("origins", places.data(), places.size() * sizeof(Point));
    const std::vector<Point>& centroids = edition.area.districts.centroids;
    key.add_bytes("centroids", centroids.data(), centroids.size() * sizeof(Point));
  }
  for (std::size_t s = 0; s < study.services.size(); ++s) {
    const io::StudyService& settings = study.settings.services[s];
    const std::vector<Point>& places = study.services[s].places;
    key.add("service", settings.id);
    add_layer(settings.layer, io::LayerKind::services, sources, key);
    key.add("limit", search_limit(study, settings));
    if (study.means.by_timetable()) key.add("cutoff_min", settings.cutoff_min);
    key.add_bytes("sites", places.data(), places.size() * sizeof(Point));
    key.add_bytes("offered", study.offered[s].data(), study.offered[s].size() * sizeof(double));
  }
  return key.digest();
}

void find_kept_ways(const std::optional<std::filesystem::path>& folder, SourceFiles& sources,
                    Study& study, Progress& progress) {
  if (!folder) {
    search(study, progress);
    return;
  }
  std::error_code error;
  std::filesystem::create_directories(*folder, error);
  if (!std::filesystem::is_directory(*folder)) {
    throw InputError(*folder, "the folder for saved ways cannot be made",
                     "name a folder with --keep-costs");
  }
  const std::string key = key_of_ways(sources, study);
  const std::filesystem::path file = *folder / (key + std::string(io::cost_file_ending));
  if (std::optional<std::vector<Impedance>> kept = read_kept(file, key, study)) {
    progress.step("Ways to services read from " + file.filename().string(), 0.72);
    auto next = kept->begin();
    for (StudyEdition& edition : study.editions) {
      for (std::size_t s = 0; s < study.services.size(); ++s) {
        edition.impedance.push_back(std::move(*next++));
      }
      edition.to_districts = std::move(*next++);
    }
    return;
  }
  search(study, progress);
  std::vector<Impedance> ways;
  for (const StudyEdition& edition : study.editions) {
    ways.insert(ways.end(), edition.impedance.begin(), edition.impedance.end());
    ways.push_back(edition.to_districts);
  }
  io::write_cost_file(file, key, ways);
}

}  // namespace quartier::study
