#include "study/means_words.h"

#include <string_view>

#include "base/text.h"
#include "network/profile.h"

namespace quartier::study {
namespace {

class Pairs {
 public:
  explicit Pairs(std::string first) : text_(std::move(first)) {}
  void add(std::string_view name, std::string_view value) {
    text_.append("; ").append(name).append("=").append(value);
  }
  void add(std::string_view name, double value) { add(name, exact_text(value)); }
  [[nodiscard]] std::string text() const { return text_; }

 private:
  std::string text_;
};

double speed_of(const io::StudyTravel& travel, TravelMode mode) {
  return travel.speed_kmh > 0.0 ? travel.speed_kmh : network::default_speed_kmh(mode);
}

void add_timetable(const Means& means, Pairs& pairs) {
  const io::StudyTimetable& timetable = means.transit;
  pairs.add("step_s", timetable.step_s);
  pairs.add("walk_m", timetable.walk_m);
  pairs.add("change_walk_m", timetable.change_walk_m);
  pairs.add("direct_walk_m", timetable.direct_walk_m);
  pairs.add("speed_kmh", speed_of(means.travel, TravelMode::walk));
  pairs.add("rides", timetable.rides == 0 ? "any" : std::to_string(timetable.rides));
  pairs.add("change_s", timetable.change_s);
  pairs.add("limit_min", timetable.limit_min);
  if (means.travel.wheelchair) pairs.add("wheelchair_unknown", timetable.wheelchair_unknown);
}

void add_means(const Means& means, Pairs& pairs) {
  if (!means.table.empty()) return;
  if (means.by_timetable()) {
    add_timetable(means, pairs);
  } else if (means.has_streets && means.counts_minutes()) {
    pairs.add("speed_kmh", speed_of(means.travel, profile_of(means.travel).mode));
  }
  if (!means.has_streets) {
    pairs.add("detour_factor", means.detour_factor);
    return;
  }
  pairs.add("snap", means.travel.snap);
  if (!means.travel.snap_leg) pairs.add("snap_leg", "left out");
}

void add_terms(const io::StudyService& service, Pairs& pairs) {
  if (!service.open_at.empty()) pairs.add("open_at", service.open_at);
  if (!service.language.empty()) pairs.add("language", service.language);
  if (!service.eligible.empty()) pairs.add("eligible", service.eligible);
  if (service.fee_up_to) pairs.add("fee_up_to", *service.fee_up_to);
}

}  // namespace

std::string label_of(const io::StudyOrigins& origins) {
  if (origins.from == "grid") return ", from a grid of " + exact_text(origins.grid_m) + " m";
  if (origins.from == "streets") return ", from junctions";
  return origins.from == "points" ? ", from points with people" : "";
}

void name_travel_parameters(Study& study) {
  Pairs every(study.means_label);
  add_means(study.means, every);
  study.travel_parameters.clear();
  for (const io::StudyService& service : study.settings.services) {
    Pairs pairs = every;
    add_terms(service, pairs);
    study.travel_parameters.push_back(pairs.text());
  }
}

}  // namespace quartier::study
