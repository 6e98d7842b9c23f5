#include "study/unreached.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "study/study.h"

namespace quartier::study {
namespace {

constexpr std::size_t reason_count = 12;

NoAccess reason_of(SiteState state) {
  switch (state) {
    case SiteState::serves:
      return NoAccess::none;
    case SiteState::without_places:
      return NoAccess::without_places;
    case SiteState::closed:
      return NoAccess::closed;
    case SiteState::other_languages:
      return NoAccess::other_languages;
    case SiteState::not_eligible:
      return NoAccess::not_eligible;
    case SiteState::too_dear:
      return NoAccess::too_dear;
    case SiteState::terms_unknown:
      return NoAccess::terms_unknown;
  }
  return NoAccess::none;
}

/// What each origin has within the cutoff: the nearest site that serves, or else the state of the
/// nearest one that does not.
struct Within {
  std::vector<std::uint32_t> cost;
  std::vector<SiteState> state;
};

Within within_cutoff(const TravelCosts& costs, const std::vector<SiteState>& states,
                     std::uint32_t cutoff) {
  Within within{std::vector<std::uint32_t>(costs.origin_count, no_cost),
                std::vector<SiteState>(costs.origin_count, SiteState::without_places)};
  for (std::size_t j = 0; j < costs.site_count; ++j) {
    const bool serves = states[j] == SiteState::serves;
    costs.visit(j, [&](std::size_t i, std::uint32_t cost) {
      if (cost > cutoff) return;
      const bool had = within.cost[i] != no_cost;
      const bool had_serving = had && within.state[i] == SiteState::serves;
      if (had_serving && !serves) return;
      if (had && had_serving == serves && within.cost[i] <= cost) return;
      within.cost[i] = cost;
      within.state[i] = states[j];
    });
  }
  return within;
}

/// The commonest state of the sites of a service none of which serves; `serves` where one does.
SiteState common_state(const std::vector<SiteState>& states) {
  std::array<std::size_t, 7> count{};
  for (const SiteState state : states) ++count[static_cast<std::size_t>(state)];
  if (count[static_cast<std::size_t>(SiteState::serves)] > 0) return SiteState::serves;
  return static_cast<SiteState>(std::max_element(count.begin(), count.end()) - count.begin());
}

NoAccess reason_for(const Study& study, const Impedance& ways, const Within& within,
                    SiteState common, Point place, std::size_t origin) {
  if (within.cost[origin] != no_cost) return reason_of(within.state[origin]);
  if (!std::isfinite(place.x) || !std::isfinite(place.y)) return NoAccess::no_place;
  if (ways.costs.site_count == 0) return NoAccess::no_site;
  if (common != SiteState::serves) return reason_of(common);
  if (ways.nearest.cost[origin] != no_cost) return NoAccess::beyond_cutoff;
  return study.means.by_timetable() ? NoAccess::beyond_search : NoAccess::no_way;
}

}  // namespace

std::string_view text_of(NoAccess reason) {
  constexpr std::array<std::string_view, reason_count> texts{
      "within reach",        "no place",          "no site",      "no places",
      "closed then",         "other languages",   "not eligible", "too dear",
      "terms not published", "beyond the cutoff", "no way",       "beyond the limits of travel"};
  return texts[static_cast<std::size_t>(reason)];
}

std::vector<Unreached> unreached(const Study& study, std::uint32_t edition) {
  const StudyEdition& area = study.editions[edition];
  const OriginPoints& points = area.origins.points;
  std::vector<Unreached> pairs;
  for (std::uint32_t s = 0; s < study.services.size(); ++s) {
    const Impedance& ways = area.impedance[s];
    const io::StudyService& settings = study.settings.services[s];
    const double cutoff = study.means.counts_minutes() ? settings.cutoff_min : settings.cutoff_m;
    const Within within =
        within_cutoff(ways.costs, study.site_states[s], whole_cost(cutoff, ways.costs.unit));
    const SiteState common = common_state(study.site_states[s]);
    std::size_t next = 0;
    for (DistrictIndex d = 0; d < area.area.districts.size(); ++d) {
      const std::size_t first = points.empty() ? d : next;
      std::size_t last = first + 1;
      if (!points.empty()) {
        while (last < points.district.size() && points.district[last] == d) ++last;
        next = last;
      }
      std::array<Unreached, reason_count> found{};
      for (std::size_t i = first; i < last; ++i) {
        const NoAccess reason = reason_for(study, ways, within, common, area.origins.places[i], i);
        Unreached& pair = found[static_cast<std::size_t>(reason)];
        ++pair.origins;
        const std::uint32_t cost = ways.nearest.cost[i];
        if (cost == no_cost) continue;
        const double shown = ways.costs.shown(cost);
        pair.nearest = is_defined(pair.nearest) ? std::min(pair.nearest, shown) : shown;
      }
      for (std::size_t r = 1; r < reason_count; ++r) {
        if (found[r].origins == 0) continue;
        found[r].district = d;
        found[r].service = s;
        found[r].reason = static_cast<NoAccess>(r);
        found[r].of = static_cast<std::uint32_t>(last - first);
        pairs.push_back(found[r]);
      }
    }
  }
  return pairs;
}

}  // namespace quartier::study
