#include "metrics/compression.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>
#include <string>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "metrics/evenness.h"
#include "metrics/lanes.h"
#include "metrics/logarithm.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Σ_k a_k ln(p_ak / p_k) + b_k ln(p_bk / p_k), p the composition of both together. Terms are
/// added lane by lane, so that they are made in vectors and every version gives the same bits.
/// Equal compositions give exactly 0: the quotients are the same number before they are rounded.
QUARTIER_HOT double divergence(const double* a, const double* b, std::size_t group_count,
                               double persons_a, double persons_b) {
  const double persons = persons_a + persons_b;
  Lanes sum;
  std::array<double, lane_count> x{};
  std::array<double, lane_count> y{};
  for (std::size_t from = 0; from < group_count; from += lane_count) {
    const std::size_t count = std::min(lane_count, group_count - from);
    for (std::size_t l = 0; l < lane_count; ++l) {
      x[l] = l < count ? a[from + l] : 0.0;
      y[l] = l < count ? b[from + l] : 0.0;
    }
    for (std::size_t l = 0; l < lane_count; ++l) {
      const double both = (x[l] + y[l]) / persons;
      const double base = both > 0.0 ? both : 1.0;
      sum.sum[l] +=
          x[l] * logarithm(x[l] / persons_a / base) + y[l] * logarithm(y[l] / persons_b / base);
    }
  }
  return sum.value();
}

/// Areas in the making: counts row by row, so that a merge touches two rows.
class Areas {
 public:
  explicit Areas(GroupColumns groups)
      : group_count_(groups.size()),
        counts_(groups.size() * metrics::district_count(groups)),
        persons_(metrics::district_count(groups), 0.0),
        alive_(metrics::district_count(groups), 1) {
    for (std::size_t k = 0; k < groups.size(); ++k) {
      for (std::size_t i = 0; i < groups[k].size(); ++i) {
        counts_[i * group_count_ + k] = groups[k][i];
      }
    }
    for (std::size_t i = 0; i < alive_.size(); ++i) {
      for (const double persons : row(i)) persons_[i] += persons;
    }
    everyone_ = total_of(persons_);
  }

  [[nodiscard]] std::size_t size() const { return alive_.size(); }
  [[nodiscard]] bool alive(std::size_t area) const { return alive_[area] != 0; }
  [[nodiscard]] bool anyone() const { return everyone_ > 0.0; }
  [[nodiscard]] double persons(std::size_t area) const { return persons_[area]; }
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
    persons_[kept] += persons_[absorbed];
    alive_[absorbed] = 0;
  }

 private:
  std::size_t group_count_;
  std::vector<double> counts_;
  std::vector<double> persons_;
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

/// Each pair is looked after by the smaller of the two areas. Were it the one that comes first, a
/// small area, which costs little to merge with anyone, would be the nearest of nearly all, and its
/// end would make them all search again.
bool looks_after(const Areas& areas, std::size_t a, std::size_t b) {
  return std::pair(areas.persons(a), a) < std::pair(areas.persons(b), b);
}

Nearest nearest_of(const Areas& areas, std::size_t a) {
  Nearest best;
  for (std::size_t b = 0; b < areas.size(); ++b) {
    if (!areas.alive(b) || !looks_after(areas, a, b)) continue;
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
  return std::max(0.0, divergence(a.data(), b.data(), a.size(), persons_a, persons_b) / everyone);
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
    Candidate best{unreachable, no_index, no_index, 0, 0};
    for (std::size_t i = 0; i < n; ++i) {
      if (!areas.alive(i) || nearest[i].partner == no_index) continue;
      const auto [a, b] = std::minmax({static_cast<DistrictIndex>(i), nearest[i].partner});
      const Candidate open{nearest[i].loss, a, b, 0, 0};
      if (Later{}(best, open)) best = open;
    }
    record(made, lost, best.a, best.b, best.loss);
    areas.merge(best.a, best.b);
    for_areas([&](std::size_t i) {
      const DistrictIndex partner = nearest[i].partner;
      if (i == best.a || partner == best.a || partner == best.b) {
        nearest[i] = nearest_of(areas, i);
        return;
      }
      if (!looks_after(areas, i, best.a)) return;
      const double loss = areas.loss(i, best.a);
      if (loss < nearest[i].loss || (loss == nearest[i].loss && best.a < partner)) {
        nearest[i] = {best.a, loss};
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
