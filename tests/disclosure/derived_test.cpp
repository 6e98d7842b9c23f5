#include "disclosure/derived.h"

#include <array>

#include "base/number.h"
#include "disclosure/tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::disclosure;

TEST_CASE("derived values are hidden with the counts they come from", "[disclosure]") {
  const Groups groups = quartier::test::tree({no_index, 0, 0});
  const CountTable counts = quartier::test::counts_of(groups, {{3, 50, 20}, {97, 90, 80}});
  const Policy policy;
  const Protection p = protect(counts, groups, {}, policy);

  CHECK_FALSE(may_show_share(p, policy, 1, 0, 0, 100.0));
  CHECK(may_show_share(p, policy, 1, 0, 1, 140.0));
  CHECK_FALSE(may_show_share(p, policy, 2, 0, 0, 100.0));
  CHECK(may_show_location_quotient(p, policy, 1, 0, 1, 140.0));
  CHECK_FALSE(may_show_location_quotient(p, policy, 1, 0, 2, 100.0));
  CHECK_FALSE(may_show_composition(p, std::array<GroupIndex, 2>{1, 2}, 0));
  CHECK(may_show_composition(p, std::array<GroupIndex, 2>{1, 2}, 1));
}

TEST_CASE("rates of few persons are hidden", "[disclosure]") {
  Policy policy;
  CHECK_FALSE(may_show_rate(policy, 4.0));
  CHECK(may_show_rate(policy, 5.0));
  CHECK(may_show_rate(policy, 0.0));
  CHECK(may_show_rate(policy, undefined));
  policy.min_base = 30;
  CHECK_FALSE(may_show_rate(policy, 29.0));
  CHECK(may_show_rate(policy, 30.0));
}
