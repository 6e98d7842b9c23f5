#include "network/nearest_search.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "base/parallel.h"
#include "network/bucket_queue.h"

namespace quartier::network {
namespace {

/// A cost and the source it comes from, compared in this order.
using Label = std::uint64_t;
constexpr Label no_label = std::numeric_limits<Label>::max();
Label label_of(std::uint64_t cost, std::uint32_t source) { return cost << 32U | source; }
std::uint32_t cost_of(Label label) { return static_cast<std::uint32_t>(label >> 32U); }
std::uint32_t source_of(Label label) { return static_cast<std::uint32_t>(label); }

/// A label that waits at a place.
struct Arrival {
  Label label = 0;
  std::uint32_t place = 0;
};

constexpr std::size_t part_size = 8192;

/// The search of one part of the graph: labels that arrive there are spread inside it; those that
/// leave it are listed.
class PartSearch {
 public:
  PartSearch(const SearchGraph& graph, std::span<Label> labels, std::size_t begin, std::size_t end)
      : graph_(graph), labels_(labels), begin_(begin), end_(end) {}

  void run(BucketQueue<Arrival>& queue, std::vector<Arrival>& arrivals,
           std::vector<Arrival>& leaving) {
    std::sort(arrivals.begin(), arrivals.end(),
              [](const Arrival& a, const Arrival& b) { return a.label < b.label; });
    std::size_t next = 0;
    while (next < arrivals.size() || !queue.empty()) {
      if (queue.empty()) queue.restart(cost_of(arrivals[next].label));
      for (; next < arrivals.size() &&
             queue.bucket_of(cost_of(arrivals[next].label)) == queue.current();
           ++next) {
        improve(queue, arrivals[next]);
      }
      Arrival one;
      while (queue.take(one)) {
        if (labels_[one.place] == one.label) spread(queue, one, leaving);
      }
      queue.advance();
    }
    arrivals.clear();
  }

 private:
  void improve(BucketQueue<Arrival>& queue, const Arrival& arrival) {
    if (arrival.label >= labels_[arrival.place]) return;
    labels_[arrival.place] = arrival.label;
    queue.push(cost_of(arrival.label), arrival);
  }
  void spread(BucketQueue<Arrival>& queue, const Arrival& from, std::vector<Arrival>& leaving) {
    const std::uint32_t rest = greatest_cost - cost_of(from.label);
    for (const StreetArc arc : graph_.arcs_at(from.place)) {
      if (arc.cost > rest) continue;
      const Arrival arrival{from.label + label_of(arc.cost, 0), arc.to};
      if (arc.to >= begin_ && arc.to < end_) {
        improve(queue, arrival);
      } else {
        leaving.push_back(arrival);
      }
    }
  }
  const SearchGraph& graph_;
  std::span<Label> labels_;
  std::size_t begin_, end_;
};

}  // namespace

NearestSites nearest_sources(const SearchGraph& graph, std::span<const SearchSource> sources) {
  const std::size_t n = graph.size();
  // Few sources flood the parts one after the other, and a part would be searched again and again.
  const std::size_t size =
      sources.size() * part_size < 4 * n ? std::max<std::size_t>(n, 1) : part_size;
  const std::size_t part_count = (n + size - 1) / size;
  std::vector<std::vector<Arrival>> arrivals(part_count);
  std::vector<std::vector<Arrival>> leaving(part_count);
  for (const SearchSource& source : sources) {
    const std::uint32_t place = graph.place_of(source.node);
    arrivals[place / size].push_back({label_of(source.cost, source.number), place});
  }
  const BucketPlan plan = BucketPlan::of(graph, greatest_cost);
  std::vector<Label> labels(n, no_label);
  bool moving = !sources.empty();
  while (moving) {
    for_chunks(part_count, 4, [&](std::size_t, std::size_t first, std::size_t last) {
      BucketQueue<Arrival> queue(plan);
      for (std::size_t part = first; part < last; ++part) {
        if (arrivals[part].empty()) continue;
        PartSearch search(graph, labels, part * size, (part + 1) * size);
        search.run(queue, arrivals[part], leaving[part]);
      }
    });
    moving = false;
    for (std::vector<Arrival>& messages : leaving) {
      for (const Arrival& message : messages) {
        if (message.label >= labels[message.place]) continue;
        arrivals[message.place / size].push_back(message);
        moving = true;
      }
      messages.clear();
    }
  }

  NearestSites nearest;
  nearest.cost.resize(n);
  nearest.site.resize(n);
  for_chunks(n, 16384, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t node = begin; node < end; ++node) {
      const Label label = labels[graph.place_of(node)];
      nearest.cost[node] = cost_of(label);
      nearest.site[node] = source_of(label);
    }
  });
  return nearest;
}

}  // namespace quartier::network
