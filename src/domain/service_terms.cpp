#include "domain/service_terms.h"

#include <cmath>

#include "base/error.h"
#include "domain/opening_hours.h"

namespace quartier {
namespace {

/// Whether a list of words, parted by blanks, commas or semicolons, holds `word`.
bool holds(std::string_view list, std::string_view word) {
  constexpr std::string_view parting = " ,;|\t";
  std::size_t begin = list.find_first_not_of(parting);
  while (begin != std::string_view::npos) {
    const std::size_t end = list.find_first_of(parting, begin);
    if (list.substr(begin, end - begin) == word) return true;
    begin = end == std::string_view::npos ? end : list.find_first_not_of(parting, end);
  }
  return false;
}

std::string_view entry(const std::vector<std::string>& column, std::size_t site) {
  return column.empty() ? std::string_view{} : std::string_view(column[site]);
}

}  // namespace

std::string_view text_of(SiteState state) {
  switch (state) {
    case SiteState::serves:
      return "serves";
    case SiteState::without_places:
      return "no places";
    case SiteState::closed:
      return "closed then";
    case SiteState::other_languages:
      return "other languages";
    case SiteState::not_eligible:
      return "not eligible";
    case SiteState::too_dear:
      return "too dear";
    case SiteState::terms_unknown:
      return "terms not published";
  }
  return {};
}

std::vector<SiteState> site_states(const Services& services, const ServiceTerms& terms) {
  std::optional<WeekTime> time;
  if (!terms.open_at.empty()) {
    time = week_time_of(terms.open_at);
    if (!time) {
      throw InputError("'" + terms.open_at + "' is no time of the week",
                       "write a day and a time, such as \"Tu 19:00\"");
    }
  }
  const auto state_of = [&](std::size_t j) {
    if (!(services.supply[j] > 0.0)) return SiteState::without_places;
    if (time) {
      const std::optional<OpeningHours> hours = opening_hours_of(entry(services.opening_hours, j));
      if (!hours) return SiteState::terms_unknown;
      if (!hours->open_at(*time)) return SiteState::closed;
    }
    if (!terms.language.empty()) {
      const std::string_view offered = entry(services.languages, j);
      if (offered.empty()) return SiteState::terms_unknown;
      if (!holds(offered, terms.language)) return SiteState::other_languages;
    }
    if (!terms.eligible.empty()) {
      const std::string_view taken = entry(services.eligibility, j);
      if (taken.empty()) return SiteState::terms_unknown;
      if (!holds(taken, terms.eligible) && !holds(taken, "all")) return SiteState::not_eligible;
    }
    if (terms.fee_up_to) {
      if (services.fee.empty() || std::isnan(services.fee[j])) return SiteState::terms_unknown;
      if (services.fee[j] > *terms.fee_up_to) return SiteState::too_dear;
    }
    return SiteState::serves;
  };
  std::vector<SiteState> states;
  states.reserve(services.size());
  for (std::size_t j = 0; j < services.size(); ++j) states.push_back(state_of(j));
  return states;
}

std::vector<double> offered_supply(const Services& services, const std::vector<SiteState>& states) {
  expects(states.size() == services.size(), "offered_supply: a state for each site");
  std::vector<double> supply = services.supply;
  for (std::size_t j = 0; j < supply.size(); ++j) {
    if (states[j] != SiteState::serves) supply[j] = 0.0;
  }
  return supply;
}

}  // namespace quartier
