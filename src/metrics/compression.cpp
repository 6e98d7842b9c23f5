#include "metrics/compression.h"

#include <algorithm>
#include <cmath>
#include <queue>
#include <string>
#include <tuple>

#include "base/error.h"
#include "base/parallel.h"
#include "metrics/evenness.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Areas in the making: counts row by row, so that a merge touches two rows.
class Areas {
 public:
  explicit Areas(GroupColumns groups)
      : group_count_(groups.size()),
        counts_(groups.size() * metrics::district_count(groups)),
        alive_(metrics::district_count(groups), 1) {
    for (std::size_t k = 0; k < groups.size(); ++k) {
      for (std::size_t i = 0; i < groups[k].size(); ++i) {
        counts_[i * group_count_ + k] = groups[k][i];
      }
    }
    everyone_ = total_of(counts_);
  }

  [[nodiscard]] std::size_t size() const { return alive_.size(); }
  [[nodiscard]] bool alive(std::size_t area) const { return alive_[area] != 0; }
  [[nodiscard]] bool anyone() const { return everyone_ > 0.0; }
  [[nodiscard]] std::span<const double> row(std::size_t area) const {
    return {counts_.data() + area * group_count_, group_count_};
  }
  [[nodiscard]] double loss(std::size_t a, std::size_t b) const {
    return merging_loss(row(std::min(a, b)), row(std::max(a, b)), everyone_);
  }
  void merge(std::size_t kept, std::size_t absorbed) {
    for (std::size_t k = 0; k < group_count_; ++k) {
      counts_[kept * group_count_ + k] += counts_[absorbed * group_count_ + k];
    }
    alive_[absorbed] = 0;
  }

 private:
  std::size_t group_count_;
  std::vector<double> counts_;
  std::vector<std::uint8_t> alive_;
  double everyone_ = 0.0;
};

/// A possible merge, and how often both areas had changed when it was weighed.
struct Candidate {
  double loss;
  DistrictIndex a;  ///< < b
  DistrictIndex b;
  std::uint32_t version_a;
  std::uint32_t version_b;
};

/// The heap's top is the smallest.
struct Later {
  bool operator()(const Candidate& x, const Candidate& y) const {
    return std::tie(x.loss, x.a, x.b) > std::tie(y.loss, y.a, y.b);
  }
};

/// The area that a district belongs to by now.
DistrictIndex found(std::vector<DistrictIndex>& belongs, DistrictIndex area) {
  while (belongs[area] != area) {
    belongs[area] = belongs[belongs[area]];
    area = belongs[area];
  }
  return area;
}

void record(Compression& made, CompensatedSum& lost, std::size_t a, std::size_t b, double loss) {
  lost.add(loss);
  const double left = std::max(0.0, made.mutual_information - lost.value());
  made.steps.push_back({static_cast<DistrictIndex>(a), static_cast<DistrictIndex>(b), loss, left});
}

Compression nothing_merged(GroupColumns groups) {
  Compression made;
  made.mutual_information = mutual_information(groups);
  made.district_count = metrics::district_count(groups);
  return made;
}

/// The pairs of a contiguity graph, each once, weighed.
std::vector<Candidate> weighed_links(const Areas& areas, const Contiguity& contiguity) {
  std::vector<Candidate> links;
  for (std::size_t i = 0; i < contiguity.size(); ++i) {
    for (std::uint32_t e = contiguity.start[i]; e < contiguity.start[i + 1]; ++e) {
      const DistrictIndex j = contiguity.neighbour[e];
      expects(j < areas.size(), "compress_neighbours: neighbours among the districts");
      if (i < j) links.push_back({0.0, static_cast<DistrictIndex>(i), j, 0, 0});
    }
  }
  for_chunks(links.size(), sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t e = begin; e < end; ++e) links[e].loss = areas.loss(links[e].a, links[e].b);
  });
  return links;
}

/// The partner with the smallest loss, the lowest of equals; `no_index` where there is none.
struct Nearest {
  DistrictIndex partner = no_index;
  double loss = unreachable;
};

Nearest nearest_of(const Areas& areas, std::size_t a) {
  Nearest best;
  for (std::size_t b = 0; b < areas.size(); ++b) {
    if (b == a || !areas.alive(b)) continue;
    const double loss = areas.loss(a, b);
    if (loss < best.loss) best = {static_cast<DistrictIndex>(b), loss};
  }
  return best;
}

constexpr std::size_t search_grain = 64;

}  // namespace

double merging_loss(std::span<const double> a, std::span<const double> b, double everyone) {
  expects(a.size() == b.size(), "merging_loss: the same groups twice");
  if (everyone <= 0.0) return undefined;
  double persons_a = 0.0;
  double persons_b = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    persons_a += a[k];
    persons_b += b[k];
  }
  if (persons_a <= 0.0 || persons_b <= 0.0) return 0.0;
  const double persons = persons_a + persons_b;
  double loss = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const double share = (a[k] + b[k]) / persons;
    loss += persons_a * relative_information(a[k] / persons_a, share) +
            persons_b * relative_information(b[k] / persons_b, share);
  }
  return std::max(0.0, loss / everyone);
}

Compression compress_neighbours(GroupColumns groups, const Contiguity& contiguity) {
  Compression made = nothing_merged(groups);
  expects(contiguity.size() == made.district_count,
          "compress_neighbours: the contiguity of these districts");
  Areas areas(groups);
  if (!areas.anyone()) return made;
  std::vector<std::vector<DistrictIndex>> neighbours(areas.size());
  std::vector<DistrictIndex> belongs(areas.size());
  for (std::size_t i = 0; i < areas.size(); ++i) {
    belongs[i] = static_cast<DistrictIndex>(i);
    neighbours[i].assign(contiguity.neighbour.begin() + contiguity.start[i],
                         contiguity.neighbour.begin() + contiguity.start[i + 1]);
  }
  std::vector<std::uint32_t> version(areas.size(), 0);
  std::priority_queue<Candidate, std::vector<Candidate>, Later> heap(
      Later{}, weighed_links(areas, contiguity));
  CompensatedSum lost;
  while (!heap.empty()) {
    const Candidate best = heap.top();
    heap.pop();
    if (!areas.alive(best.a) || !areas.alive(best.b)) continue;
    if (version[best.a] != best.version_a || version[best.b] != best.version_b) continue;
    areas.merge(best.a, best.b);
    belongs[best.b] = best.a;
    ++version[best.a];
    record(made, lost, best.a, best.b, best.loss);

    // The lists of others still name the absorbed area; they are read through `found`.
    std::vector<DistrictIndex>& touching = neighbours[best.a];
    touching.insert(touching.end(), neighbours[best.b].begin(), neighbours[best.b].end());
    std::vector<DistrictIndex>().swap(neighbours[best.b]);
    for (DistrictIndex& area : touching) area = found(belongs, area);
    std::sort(touching.begin(), touching.end());
    touching.erase(std::unique(touching.begin(), touching.end()), touching.end());
    touching.erase(std::remove(touching.begin(), touching.end(), best.a), touching.end());
    for (const DistrictIndex other : touching) {
      const DistrictIndex a = std::min(best.a, other);
      const DistrictIndex b = std::max(best.a, other);
      heap.push({areas.loss(a, b), a, b, version[a], version[b]});
    }
  }
  return made;
}

Compression compress_any(GroupColumns groups) {
  Compression made = nothing_merged(groups);
  const std::size_t n = made.district_count;
  if (n > compress_any_limit) {
    throw Error("merging any two of " + std::to_string(n) + " districts takes too long (limit " +
                    std::to_string(compress_any_limit) + ")",
                "merge neighbours only");
  }
  Areas areas(groups);
  if (!areas.anyone()) return made;
  std::vector<Nearest> nearest(n);
  const auto for_areas = [&](const auto& body) {
    for_chunks(n, search_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        if (areas.alive(i)) body(i);
      }
    });
  };
  for_areas([&](std::size_t i) { nearest[i] = nearest_of(areas, i); });
  CompensatedSum lost;
  for (std::size_t merges = 0; merges + 1 < n; ++merges) {
    std::size_t first = n;
    for (std::size_t i = 0; i < n; ++i) {
      if (areas.alive(i) && (first == n || nearest[i].loss < nearest[first].loss)) first = i;
    }
    const std::size_t kept = std::min<std::size_t>(first, nearest[first].partner);
    const std::size_t absorbed = std::max<std::size_t>(first, nearest[first].partner);
    record(made, lost, kept, absorbed, nearest[first].loss);
    areas.merge(kept, absorbed);
    for_areas([&](std::size_t i) {
      if (i == kept || nearest[i].partner == kept || nearest[i].partner == absorbed) {
        nearest[i] = nearest_of(areas, i);
        return;
      }
      const double loss = areas.loss(i, kept);
      if (loss < nearest[i].loss || (loss == nearest[i].loss && kept < nearest[i].partner)) {
        nearest[i] = {static_cast<DistrictIndex>(kept), loss};
      }
    });
  }
  return made;
}

std::vector<std::uint32_t> areas_after(const Compression& compression, std::size_t merges) {
  expects(merges <= compression.steps.size(), "areas_after: no more merges than there are steps");
  std::vector<DistrictIndex> belongs(compression.district_count);
  for (std::size_t i = 0; i < belongs.size(); ++i) belongs[i] = static_cast<DistrictIndex>(i);
  for (std::size_t s = 0; s < merges; ++s) {
    belongs[compression.steps[s].absorbed] = compression.steps[s].kept;
  }
  std::vector<std::uint32_t> areas(belongs.size());
  std::uint32_t count = 0;
  // An area goes by its first district, which comes before all others of it.
  for (std::size_t i = 0; i < belongs.size(); ++i) {
    const DistrictIndex area = found(belongs, static_cast<DistrictIndex>(i));
    areas[i] = area == i ? count++ : areas[area];
  }
  return areas;
}

std::vector<double> share_kept(const Compression& compression) {
  const double all = compression.mutual_information;
  std::vector<double> shares{all > 0.0 ? 1.0 : undefined};
  for (const MergeStep& step : compression.steps) {
    shares.push_back(all > 0.0 ? step.left / all : undefined);
  }
  return shares;
}

std::size_t merges_keeping(const Compression& compression, double share) {
  const double least = share * compression.mutual_information;
  std::size_t merges = 0;
  while (merges < compression.steps.size() && compression.steps[merges].left >= least) ++merges;
  return merges;
}

}  // namespace quartier::metrics
