#include "study/sample/parents.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <tuple>

#include "base/error.h"
#include "base/units.h"

namespace quartier::study::sample {
namespace {

constexpr double river_detour = 4.0;

class Halving {
 public:
  explicit Halving(const Neighbourhoods& neighbourhoods) : middle_(neighbourhoods.middle) {}

  /// Adds `parts` seeds, one from each part of `members` cut crosswise.
  void seed(std::span<std::uint32_t> members, std::size_t parts,
            std::vector<std::uint32_t>& seeds) {
    if (parts <= 1) {
      seeds.push_back(central(members));
      return;
    }
    const std::size_t first_parts = parts / 2;
    const std::size_t cut = members.size() * first_parts / parts;
    const bool along_u = wider_than_tall(members);
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
      const double x = along_u ? middle_[a].u : middle_[a].v;
      const double y = along_u ? middle_[b].u : middle_[b].v;
      return x < y || (x == y && a < b);
    };
    std::nth_element(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(cut),
                     members.end(), before);
    seed(members.first(cut), first_parts, seeds);
    seed(members.subspan(cut), parts - first_parts, seeds);
  }

 private:
  [[nodiscard]] bool wider_than_tall(std::span<const std::uint32_t> members) const {
    Box box;
    for (const std::uint32_t n : members) box.extend({middle_[n].u, middle_[n].v});
    return box.max_x - box.min_x > box.max_y - box.min_y;
  }

  /// The member nearest to the mean of all; the lowest position among ties.
  [[nodiscard]] std::uint32_t central(std::span<std::uint32_t> members) const {
    std::sort(members.begin(), members.end());
    PlanPoint sum;
    for (const std::uint32_t n : members) sum = sum + middle_[n];
    const PlanPoint mean = (1.0 / static_cast<double>(members.size())) * sum;
    std::uint32_t best = members.front();
    for (const std::uint32_t n : members) {
      if (length(middle_[n] - mean) < length(middle_[best] - mean)) best = n;
    }
    return best;
  }

  const std::vector<PlanPoint>& middle_;
};

/// Grows every seed along common boundaries within its part of `whole`.
Division grown(const Neighbourhoods& neighbourhoods, const Division& whole,
               std::span<const std::uint32_t> seeds) {
  using Entry = std::tuple<double, std::uint32_t, std::uint32_t>;  // cost, neighbourhood, part
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> front;
  for (std::uint32_t part = 0; part < seeds.size(); ++part) front.emplace(0.0, seeds[part], part);

  Division division;
  division.of_neighbourhood.assign(neighbourhoods.size(), no_index);
  division.count = static_cast<std::uint32_t>(seeds.size());
  while (!front.empty()) {
    const auto [cost, n, part] = front.top();
    front.pop();
    if (division.of_neighbourhood[n] != no_index) continue;
    division.of_neighbourhood[n] = part;
    for (const std::uint32_t other : neighbourhoods.neighbours_of(n)) {
      if (division.of_neighbourhood[other] != no_index ||
          whole.of_neighbourhood[other] != whole.of_neighbourhood[n]) {
        continue;
      }
      const bool across = neighbourhoods.north_bank[n] != neighbourhoods.north_bank[other];
      const double step = length(neighbourhoods.middle[n] - neighbourhoods.middle[other]);
      front.emplace(cost + step * (across ? river_detour : 1.0), other, part);
    }
  }
  return division;
}

}  // namespace

Division undivided(const Neighbourhoods& neighbourhoods) {
  return {std::vector<std::uint32_t>(neighbourhoods.size(), 0), 1};
}

Division divided(const Neighbourhoods& neighbourhoods, const Division& whole, double typical_size) {
  expects(typical_size >= 1.0, "divided: parts of at least one neighbourhood");
  std::vector<std::uint32_t> start(whole.count + 1, 0);
  for (const std::uint32_t part : whole.of_neighbourhood) ++start[part + 1];
  for (std::size_t part = 0; part < whole.count; ++part) start[part + 1] += start[part];
  std::vector<std::uint32_t> members(neighbourhoods.size());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (std::uint32_t n = 0; n < neighbourhoods.size(); ++n) {
    members[next[whole.of_neighbourhood[n]]++] = n;
  }

  Halving halving(neighbourhoods);
  std::vector<std::uint32_t> seeds;
  for (std::size_t part = 0; part < whole.count; ++part) {
    const auto own = std::span(members).subspan(start[part], start[part + 1] - start[part]);
    const double parts = std::round(static_cast<double>(own.size()) / typical_size);
    halving.seed(own, static_cast<std::size_t>(std::max(1.0, parts)), seeds);
  }
  Division division = grown(neighbourhoods, whole, seeds);
  expects(std::find(division.of_neighbourhood.begin(), division.of_neighbourhood.end(), no_index) ==
              division.of_neighbourhood.end(),
          "divided: every part of the whole is in one piece");
  return division;
}

}  // namespace quartier::study::sample
