#include "disclosure/audit.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "disclosure/frame.h"

namespace quartier::disclosure {
namespace {

constexpr double without_limit = std::numeric_limits<double>::infinity();

/// One published sum: `total` = the sum of `parts`, as positions in the table of bounds.
struct Lines {
  std::vector<std::uint32_t> total;
  std::vector<std::size_t> start{0};
  std::vector<std::uint32_t> part;
  void close(std::size_t total_cell) {
    if (part.size() == start.back()) return;
    total.push_back(static_cast<std::uint32_t>(total_cell));
    start.push_back(part.size());
  }
  void add(std::size_t cell) { part.push_back(static_cast<std::uint32_t>(cell)); }
  [[nodiscard]] std::size_t size() const { return total.size(); }
};

/// Members of every sum over places: districts in parents and the city, and parents in the parents
/// that hold all of their districts.
Lines place_lines(const Frame& frame) {
  Lines lines;
  for (std::size_t place = frame.district_count(); place < frame.place_count(); ++place) {
    for (const std::uint32_t i : frame.members(place)) lines.add(i);
    lines.close(place);
  }
  for (std::size_t level = 0; level < frame.level_count(); ++level) {
    const std::size_t begin = frame.level_start()[level];
    const std::size_t end = frame.level_start()[level + 1];
    for (std::size_t place = begin; place < end; ++place) {
      if (!frame.members(place).empty()) lines.add(place);
    }
    for (std::size_t i = 0; i < frame.district_count(); ++i) {
      if (frame.parent_place(level, i) == no_index) lines.add(i);
    }
    lines.close(frame.city());
    for (std::size_t above = level + 1; above < frame.level_count(); ++above) {
      std::vector<std::vector<std::uint32_t>> within(frame.place_count());
      bool nested = true;
      for (std::size_t place = begin; place < end && nested; ++place) {
        if (frame.members(place).empty()) continue;
        const std::uint32_t holder = frame.parent_place(above, frame.members(place).front());
        for (const std::uint32_t i : frame.members(place)) {
          nested = nested && frame.parent_place(above, i) == holder;
        }
        if (nested && holder != no_index)
          within[holder].push_back(static_cast<std::uint32_t>(place));
      }
      for (std::size_t i = 0; i < frame.district_count(); ++i) {
        const std::uint32_t holder = frame.parent_place(above, i);
        if (frame.parent_place(level, i) == no_index && holder != no_index) {
          within[holder].push_back(static_cast<std::uint32_t>(i));
        }
      }
      if (!nested) continue;
      for (std::size_t holder = 0; holder < within.size(); ++holder) {
        for (const std::uint32_t place : within[holder]) lines.add(place);
        lines.close(holder);
      }
    }
  }
  return lines;
}

Lines group_lines(const Frame& frame) {
  Lines lines;
  for (std::size_t g = 0; g < frame.group_count(); ++g) {
    for (const GroupIndex child : frame.children(g)) lines.add(child);
    lines.close(g);
  }
  return lines;
}

/// What the attacker knows of each cell: [least, greatest], and whether it is hidden.
struct Bounds {
  std::vector<double> least;
  std::vector<double> greatest;
  std::vector<std::uint8_t> hidden;
};

/// Sums with the number of infinite terms apart, so that one term can be taken out again.
struct OpenSum {
  double finite = 0.0;
  std::size_t infinite = 0;
  void add(double term) {
    if (std::isinf(term)) {
      ++infinite;
    } else {
      finite += term;
    }
  }
  [[nodiscard]] double value() const { return infinite > 0 ? without_limit : finite; }
  [[nodiscard]] double less(double term) const {
    if (std::isinf(term)) return infinite > 1 ? without_limit : finite;
    return infinite > 0 ? without_limit : finite - term;
  }
};

class Attack {
 public:
  Attack(const Frame& frame, const Protection& protection) : frame_(frame) {
    const std::size_t cells = frame.group_count() * frame.place_count();
    bounds_.least.resize(cells);
    bounds_.greatest.resize(cells);
    bounds_.hidden.resize(cells);
    for (std::size_t g = 0; g < frame.group_count(); ++g) {
      for (std::size_t place = 0; place < frame.place_count(); ++place) {
        const std::size_t cell = g * frame.place_count() + place;
        const bool hidden = !may_show(protection.states[cell]);
        const double value = frame.value(g, place);
        bounds_.hidden[cell] = hidden ? 1 : 0;
        bounds_.least[cell] = hidden ? 0.0 : value;
        bounds_.greatest[cell] = hidden ? without_limit : value;
      }
    }
  }

  /// Calls visit(total cell, part cells) for every line of the table.
  template <typename Visit>
  void each_line(const Lines& places, const Lines& groups, const Visit& visit) const {
    std::vector<std::size_t> parts;
    const std::size_t stride = frame_.place_count();
    for (std::size_t l = 0; l < groups.size(); ++l) {
      for (std::size_t place = 0; place < stride; ++place) {
        parts.clear();
        for (std::size_t k = groups.start[l]; k < groups.start[l + 1]; ++k) {
          parts.push_back(groups.part[k] * stride + place);
        }
        visit(groups.total[l] * stride + place, parts);
      }
    }
    for (std::size_t g = 0; g < frame_.group_count(); ++g) {
      for (std::size_t l = 0; l < places.size(); ++l) {
        parts.clear();
        for (std::size_t k = places.start[l]; k < places.start[l + 1]; ++k) {
          parts.push_back(g * stride + places.part[k]);
        }
        visit(g * stride + places.total[l], parts);
      }
    }
  }

  /// Tightens the members of one line. @returns true where a bound moved
  bool tighten(std::size_t total, const std::vector<std::size_t>& parts) {
    OpenSum least;
    OpenSum greatest;
    bool open = bounds_.hidden[total] != 0;
    for (const std::size_t part : parts) {
      least.add(bounds_.least[part]);
      greatest.add(bounds_.greatest[part]);
      open = open || bounds_.hidden[part] != 0;
    }
    if (!open) return false;
    bool moved = narrow(total, least.value(), greatest.value());
    for (const std::size_t part : parts) {
      if (bounds_.hidden[part] == 0) continue;
      const double low = bounds_.least[total] - greatest.less(bounds_.greatest[part]);
      const double high = bounds_.greatest[total] - least.less(bounds_.least[part]);
      moved = narrow(part, low, high) || moved;
    }
    return moved;
  }

  [[nodiscard]] const Bounds& bounds() const { return bounds_; }

 private:
  bool narrow(std::size_t cell, double low, double high) {
    if (bounds_.hidden[cell] == 0) return false;
    // Less than this is rounding, not knowledge; it also ends sequences that only converge.
    constexpr double step = 1e-6;
    bool moved = false;
    if (low > bounds_.least[cell] + step) {
      bounds_.least[cell] = low;
      moved = true;
    }
    if (high < bounds_.greatest[cell] - step) {
      bounds_.greatest[cell] = high;
      moved = true;
    }
    return moved;
  }

  const Frame& frame_;
  Bounds bounds_;
};

}  // namespace

Audit audit(const CountTable& counts, const Groups& groups, std::span<const ParentLevel> levels,
            const Policy& policy, const Protection& protection, std::size_t most_rounds) {
  const Frame frame(counts, groups, levels);
  expects(protection.states.size() == frame.group_count() * frame.place_count(),
          "audit: the protection of this table");
  const Lines by_place = place_lines(frame);
  const Lines by_group = group_lines(frame);
  Attack attack(frame, protection);
  const auto matters = [&](std::size_t cell) {
    return protection.states[cell] != CellState::publisher ||
           frame.at_stake(cell / frame.place_count(), cell % frame.place_count());
  };
  Audit result;
  attack.each_line(by_place, by_group,
                   [&](std::size_t total, const std::vector<std::size_t>& parts) {
                     std::size_t hidden = 0;
                     std::size_t only = total;
                     const auto look = [&](std::size_t cell) {
                       if (attack.bounds().hidden[cell] == 0) return;
                       ++hidden;
                       only = cell;
                     };
                     look(total);
                     for (const std::size_t part : parts) look(part);
                     if (hidden == 1 && matters(only)) ++result.single_lines;
                   });
  bool moved = true;
  while (moved && result.rounds < most_rounds) {
    moved = false;
    ++result.rounds;
    attack.each_line(by_place, by_group,
                     [&](std::size_t total, const std::vector<std::size_t>& parts) {
                       moved = attack.tighten(total, parts) || moved;
                     });
  }
  constexpr double slack = 1e-6;
  for (std::size_t g = 0; g < frame.group_count(); ++g) {
    for (std::size_t place = 0; place < frame.place_count(); ++place) {
      const std::size_t cell = g * frame.place_count() + place;
      const CellState state = protection.states[cell];
      if (state != CellState::primary && state != CellState::publisher) continue;
      if (!matters(cell)) continue;
      const Exposure exposure{static_cast<GroupIndex>(g), place, state, attack.bounds().least[cell],
                              attack.bounds().greatest[cell]};
      if (state == CellState::primary || frame.value(g, place) > 0.0) {
        result.exposures.push_back(exposure);
        result.narrowest = std::min(result.narrowest, exposure.width());
        if (exposure.width() < policy.width() - slack) result.leaks.push_back(exposure);
      } else if (exposure.width() <= slack) {
        result.leaks.push_back(exposure);
      }
    }
  }
  return result;
}

}  // namespace quartier::disclosure
