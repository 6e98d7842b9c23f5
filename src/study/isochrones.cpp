#include "study/isochrones.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/text.h"
#include "geo/isochrone.h"
#include "network/profile.h"
#include "network/reached_streets.h"
#include "study/gated.h"
#include "study/rounding.h"
#include "study/street_ways.h"
#include "study/study.h"

namespace quartier::study {
namespace {

constexpr double share_step = 0.001;
constexpr double metres_per_km = 1000.0;

std::size_t position_of(const Study& study, const std::string& id) {
  std::vector<std::string> known;
  for (const Services& service : study.services) known.push_back(service.id);
  const auto found = std::find(known.begin(), known.end(), id);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  const std::string near = nearest_word(id, known);
  throw InputError("there is no service '" + id + "'", near.empty()
                                                           ? "there is: " + joined(known, ", ")
                                                           : "did you mean '" + near + "'?");
}

/// Persons who set out from each origin at the latest date; nothing where nobody is counted.
std::vector<double> people_of(const StudyEdition& edition) {
  if (edition.counts.empty()) return {};
  const CountTable& counts = edition.seen.back().as(disclosure::Fill::middle);
  const std::span<const double> everyone = counts.everyone();
  const OriginPoints& origins = edition.origins.points;
  const auto residents = [&](std::size_t district) {
    const bool absent = !counts.absent.empty() && counts.absent[district] != 0;
    return absent ? undefined : everyone[district];
  };
  std::vector<double> people;
  for (std::size_t i = 0; i < edition.origins.places.size(); ++i) {
    people.push_back(origins.empty() ? residents(i)
                                     : origins.share[i] * residents(origins.district[i]));
  }
  return people;
}

/// Draws the isochrones of one study; the streets are laid out once.
class Drawing {
 public:
  Drawing(const Study& study, const Gate& gate, std::uint32_t edition)
      : study_(study),
        edition_(study.editions[edition]),
        people_(people_of(edition_)),
        step_(step_of_shares(gate, edition)) {
    if (!study.means.has_streets) return;
    streets_ = std::make_unique<StreetWays>(
        network::graph_of(study.means.streets, profile_of(study.means.travel)), study.means.travel);
  }

  /// One for each cutoff.
  [[nodiscard]] std::vector<Isochrone> of(std::size_t service,
                                          std::span<const double> cutoffs) const {
    std::vector<Isochrone> all;
    const Services& sites = study_.services[service];
    network::SnappedPlaces snapped;
    std::vector<std::uint32_t> costs;
    if (streets_) {
      const std::span<const Point> places = sites.places;
      snapped = std::move(streets_->snapped(std::span(&places, 1)).front());
      costs = network::costs_to_sites(streets_->searchable, snapped, study_.offered[service]);
    }
    const io::StudyService& settings = study_.settings.services[service];
    const double own = study_.means.counts_minutes() ? settings.cutoff_min : settings.cutoff_m;
    for (const double cutoff : cutoffs.empty() ? std::vector{own, own / 2.0}
                                               : std::vector(cutoffs.begin(), cutoffs.end())) {
      Isochrone one;
      one.service = sites.id;
      one.label = sites.label;
      one.cutoff = cutoff;
      one.part = cutoff / own;
      one.unit = shown_unit(study_.means.unit());
      one.ways = study_.means.label();
      one.along_streets = streets_ != nullptr;
      if (streets_) {
        follow_streets(snapped, costs, service, one);
      } else {
        draw_circles(service, one);
      }
      one.area_km2 = geo::outline_area_km2(one.area);
      one.share_of_residents = share_of_residents(service, cutoff);
      all.push_back(std::move(one));
    }
    return all;
  }

 private:
  void follow_streets(const network::SnappedPlaces& snapped, std::span<const std::uint32_t> costs,
                      std::size_t service, Isochrone& one) const {
    const std::uint32_t limit = whole_cost(one.cutoff, streets_->graph.unit);
    network::ReachedStreets reached = network::reached_streets(streets_->graph, costs, limit);
    const std::vector<Point> legs = network::reached_legs(
        streets_->graph, study_.services[service].places, snapped, study_.offered[service], limit);
    reached.ends.insert(reached.ends.end(), legs.begin(), legs.end());
    one.area = geo::isochrone_outline(reached.ends);
    one.streets_km = reached.total_m / metres_per_km;
  }

  void draw_circles(std::size_t service, Isochrone& one) const {
    std::vector<Point> centres;
    for (std::size_t j = 0; j < study_.services[service].size(); ++j) {
      if (study_.offered[service][j] != 0.0) centres.push_back(study_.services[service].places[j]);
    }
    one.area = geo::circles_outline(centres, one.cutoff / study_.means.detour_factor);
    one.streets_km = undefined;
  }

  [[nodiscard]] double share_of_residents(std::size_t service, double cutoff) const {
    if (people_.empty() || !is_defined(step_)) return undefined;
    const double share = geo::share_within(edition_.impedance[service].nearest.cost,
                                           whole_cost(cutoff, study_.means.unit()), people_);
    return is_defined(share) ? rounded(share, step_) : undefined;
  }

  /// What shares are rounded to; `undefined` where the city's residents are hidden.
  [[nodiscard]] double step_of_shares(const Gate& gate, std::uint32_t edition) const {
    if (edition_.counts.empty()) return undefined;
    const disclosure::Protection& table = gate.table(edition, edition_.counts.size() - 1);
    const double residents = compensated_sum(edition_.counts.back().everyone());
    if (!disclosure::may_show(table.city(0)) || !(residents > 0.0)) return undefined;
    if (gate.policy.threshold <= 1) return share_step;
    // Cutoffs are the reader's to choose: what one more metre adds must not be a handful of people.
    return std::max(share_step, step_of(step_factor * gate.policy.width() / residents));
  }

  const Study& study_;
  const StudyEdition& edition_;
  std::vector<double> people_;
  double step_;
  std::unique_ptr<StreetWays> streets_;
};

}  // namespace

std::vector<Isochrone> isochrones_of(const Study& study, const Gate& gate, std::uint32_t edition,
                                     std::span<const std::string> services,
                                     std::span<const double> cutoffs) {
  if (study.means.by_timetable()) {
    throw InputError("isochrones are drawn along streets, not by timetable",
                     "choose --mode walk, cycle or drive");
  }
  for (const double cutoff : cutoffs) {
    if (cutoff > 0.0 && std::isfinite(cutoff)) continue;
    throw InputError("an isochrone of " + exact_text(cutoff) + " does not exist",
                     "give metres or minutes above 0");
  }
  std::vector<std::size_t> chosen;
  for (const std::string& id : services) chosen.push_back(position_of(study, id));
  for (std::size_t s = 0; services.empty() && s < study.services.size(); ++s) chosen.push_back(s);
  const Drawing drawing(study, gate, edition);
  std::vector<std::vector<Isochrone>> of_service(chosen.size());
  for_chunks(chosen.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    of_service[k] = drawing.of(chosen[k], cutoffs);
  });
  std::vector<Isochrone> all;
  for (std::vector<Isochrone>& some : of_service) {
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace quartier::study
