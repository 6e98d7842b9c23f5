#include "domain/service_terms.h"

#include "base/error.h"
#include "base/number.h"
#include "support/catch.h"

using namespace quartier;

TEST_CASE("terms of use of a service", "[domain][service_terms]") {
  Services clinics;
  clinics.id = "clinics";
  clinics.ids = {"a", "b", "c", "d"};
  clinics.names = clinics.ids;
  clinics.places.resize(4);
  clinics.supply = {4, 6, 0, 2};
  clinics.opening_hours = {"Mo-Fr 08:00-18:00", "Tu 16:00-21:00", "24/7", ""};
  clinics.languages = {"en ar", "en,ar", "ar", "ar"};
  clinics.eligibility = {"all", "insured", "all", ""};
  clinics.fee = {0.0, 10.0, 0.0, undefined};

  SECTION("nothing asked: every site with places serves") {
    CHECK(site_states(clinics, {}) == std::vector{SiteState::serves, SiteState::serves,
                                                  SiteState::without_places, SiteState::serves});
  }
  SECTION("open in the evening, with an Arabic speaker") {
    ServiceTerms terms;
    terms.open_at = "Tu 19:00";
    terms.language = "ar";
    const std::vector<SiteState> states = site_states(clinics, terms);
    CHECK(states == std::vector{SiteState::closed, SiteState::serves, SiteState::without_places,
                                SiteState::terms_unknown});
    CHECK(offered_supply(clinics, states) == std::vector{0.0, 6.0, 0.0, 0.0});
  }
  SECTION("a language is a whole word") {
    ServiceTerms terms;
    terms.language = "a";
    CHECK(site_states(clinics, terms)[0] == SiteState::other_languages);
  }
  SECTION("who may come, and what it costs") {
    ServiceTerms terms;
    terms.eligible = "asylum_seeker";
    CHECK(site_states(clinics, terms)[0] == SiteState::serves);
    CHECK(site_states(clinics, terms)[1] == SiteState::not_eligible);
    CHECK(site_states(clinics, terms)[3] == SiteState::terms_unknown);
    terms = {};
    terms.fee_up_to = 5.0;
    CHECK(site_states(clinics, terms)[0] == SiteState::serves);
    CHECK(site_states(clinics, terms)[1] == SiteState::too_dear);
    CHECK(site_states(clinics, terms)[3] == SiteState::terms_unknown);
  }
  SECTION("a time that is none") {
    ServiceTerms terms;
    terms.open_at = "evening";
    CHECK_THROWS_AS(site_states(clinics, terms), InputError);
  }
}
