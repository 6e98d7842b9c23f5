#include "priority/profile.h"

#include <array>
#include <limits>

#include "base/error.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::priority;
using Catch::Matchers::Contains;

namespace {

PriorityItem item(const std::string& id, double weight = 1.0) {
  PriorityItem made;
  made.indicator = id;
  made.label = id;
  made.weight = weight;
  return made;
}

PriorityProfile profile_of(std::vector<PriorityItem> items) {
  PriorityProfile profile;
  profile.id = "council";
  profile.items = std::move(items);
  return profile;
}

}  // namespace

TEST_CASE("a profile that cannot be ranked by is refused", "[priority]") {
  CHECK_NOTHROW(check(profile_of({item("unemployment"), item("rent", 0.0)})));
  CHECK_THROWS_AS(check(profile_of({})), InputError);
  CHECK_THROWS_AS(check(profile_of({item("")})), InputError);
  CHECK_THROWS_WITH(check(profile_of({item("rent"), item("rent")})), Contains("'rent'"));
  CHECK_THROWS_AS(check(profile_of({item("rent", -1.0)})), InputError);
  CHECK_THROWS_AS(check(profile_of({item("rent", std::numeric_limits<double>::quiet_NaN())})),
                  InputError);
  CHECK_THROWS_AS(check(profile_of({item("rent", std::numeric_limits<double>::infinity())})),
                  InputError);
  CHECK_THROWS_AS(check(profile_of({item("rent", 0.0)})), InputError);

  PriorityProfile covered = profile_of({item("rent")});
  covered.minimum_coverage = 1.5;
  CHECK_THROWS_AS(check(covered), InputError);

  PriorityProfile national = profile_of({item("voting")});
  national.items.front().lever = Lever::nation;
  CHECK_THROWS_WITH(check(national), Contains("ranked indicators"));
  national.levers.nation = true;
  CHECK_NOTHROW(check(national));
}

TEST_CASE("composition enters with a written reason or not at all", "[priority]") {
  PriorityProfile profile = profile_of({item("unemployment"), item("newcomers")});
  profile.items[1].composition = true;
  CHECK_THROWS_WITH(check(profile), Contains("newcomers") && Contains("written reason"));
  profile.items[1].reason = "  \n";
  CHECK_THROWS_AS(check(profile), InputError);
  profile.items[1].reason = "Language courses are planned by the number of newcomers.";
  CHECK_NOTHROW(check(profile));
  CHECK(composition_items(profile) == std::vector<std::size_t>{1});

  SECTION("also where only the indicator knows that it is one") {
    Indicator indicator;
    indicator.composition = true;
    const std::array<const Indicator*, 2> indicators{nullptr, &indicator};
    CHECK_NOTHROW(check_composition(profile, indicators));
    profile.items[1].composition = false;
    CHECK_THROWS_AS(check_composition(profile, indicators), InputError);
  }
}

TEST_CASE("the ask list holds what the city cannot change", "[priority]") {
  PriorityProfile profile = profile_of({item("a"), item("b"), item("c")});
  profile.items[0].lever = Lever::nation;
  profile.items[2].lever = Lever::region;
  CHECK(asked_items(profile) == std::vector<std::size_t>{0});
  profile.levers.region = false;
  CHECK(asked_items(profile) == std::vector<std::size_t>{0, 2});
}

TEST_CASE("normalisations are known by their ids", "[priority]") {
  for (const NormalisationEntry& entry : normalisation_table) {
    CHECK(normalisation_from(entry.id) == entry.normalisation);
    CHECK(id_of(entry.normalisation) == entry.id);
  }
  try {
    normalisation_from("z-scores");
    FAIL("an unknown normalisation was accepted");
  } catch (const InputError& error) {
    CHECK_THAT(error.way_out(), Contains("'z-score'"));
  }
}
