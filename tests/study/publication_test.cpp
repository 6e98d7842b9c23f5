// What is published, attacked with nothing but what is published. The same city without a threshold
// tells the truth to compare with.

#include "study/publication.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/number.h"
#include "study/load.h"
#include "study/sample/sample_city.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using study::Column;
using study::ColumnKind;
using study::ColumnSpec;
using study::Publication;
using study::ValueState;

namespace {

constexpr double threshold = 5.0;

struct Cities {
  test::ScratchFolder folder;
  Publication guarded;
  Publication open;  ///< nothing is hidden: the truth

  Cities() : guarded(made(true)), open(made(false)) {}

 private:
  Publication made(bool guard) {
    Progress progress;
    const std::filesystem::path file = folder.path() / "study.toml";
    if (guard) {
      study::write_sample_city(
          study::make_sample_city({.district_count = 240, .seed = 1}, progress), folder.path(),
          progress);
    } else {
      std::ifstream in(file);
      std::string text{std::istreambuf_iterator<char>(in), {}};
      const std::string rule = "threshold = 5";
      const std::size_t at = text.find(rule);
      REQUIRE(at != std::string::npos);
      text.replace(at, rule.size(), "threshold = 0");
      in.close();
      std::ofstream(file) << text;
    }
    return study::published(file, {}, progress);
  }
};

const Cities& cities() {
  static const Cities both;
  return both;
}

/// The groups of a district whose counts are hidden at a date.
using Secrets = std::set<std::pair<GroupIndex, DistrictIndex>>;

Secrets secrets_at(const Publication& city, const std::string& date) {
  Secrets secrets;
  for (DistrictIndex i = 0; i < city.edition(0).districts.size(); ++i) {
    for (const study::GroupShare& share : city.shares(0, date, i)) {
      if (share.state == ValueState::suppressed) secrets.insert({share.group, i});
    }
  }
  return secrets;
}

struct Interval {
  double least = 0.0;
  double greatest = std::numeric_limits<double>::infinity();
};

/// An attacker who knows every published count of a date and that they add up.
class Attacker {
 public:
  Attacker(const Publication& city, const std::string& date) {
    const Districts& districts = city.edition(0).districts;
    std::vector<GroupIndex> everyone_and_leaves = city.groups().leaves();
    everyone_and_leaves.push_back(0);
    for (DistrictIndex i = 0; i < districts.size(); ++i) {
      learn(0, place(0, i), city.residents(0, date, i));
      for (const study::GroupShare& share : city.shares(0, date, i)) {
        learn(share.group, place(0, i), share.persons);
      }
      add_groups(city, place(0, i));
    }
    for (std::size_t l = 0; l < districts.levels.size(); ++l) {
      const ParentLevel& level = districts.levels[l];
      for (const study::LevelCount& count : city.level_counts(0, date)) {
        if (count.level != level.id) continue;
        const auto found = std::find(level.ids.begin(), level.ids.end(), count.parent);
        learn(count.group, place(l + 1, static_cast<std::size_t>(found - level.ids.begin())),
              count.persons);
      }
      for (std::size_t p = 0; p < level.ids.size(); ++p) {
        add_groups(city, place(l + 1, p));
        for (const GroupIndex group : everyone_and_leaves) {
          std::vector<Key> parts;
          for (DistrictIndex i = 0; i < districts.size(); ++i) {
            if (level.of_district[i] == p) parts.push_back({group, place(0, i)});
          }
          lines_.push_back({{group, place(l + 1, p)}, parts});
        }
      }
    }
    const std::string whole = "city";
    for (const GroupIndex group : everyone_and_leaves) {
      learn(group, whole, city.city_total(0, date, group));
      std::vector<Key> parts;
      for (DistrictIndex i = 0; i < districts.size(); ++i) parts.push_back({group, place(0, i)});
      lines_.push_back({{group, whole}, parts});
    }
    add_groups(city, whole);
    for (int round = 0; round < 20; ++round) {
      for (const Line& line : lines_) tighten(line);
    }
  }

  [[nodiscard]] Interval knows(GroupIndex group, DistrictIndex district) const {
    return known_.at({group, place(0, district)});
  }

 private:
  using Key = std::pair<GroupIndex, std::string>;
  struct Line {
    Key whole;
    std::vector<Key> parts;
  };
  static std::string place(std::size_t level, std::size_t position) {
    return std::to_string(level) + ":" + std::to_string(position);
  }
  void learn(GroupIndex group, const std::string& where, double persons) {
    known_[{group, where}] = is_defined(persons) ? Interval{persons, persons} : Interval{};
  }
  void add_groups(const Publication& city, const std::string& where) {
    Line line{{0, where}, {}};
    for (const GroupIndex leaf : city.groups().leaves()) line.parts.push_back({leaf, where});
    lines_.push_back(line);
  }
  /// The whole is between the sums of its parts' ends, each part what the others leave of it.
  void tighten(const Line& line) {
    Interval sum{0.0, 0.0};
    std::size_t endless = 0;
    for (const Key& part : line.parts) {
      const Interval& one = known_.at(part);
      sum.least += one.least;
      if (std::isinf(one.greatest)) {
        ++endless;
      } else {
        sum.greatest += one.greatest;
      }
    }
    Interval& whole = known_.at(line.whole);
    whole.least = std::max(whole.least, sum.least);
    if (endless == 0) whole.greatest = std::min(whole.greatest, sum.greatest);
    for (const Key& part : line.parts) {
      Interval& one = known_.at(part);
      const Interval before = one;
      one.greatest = std::min(one.greatest, whole.greatest - (sum.least - before.least));
      const bool others_end = endless == 0 || (endless == 1 && std::isinf(before.greatest));
      if (others_end) {
        const double others = sum.greatest - (std::isinf(before.greatest) ? 0.0 : before.greatest);
        one.least = std::max(one.least, whole.least - others);
      }
      sum.least += one.least - before.least;
      if (std::isinf(before.greatest) && !std::isinf(one.greatest)) {
        --endless;
        sum.greatest += one.greatest;
      } else if (!std::isinf(before.greatest)) {
        sum.greatest += one.greatest - before.greatest;
      }
    }
  }

  std::map<Key, Interval> known_;
  std::vector<Line> lines_;
};

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Columns of the catalogue that a test can afford: those of the last date.
std::vector<ColumnSpec> last_columns(const Publication& city) {
  std::vector<ColumnSpec> specs;
  for (const ColumnSpec& spec : city.catalogue()) {
    if (spec.date == city.edition(0).dates.back()) specs.push_back(spec);
  }
  return specs;
}

}  // namespace

TEST_CASE("publication: no hidden count can be worked out from the sums") {
  for (const std::string& date : cities().guarded.edition(0).dates) {
    const Secrets secrets = secrets_at(cities().guarded, date);
    const Attacker attacker(cities().guarded, date);
    std::size_t small_count = 0;
    for (DistrictIndex i = 0; i < cities().open.edition(0).districts.size(); ++i) {
      for (const study::GroupShare& truth : cities().open.shares(0, date, i)) {
        const Interval known = attacker.knows(truth.group, i);
        INFO(date << ", group " << truth.group << ", district " << i);
        CHECK(known.least <= truth.persons);
        CHECK(known.greatest >= truth.persons);
        if (truth.persons < 1.0 || truth.persons >= threshold) continue;
        ++small_count;
        CHECK(secrets.count({truth.group, i}) == 1);
        CHECK(known.greatest - known.least >= threshold - 1.0);
      }
    }
    CHECK(small_count > 0);
  }
}

TEST_CASE("publication: what is not shown is no number anywhere") {
  const Publication& city = cities().guarded;
  for (const ColumnSpec& spec : last_columns(city)) {
    const Column column = city.column(spec);
    for (std::size_t i = 0; i < column.states.size(); ++i) {
      if (column.states[i] == ValueState::shown) continue;
      INFO(spec.column << ' ' << spec.group << ", district " << i);
      CHECK_FALSE(is_defined(column.values[i]));
      CHECK((column.p_values.empty() || !is_defined(column.p_values[i])));
    }
  }
  for (DistrictIndex i = 0; i < city.edition(0).districts.size(); ++i) {
    for (const study::GroupShare& share : city.shares(0, city.edition(0).dates.back(), i)) {
      if (share.state == ValueState::shown) continue;
      CHECK_FALSE(is_defined(share.persons));
      CHECK_FALSE(is_defined(share.share));
    }
  }
  for (const study::PublishedRanking& ranking : city.rankings()) {
    for (const study::RankedItem& item : ranking.items) {
      for (std::size_t i = 0; i < item.states.size(); ++i) {
        if (item.states[i] == ValueState::shown) continue;
        CHECK_FALSE(is_defined(item.values[i]));
        if (item.states[i] != ValueState::suppressed) continue;
        CHECK_FALSE(is_defined(item.contributions[i]));
        CHECK_FALSE((item.ranked && is_defined(ranking.score[i])));
      }
    }
  }
}

TEST_CASE("publication: what is made from a hidden count is hidden with it") {
  const Publication& city = cities().guarded;
  const Secrets secrets = secrets_at(city, city.edition(0).dates.back());
  REQUIRE_FALSE(secrets.empty());
  std::size_t rates = 0;
  for (const ColumnSpec& spec : last_columns(city)) {
    if (spec.group.empty()) continue;
    const GroupIndex group = city.groups().find(spec.group);
    const Column column = city.column(spec);
    for (const auto& [hidden_group, district] : secrets) {
      if (hidden_group != group) continue;
      INFO(spec.column << ' ' << spec.group << ", district " << district);
      CHECK(column.states[district] == ValueState::suppressed);
      if (spec.kind == ColumnKind::indicator) ++rates;
    }
  }
  CHECK(rates > 0);
}

TEST_CASE("publication: mixes tell no more than the shown counts do") {
  const Publication& city = cities().guarded;
  const Secrets secrets = secrets_at(city, city.edition(0).dates.back());
  for (const ColumnSpec& spec : last_columns(city)) {
    if (spec.column != "entropy" && spec.column != "simpson_diversity") continue;
    const Column column = city.column(spec);
    const Column truth = cities().open.column(spec);
    for (DistrictIndex i = 0; i < column.values.size(); ++i) {
      const bool mixed = std::any_of(secrets.begin(), secrets.end(),
                                     [i](const auto& secret) { return secret.second == i; });
      INFO(spec.column << ", district " << i);
      if (!mixed) {
        CHECK(same(column.values[i], truth.values[i]));
      } else if (column.states[i] == ValueState::shown) {
        CHECK(std::abs(column.values[i] - truth.values[i]) <= 0.1);
        CHECK(std::abs(column.values[i] * 100.0 - std::round(column.values[i] * 100.0)) < 1e-9);
      }
    }
  }
}

TEST_CASE(
    "publication: indices of the city come from the full counts, to three decimals at least") {
  const auto& guarded = cities().guarded.indices();
  const auto& open = cities().open.indices();
  REQUIRE(guarded.size() == open.size());
  for (std::size_t r = 0; r < guarded.size(); ++r) {
    INFO(guarded[r].metric << ' ' << guarded[r].group << ' ' << guarded[r].date);
    CHECK(guarded[r].metric == open[r].metric);
    if (guarded[r].status == "suppressed") {
      CHECK(guarded[r].metric == "city_share");
      CHECK_FALSE(is_defined(guarded[r].value));
    } else {
      const bool whole = same(guarded[r].value, open[r].value);
      CHECK((whole || std::abs(guarded[r].value - open[r].value) <= 0.000501));
      if (guarded[r].family == "composition") CHECK(whole);
    }
  }
  for (std::size_t r = 0; r < cities().guarded.rankings().size(); ++r) {
    CHECK(cities().guarded.rankings()[r].rank == cities().open.rankings()[r].rank);
  }
}

TEST_CASE("publication: an index that reads a hidden count has three decimals") {
  const Publication& city = cities().guarded;
  const std::string& date = city.edition(0).dates.back();
  std::set<std::string> with_secrets;
  for (const auto& [group, district] : secrets_at(city, date)) {
    with_secrets.insert(city.groups().nodes[group].label);
  }
  std::size_t rounded = 0;
  for (const metrics::ResultRow& row : city.indices()) {
    if (row.date != date || row.metric != "isolation") continue;
    if (with_secrets.count(row.group) == 0) continue;
    CHECK(std::abs(row.value * 1000.0 - std::round(row.value * 1000.0)) < 1e-9);
    ++rounded;
  }
  CHECK(rounded == with_secrets.size());
}

TEST_CASE("publication: access over hidden counts is told to a step") {
  // It is worked out from what is shown, so that the step is how well it is known, not what hides
  // it.
  const std::string mark = "to the nearest ";
  const auto& guarded = cities().guarded.access();
  const auto& open = cities().open.access();
  REQUIRE(guarded.size() == open.size());
  std::size_t rounded = 0;
  std::size_t within_step = 0;
  std::size_t suppressed = 0;
  for (std::size_t r = 0; r < guarded.size(); ++r) {
    INFO(guarded[r].metric << ' ' << guarded[r].group << ' ' << guarded[r].service);
    if (guarded[r].status == "suppressed") {
      CHECK_FALSE(is_defined(guarded[r].value));
      ++suppressed;
      continue;
    }
    const std::size_t at = guarded[r].status.find(mark);
    if (at == std::string::npos) {
      CHECK((same(guarded[r].value, open[r].value) ||
             std::abs(guarded[r].value - open[r].value) <= 1e-9 * std::abs(open[r].value)));
      continue;
    }
    ++rounded;
    const double step = std::stod(guarded[r].status.substr(at + mark.size()));
    // How well a mean is known is tried, not proven: few are off by more than a step.
    CHECK(std::abs(guarded[r].value - open[r].value) <= 1.5 * step);
    if (std::abs(guarded[r].value - open[r].value) <= step) ++within_step;
    const double steps = guarded[r].value / step;
    CHECK(std::abs(steps - std::round(steps)) < 1e-6);
  }
  CHECK(rounded > 0);
  CHECK(static_cast<double>(within_step) >= 0.98 * static_cast<double>(rounded));
  CHECK(suppressed < guarded.size() / 20);
}

TEST_CASE("publication: places per head do not tell how few live in a district") {
  const test::ScratchFolder folder;
  Progress progress;
  study::write_sample_city(study::make_sample_city({.district_count = 40, .seed = 1}, progress),
                           folder.path(), progress);
  const std::filesystem::path file = folder.path() / "study.toml";
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  in.close();
  const auto with_threshold = [&](const std::string& threshold) {
    const std::string rule = "threshold = 5";
    std::string changed = text;
    changed.replace(changed.find(rule), rule.size(), "threshold = " + threshold);
    std::ofstream(file) << changed;
    return study::published(file, {}, progress);
  };
  const Publication open = with_threshold("0");
  const Publication city = with_threshold("900");
  const std::string& date = city.edition(0).dates.back();
  std::size_t hidden = 0;
  for (DistrictIndex i = 0; i < city.edition(0).districts.size(); ++i) {
    if (!is_defined(city.residents(0, date, i))) ++hidden;
  }
  REQUIRE(hidden > 0);
  std::size_t suppressed = 0;
  std::size_t shown = 0;
  for (const ColumnSpec& spec : last_columns(city)) {
    if (spec.column != "two_step_floating_catchment") continue;
    const Column column = city.column(spec);
    const Column truth = open.column(spec);
    for (std::size_t i = 0; i < column.values.size(); ++i) {
      if (column.states[i] == ValueState::suppressed) ++suppressed;
      if (column.states[i] != ValueState::shown) continue;
      ++shown;
      CHECK(std::abs(column.values[i] - truth.values[i]) <= 0.1 * truth.values[i]);
    }
  }
  CHECK(suppressed > 0);
  CHECK(shown > suppressed);
}
