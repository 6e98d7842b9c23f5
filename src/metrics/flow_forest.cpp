#include "metrics/flow_forest.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace quartier::metrics {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

}  // namespace

void FlowForest::Bends::clear() {
  bends.clear();
  first = 0;
  shift = 0.0;
}

void FlowForest::Bends::push_front(Bend bend) {
  if (first > 0) {
    bends[--first] = bend;
  } else {
    bends.insert(bends.begin(), bend);
  }
}

void FlowForest::Bends::take(Bends& other) {
  if (other.bends.size() - other.first > bends.size() - first) std::swap(*this, other);
  const double by = other.shift - shift;
  for (std::size_t k = other.first; k < other.bends.size(); ++k) {
    Bend bend = other.bends[k];
    bend.at += by;
    auto place = bends.end();
    const auto begin = bends.begin() + static_cast<std::ptrdiff_t>(first);
    while (place != begin && (place - 1)->at > bend.at) --place;
    bends.insert(place, bend);
  }
  other.clear();
}

FlowForest::FlowForest(std::span<const double> people, std::span<const double> capacity,
                       double scale)
    : origin_count_(static_cast<std::uint32_t>(people.size())),
      scale_(scale),
      people_(people.begin(), people.end()),
      capacity_(capacity.begin(), capacity.end()) {
  const std::size_t count = people.size() + capacity.size();
  parent_.assign(count, no_index);
  whole_.assign(count, 0);
  flow_.assign(count, 0.0);
  mark_.assign(count, 0);
  bends_.resize(count);
  still_.assign(count, 0.0);
  offset_.assign(count, 0);
  root_.assign(count, 0);
  site_price_.assign(capacity.size(), 0.0);
  origin_price_.assign(people.size(), 0.0);
}

void FlowForest::hang(std::uint32_t v) {
  std::uint32_t below = no_index;
  std::uint32_t whole = 0;
  double flow = 0.0;
  while (v != no_index) {
    const std::uint32_t above = std::exchange(parent_[v], below);
    std::swap(whole_[v], whole);
    std::swap(flow_[v], flow);
    below = v;
    v = above;
  }
}

void FlowForest::add(std::uint32_t origin, std::uint32_t site, std::uint32_t whole, double flow) {
  const std::uint32_t i = origin;
  const std::uint32_t j = origin_count_ + site;
  if (parent_[i] == j || parent_[j] == i) {
    flow_[parent_[i] == j ? i : j] += flow;
    return;
  }
  ++stamp_;
  for (std::uint32_t v = i; v != no_index; v = parent_[v]) mark_[v] = stamp_;
  std::uint32_t apex = j;
  while (apex != no_index && mark_[apex] != stamp_) apex = parent_[apex];
  if (apex == no_index) {
    hang(j);
    parent_[j] = i;
    whole_[j] = whole;
    flow_[j] = flow;
    return;
  }
  // One more person on the new arc is one fewer on the next arc of the cycle, one more on the one
  // after: arcs of a site on its side, and of an origin on the other, lose.
  std::int64_t change = whole;
  for (std::uint32_t v = j; v != apex; v = parent_[v]) {
    change += is_origin(v) ? std::int64_t{whole_[v]} : -std::int64_t{whole_[v]};
  }
  for (std::uint32_t v = i; v != apex; v = parent_[v]) {
    change += is_origin(v) ? -std::int64_t{whole_[v]} : std::int64_t{whole_[v]};
  }
  const bool forwards = change < 0;
  if (!forwards && flow == 0.0) return;
  double least = forwards ? never : flow;
  std::uint32_t emptied = no_index;
  bool on_site_side = false;
  for (std::uint32_t v = j; v != apex; v = parent_[v]) {
    if (is_origin(v) != forwards && flow_[v] < least) {
      least = flow_[v];
      emptied = v;
      on_site_side = true;
    }
  }
  for (std::uint32_t v = i; v != apex; v = parent_[v]) {
    if (is_origin(v) == forwards && flow_[v] < least) {
      least = flow_[v];
      emptied = v;
      on_site_side = false;
    }
  }
  const double push = forwards ? least : -least;
  for (std::uint32_t v = j; v != apex; v = parent_[v]) flow_[v] += is_origin(v) ? push : -push;
  for (std::uint32_t v = i; v != apex; v = parent_[v]) flow_[v] += is_origin(v) ? -push : push;
  if (emptied == no_index) return;
  parent_[emptied] = no_index;
  const std::uint32_t child = on_site_side ? j : i;
  hang(child);
  parent_[child] = on_site_side ? i : j;
  whole_[child] = whole;
  flow_[child] = flow + push;
}

void FlowForest::order_nodes() {
  const std::size_t count = parent_.size();
  child_start_.assign(count + 1, 0);
  child_.resize(count);
  for (const std::uint32_t up : parent_) {
    if (up != no_index) ++child_start_[up + 1];
  }
  for (std::size_t v = 0; v < count; ++v) child_start_[v + 1] += child_start_[v];
  std::vector<std::uint32_t>& next = order_;
  next.assign(child_start_.begin(), child_start_.end() - 1);
  for (std::uint32_t v = 0; v < count; ++v) {
    if (parent_[v] != no_index) child_[next[parent_[v]]++] = v;
  }
  order_.clear();
  for (std::uint32_t v = 0; v < count; ++v) {
    if (parent_[v] == no_index) order_.push_back(v);
  }
  for (std::size_t k = 0; k < order_.size(); ++k) {
    const std::uint32_t v = order_[k];
    for (std::uint32_t c = child_start_[v]; c < child_start_[v + 1]; ++c) {
      order_.push_back(child_[c]);
    }
  }
}

// The people G(u) that a site takes from its parent at price u: K u less what the origins below
// send up. It grows with u; where it is 0 the arc to the parent is empty.
void FlowForest::close_site(std::uint32_t v) {
  Bends& list = bends_[v];
  const double capacity = capacity_[v - origin_count_];
  double slope = capacity;
  double height = -below_[v];
  while (!list.empty()) {
    const Bend bend = list.bends[list.first];
    const double at = bend.at + list.shift;
    if (slope * at + height >= 0.0) break;
    ++list.first;
    slope += bend.slope;
    height -= bend.slope * at;
  }
  still_[v] = -height / slope;
  const std::uint32_t up = parent_[v];
  if (up == no_index) {
    list.clear();
    return;
  }
  list.push_front({still_[v] - list.shift, slope});
  const double travel = scale_ * whole_[v];
  list.shift += travel;
  slope_[up] += capacity;
  height_[up] += height_[v] - capacity * travel;
  bends_[up].take(list);
}

// The people H(p) that an origin sends to the sites below when its people pay p, up to all of its
// people; the others go up.
void FlowForest::close_origin(std::uint32_t v) {
  const double people = people_[v];
  const std::uint32_t up = parent_[v];
  Bends& list = bends_[v];
  if (list.empty()) {
    still_[v] = never;
    if (up != no_index) {
      below_[up] += people;
      height_[up] -= people;
    }
    return;
  }
  double slope = slope_[v];
  double height = height_[v];
  while (list.bends.size() > list.first + 1) {
    const Bend bend = list.bends.back();
    const double at = bend.at + list.shift;
    if (slope * at + height <= people) break;
    list.bends.pop_back();
    slope -= bend.slope;
    height += bend.slope * at;
  }
  still_[v] = (people - height) / slope;
  if (up == no_index) {
    list.clear();
    return;
  }
  list.bends.push_back({still_[v] - list.shift, -slope});
  list.shift -= scale_ * whole_[v];
  below_[up] += people;
  bends_[up].take(list);
}

void FlowForest::cut_empty_arcs() {
  for (const std::uint32_t v : order_) {
    const std::uint32_t up = parent_[v];
    if (up == no_index) continue;
    const double travel = scale_ * whole_[v];
    const double offered = is_origin(v) ? still_[up] + travel : still_[up] - travel;
    const bool empty = is_origin(v) ? offered >= still_[v] : offered <= still_[v];
    if (empty) {
      parent_[v] = no_index;
    } else {
      still_[v] = offered;
    }
  }
}

// In a tree all prices are one base and whole units of travel, and the loads are all its people.
void FlowForest::set_prices() {
  sum_.assign(parent_.size(), {});
  tree_capacity_.assign(parent_.size(), 0.0);
  for (const std::uint32_t v : order_) {
    const std::uint32_t up = parent_[v];
    root_[v] = up == no_index ? v : root_[up];
    const std::int64_t step = is_origin(v) ? std::int64_t{whole_[v]} : -std::int64_t{whole_[v]};
    offset_[v] = up == no_index ? 0 : offset_[up] + step;
    if (is_origin(v)) {
      sum_[root_[v]].add(people_[v]);
    } else {
      const double capacity = capacity_[v - origin_count_];
      tree_capacity_[root_[v]] += capacity;
      sum_[root_[v]].add(-capacity * (scale_ * static_cast<double>(offset_[v])));
    }
  }
  for (const std::uint32_t v : order_) {
    const std::uint32_t root = root_[v];
    const double price = tree_capacity_[root] > 0.0 ? sum_[root].value() / tree_capacity_[root] +
                                                          scale_ * static_cast<double>(offset_[v])
                                                    : 0.0;
    if (is_origin(v)) {
      origin_price_[v] = price;
    } else {
      site_price_[v - origin_count_] = price;
    }
  }
}

void FlowForest::set_flows() {
  // what is left for the arc to the parent, from the leaves up
  std::vector<double>& left = still_;
  for (const std::uint32_t v : order_) {
    left[v] =
        is_origin(v) ? people_[v] : capacity_[v - origin_count_] * site_price_[v - origin_count_];
  }
  for (std::size_t k = order_.size(); k-- > 0;) {
    const std::uint32_t v = order_[k];
    const std::uint32_t up = parent_[v];
    if (up == no_index) continue;
    flow_[v] = std::max(0.0, left[v]);
    left[up] -= flow_[v];
  }
}

void FlowForest::solve() {
  order_nodes();
  slope_.assign(parent_.size(), 0.0);
  height_.assign(parent_.size(), 0.0);
  below_.assign(parent_.size(), 0.0);
  for (std::size_t k = order_.size(); k-- > 0;) {
    const std::uint32_t v = order_[k];
    if (is_origin(v)) {
      close_origin(v);
    } else {
      close_site(v);
    }
  }
  cut_empty_arcs();
  set_prices();
  set_flows();
}

}  // namespace quartier::metrics
