#pragma once
/// Why a district has no access to a service.

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "base/units.h"

namespace quartier::study {

struct Study;

/// Why an origin does not have a service within its cutoff.
enum class NoAccess : std::uint8_t {
  none,             ///< it has
  no_place,         ///< the district has no shape, or there are no streets
  no_site,          ///< the service has no site at all
  without_places,   ///< a site within the cutoff offers no places ...
  closed,           ///< ... is closed at the time asked for ...
  other_languages,  ///< ... does not offer the language ...
  not_eligible,     ///< ... does not take the person ...
  too_dear,         ///< ... costs too much ...
  terms_unknown,    ///< ... or does not publish a term that is asked for
  beyond_cutoff,    ///< a way leads to a site, but it is too long
  no_way,           ///< no street leads to any site: another part of the streets
  beyond_search,    ///< by timetable: nothing within the longest walks and travel
};

/// "within reach", "no place", "no site", "no places", "closed then", "other languages", "not
/// eligible", "too dear", "terms not published", "beyond the cutoff", "no way", "beyond the limits
/// of travel".
std::string_view text_of(NoAccess reason);

/// One reason in one district: a district whose people set out from several origins may have
/// several.
struct Unreached {
  DistrictIndex district = 0;
  std::uint32_t service = 0;
  NoAccess reason = NoAccess::none;
  std::uint32_t origins = 0;   ///< of the district, with this reason
  std::uint32_t of = 0;        ///< origins of the district
  double nearest = undefined;  ///< least cost to a site that serves, metres or minutes; `undefined`
                               ///< where no way is known
};

/// Every pair of a district and a service without full access, in order of service and district.
std::vector<Unreached> unreached(const Study& study, std::uint32_t edition);

}  // namespace quartier::study
