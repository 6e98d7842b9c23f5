#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/environment_sweep.h"

namespace quartier::metrics {
namespace {

/// A district near the one in question.
struct Near {
  double square = 0.0;  // of the distance, m²; −1 for the district itself, which comes first
  std::uint32_t position = 0;
};

/// Finds the districts within a radius. Keeps its memory from district to district.
class Finder {
 public:
  explicit Finder(const CellOrder& order) : order_(order), radius_(2.0 * order.side) {}

  /// The districts nearest to that at `centre`, sorted by distance: at least until `limit` persons
  /// (or districts) are reached, with everyone who ties with the last.
  std::span<Near> nearest(std::size_t centre, bool people, double limit) {
    for (;;) {
      const std::size_t count = gather(centre);
      double reached = 0.0;
      const double inside = radius_ * radius_;
      for (std::size_t c = 0; c < count; ++c) {
        if (near_[c].square > inside) continue;
        reached += people ? order_.residents[near_[c].position] : 1.0;
      }
      if (reached >= limit || count == order_.size()) {
        const std::span<Near> found(near_.data(), count);
        std::sort(found.begin(), found.end(), [](const Near& a, const Near& b) {
          return a.square < b.square || (a.square == b.square && a.position < b.position);
        });
        return found;
      }
      const double growth = std::sqrt(1.3 * limit / std::max(reached, 1.0));
      radius_ *= std::clamp(growth, 1.15, 2.0);
    }
  }

  /// The next search starts a little beyond the distance that was needed.
  void needed(double square) {
    if (square > 0.0) radius_ = 1.1 * std::sqrt(square);
  }

 private:
  std::size_t gather(std::size_t centre);

  const CellOrder& order_;
  double radius_;
  std::vector<Near> near_;
};

/// Appends the districts of [first, last) within the square of a radius. @returns the new count
QUARTIER_HOT std::size_t gather_run(const double* xs, const double* ys, std::size_t first,
                                    std::size_t last, double x, double y, double within, Near* near,
                                    std::size_t count) {
  for (std::size_t j = first; j < last; ++j) {
    const double dx = xs[j] - x;
    const double dy = ys[j] - y;
    const double square = dx * dx + dy * dy;
    near[count] = {square, static_cast<std::uint32_t>(j)};
    count += square <= within ? 1U : 0U;
  }
  return count;
}

std::size_t Finder::gather(std::size_t centre) {
  const double x = order_.x[centre];
  const double y = order_.y[centre];
  const double reach = radius_ + 2.0 * same_distance_m;
  const std::size_t first_column = order_.column_of(x - reach);
  const std::size_t last_column = order_.column_of(x + reach);
  const std::size_t last_row = order_.row_of(y + reach);
  std::size_t count = 0;
  for (std::size_t r = order_.row_of(y - reach); r <= last_row; ++r) {
    const std::size_t cell = r * order_.columns;
    const std::size_t first = order_.start[cell + first_column];
    const std::size_t last = order_.start[cell + last_column + 1];
    if (near_.size() < count + (last - first)) near_.resize(2 * (count + (last - first)));
    count = gather_run(order_.x.data(), order_.y.data(), first, last, x, y, reach * reach,
                       near_.data(), count);
  }
  for (std::size_t c = 0; c < count; ++c) {
    if (near_[c].position == centre) near_[c].square = -1.0;
  }
  return count;
}

/// End of the ring that begins at `first`: districts at the same distance.
std::size_t ring_end(std::span<const Near> near, std::size_t first) {
  if (near[first].square < 0.0) return first + 1;
  const double reach = std::sqrt(near[first].square) + same_distance_m;
  std::size_t end = first + 1;
  while (end < near.size() && near[end].square <= reach * reach) ++end;
  return end;
}

/// What has been taken in so far around one district, and where it is handed out.
struct Intake {
  const CellOrder& order;
  bool people;
  std::span<const double> limits;
  std::vector<double> sums;
  double reached = 0.0;
  std::size_t scale = 0;

  void restart() {
    std::fill(sums.begin(), sums.end(), 0.0);
    reached = 0.0;
    scale = 0;
  }
  void take(std::size_t position) {
    const double* persons = order.counts_of(position);
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += persons[k];
    reached += people ? order.residents[position] : 1.0;
  }
  void hand_out(double* counts, std::size_t step) {
    for (; scale < limits.size() && reached >= limits[scale]; ++scale) {
      std::copy(sums.begin(), sums.end(), counts + scale * step);
    }
  }
};

void surround(Finder& finder, Intake& intake, std::size_t centre, TieRule ties, double* counts,
              std::size_t step) {
  const std::span<Near> near = finder.nearest(centre, intake.people, intake.limits.back());
  intake.restart();
  for (std::size_t first = 0; first < near.size() && intake.scale < intake.limits.size();) {
    const std::size_t end = ring_end(near, first);
    if (ties == TieRule::row_order && end - first > 1) {
      const DistrictIndex* district = intake.order.district.data();
      std::sort(near.begin() + first, near.begin() + end, [&](const Near& a, const Near& b) {
        return district[a.position] < district[b.position];
      });
    }
    for (std::size_t c = first; c < end; ++c) {
      intake.take(near[c].position);
      if (ties == TieRule::row_order) intake.hand_out(counts, step);
    }
    intake.hand_out(counts, step);
    finder.needed(near[first].square);
    first = end;
  }
}

}  // namespace

void sweep_nearest(const CellOrder& order, bool people, std::span<const double> limits,
                   TieRule ties, const SweepSink& sink) {
  expects(std::is_sorted(limits.begin(), limits.end()), "sweep_nearest: limits ascend");
  const std::size_t padded = order.groups_padded();
  std::vector<double> everybody(padded, 0.0);
  double most = people ? 0.0 : static_cast<double>(order.size());
  for (std::size_t p = 0; p < order.size(); ++p) {
    for (std::size_t k = 0; k < padded; ++k) everybody[k] += order.counts_of(p)[k];
    if (people) most += order.residents[p];
  }
  // Limits that take the whole city need no search.
  std::size_t searched = 0;
  while (searched < limits.size() && limits[searched] < most) ++searched;
  const auto fill = [&](std::size_t begin, std::size_t end, double* counts) {
    const std::size_t step = (end - begin) * padded;
    Finder finder(order);
    Intake intake{order, people, limits.first(searched), std::vector<double>(padded)};
    for (std::size_t i = begin; i < end; ++i) {
      double* own = counts + (i - begin) * padded;
      if (searched > 0) surround(finder, intake, i, ties, own, step);
      for (std::size_t s = searched; s < limits.size(); ++s) {
        std::copy(everybody.begin(), everybody.end(), own + s * step);
      }
    }
  };
  sweep_blocks(order, limits.size(), fill, sink);
}

}  // namespace quartier::metrics
