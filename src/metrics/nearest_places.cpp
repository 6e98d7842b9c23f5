#include "metrics/nearest_places.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quartier::metrics {
namespace {

constexpr std::size_t leaf_size = 8;

double squared_distance(Point a, Point b) {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  return dx * dx + dy * dy;
}

}  // namespace

NearestPlaces::NearestPlaces(std::span<const Point> places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (std::isfinite(places[i].x) && std::isfinite(places[i].y)) {
      entries_.push_back({places[i], static_cast<std::uint32_t>(i)});
    }
  }
  struct Run {
    std::size_t begin, end;
    bool by_x;
  };
  std::vector<Run> runs{{0, entries_.size(), true}};
  while (!runs.empty()) {
    const Run run = runs.back();
    runs.pop_back();
    if (run.end - run.begin <= leaf_size) continue;
    const std::size_t middle = run.begin + (run.end - run.begin) / 2;
    const auto at = [&](std::size_t i) {
      return entries_.begin() + static_cast<std::ptrdiff_t>(i);
    };
    std::nth_element(at(run.begin), at(middle), at(run.end), [&](const Entry& a, const Entry& b) {
      return run.by_x ? a.at.x < b.at.x : a.at.y < b.at.y;
    });
    runs.push_back({run.begin, middle, !run.by_x});
    runs.push_back({middle + 1, run.end, !run.by_x});
  }
}

template <typename Visit, typename Limit>
void NearestPlaces::search(std::size_t begin, std::size_t end, bool by_x, Point from,
                           const Visit& visit, const Limit& limit) const {
  if (end - begin <= leaf_size) {
    for (std::size_t i = begin; i < end; ++i) visit(entries_[i]);
    return;
  }
  const std::size_t middle = begin + (end - begin) / 2;
  const Entry& split = entries_[middle];
  const double beyond = by_x ? from.x - split.at.x : from.y - split.at.y;
  visit(split);
  if (beyond < 0.0) {
    search(begin, middle, !by_x, from, visit, limit);
    if (beyond * beyond <= limit()) search(middle + 1, end, !by_x, from, visit, limit);
  } else {
    search(middle + 1, end, !by_x, from, visit, limit);
    if (beyond * beyond <= limit()) search(begin, middle, !by_x, from, visit, limit);
  }
}

void NearestPlaces::nearest(Point from, std::size_t count, std::vector<NearPlace>& found) const {
  found.clear();
  if (count == 0 || !std::isfinite(from.x) || !std::isfinite(from.y)) return;
  const auto limit = [&] {
    return found.size() < count ? std::numeric_limits<double>::infinity()
                                : found.front().squared_m2;
  };
  const auto visit = [&](const Entry& entry) {
    const NearPlace near{squared_distance(entry.at, from), entry.place};
    if (found.size() == count) {
      if (!(near < found.front())) return;
      std::pop_heap(found.begin(), found.end());
      found.pop_back();
    }
    found.push_back(near);
    std::push_heap(found.begin(), found.end());
  };
  search(0, entries_.size(), true, from, visit, limit);
  std::sort_heap(found.begin(), found.end());
}

void NearestPlaces::within(Point from, double limit_m2, std::vector<NearPlace>& found) const {
  found.clear();
  if (!std::isfinite(from.x) || !std::isfinite(from.y)) return;
  const auto visit = [&](const Entry& entry) {
    const NearPlace near{squared_distance(entry.at, from), entry.place};
    if (near.squared_m2 <= limit_m2) found.push_back(near);
  };
  search(0, entries_.size(), true, from, visit, [&] { return limit_m2; });
  std::sort(found.begin(), found.end());
}

}  // namespace quartier::metrics
