#pragma once
/// Terms of use: which sites of a service serve a person who needs it at a certain time, in a
/// certain language, on certain conditions. A site that does not serve offers no places.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/services.h"

namespace quartier {

/// What is asked of a site; what is empty is not asked.
struct ServiceTerms {
  std::string open_at;              ///< "Tu 19:00"
  std::string language;             ///< ISO 639 code
  std::string eligible;             ///< a word of the site's eligibility
  std::optional<double> fee_up_to;  ///< in the currency of the layer
  [[nodiscard]] bool any() const {
    return !open_at.empty() || !language.empty() || !eligible.empty() || fee_up_to.has_value();
  }
};

/// Whether a site serves, and if not, why.
enum class SiteState : std::uint8_t {
  serves,
  without_places,   ///< offers none
  closed,           ///< at the time asked for
  other_languages,  ///< the language asked for is not among those offered
  not_eligible,     ///< does not take the person asked for
  too_dear,
  terms_unknown,  ///< the publisher does not say, or in words that cannot be read
};

/// "serves", "no places", "closed then", "other languages", "not eligible", "too dear",
/// "terms not published".
std::string_view text_of(SiteState state);

/// The state of each site. Terms are asked in the order of `SiteState`, and the first that fails is
/// the reason. A site that does not publish a term that is asked for does not count as serving:
/// nobody can rely on it. Eligibility is a list of words; "all" takes everyone.
/// @returns [site count]
/// @throws InputError where `open_at` is no time of the week
std::vector<SiteState> site_states(const Services& services, const ServiceTerms& terms);

/// S_j of the sites that serve, 0 for the others.
/// @returns [site count]
std::vector<double> offered_supply(const Services& services, const std::vector<SiteState>& states);

}  // namespace quartier
