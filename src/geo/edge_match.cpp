#include "geo/edge_match.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <span>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "geo/polygon_edit.h"

namespace quartier::geo {
namespace {

constexpr std::size_t districts_a_chunk = 1024;
constexpr std::size_t entries_a_bucket = 16'384;
constexpr std::size_t most_corner_pairs = 100'000'000;

std::uint64_t hash_of(Point p) {
  // Adding 0 makes -0 and 0 the same.
  const auto x = std::bit_cast<std::uint64_t>(p.x + 0.0);
  const auto y = std::bit_cast<std::uint64_t>(p.y + 0.0);
  std::uint64_t h = x * 0x9E3779B97F4A7C15ULL;
  h = (h ^ (h >> 32U)) + y;
  h *= 0xBF58476D1CE4E5B9ULL;
  return h ^ (h >> 29U);
}

struct Entry {
  std::uint32_t key = 0;  ///< more of the hash, to compare before the coordinates
  std::uint32_t vertex = 0;
  std::uint32_t next = 0;  ///< the vertex after it in its ring
  DistrictIndex district = 0;
};

/// Entries grouped by hash so that equal things lie in the same bucket, in district order.
struct Buckets {
  std::vector<Entry> entries;
  std::vector<std::size_t> start;  ///< [bucket count + 1]
  [[nodiscard]] std::span<const Entry> bucket(std::size_t b) const {
    return std::span(entries).subspan(start[b], start[b + 1] - start[b]);
  }
  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
};

/// Calls each(district, previous, vertex, next) for the vertices of the rings of districts [begin,
/// end).
template <typename Each>
void for_corners(const Polygons& shapes, std::size_t begin, std::size_t end, const Each& each) {
  for (std::size_t i = begin; i < end; ++i) {
    for (std::uint32_t r = first_ring(shapes, i); r < last_ring(shapes, i); ++r) {
      const std::uint32_t first = shapes.ring_start[r];
      const std::uint32_t last = shapes.ring_start[r + 1];
      std::uint32_t previous = last - 1;
      for (std::uint32_t v = first; v < last; ++v) {
        each(static_cast<DistrictIndex>(i), previous, v, v + 1 == last ? first : v + 1);
        previous = v;
      }
    }
  }
}

/// Fills buckets with what `produce(begin, end, emit)` emits for the districts [begin, end), by
/// `emit(hash, vertex, next, district)`.
template <typename Produce>
Buckets bucketed(std::size_t district_count, std::size_t expected, const Produce& produce) {
  unsigned bits = 0;
  while ((expected >> bits) > entries_a_bucket && bits < 14) ++bits;
  const std::size_t bucket_count = std::size_t{1} << bits;
  const auto bucket_of = [&](std::uint64_t hash) {
    return bits == 0 ? std::size_t{0} : static_cast<std::size_t>(hash >> (64U - bits));
  };
  const std::size_t chunk_count = (district_count + districts_a_chunk - 1) / districts_a_chunk;
  std::vector<std::vector<std::size_t>> place(chunk_count);
  for_chunks(district_count, districts_a_chunk,
             [&](std::size_t chunk, std::size_t begin, std::size_t end) {
               std::vector<std::size_t>& counts = place[chunk];
               counts.assign(bucket_count, 0);
               produce(begin, end,
                       [&](std::uint64_t hash, std::uint32_t, std::uint32_t, DistrictIndex) {
                         ++counts[bucket_of(hash)];
                       });
             });
  Buckets buckets;
  buckets.start.push_back(0);
  std::size_t total = 0;
  for (std::size_t b = 0; b < bucket_count; ++b) {
    for (std::vector<std::size_t>& counts : place) {
      const std::size_t here = counts[b];
      counts[b] = total;
      total += here;
    }
    buckets.start.push_back(total);
  }
  buckets.entries.resize(total);
  for_chunks(district_count, districts_a_chunk,
             [&](std::size_t chunk, std::size_t begin, std::size_t end) {
               std::vector<std::size_t>& next = place[chunk];
               produce(begin, end,
                       [&](std::uint64_t hash, std::uint32_t vertex, std::uint32_t after,
                           DistrictIndex district) {
                         buckets.entries[next[bucket_of(hash)]++] = {
                             static_cast<std::uint32_t>(hash), vertex, after, district};
                       });
             });
  return buckets;
}

/// Groups of equal entries of one bucket: calls group(span of positions in the bucket) for each
/// group of two or more, in the order of their first entries.
class Grouper {
 public:
  template <typename Equal, typename Group>
  void run(std::span<const Entry> entries, const Equal& equal, const Group& group) {
    const std::size_t slots = std::bit_ceil(2 * entries.size() + 1);
    table_.assign(slots, none);
    next_.assign(entries.size(), none);
    last_.assign(entries.size(), none);
    for (std::size_t e = 0; e < entries.size(); ++e) {
      const std::uint32_t spread = entries[e].key * 0x9E3779B1U;
      std::size_t slot = spread & (slots - 1);
      while (table_[slot] != none && !(entries[table_[slot]].key == entries[e].key &&
                                       equal(entries[table_[slot]], entries[e]))) {
        slot = (slot + 1) & (slots - 1);
      }
      const auto position = static_cast<std::uint32_t>(e);
      if (table_[slot] == none) {
        table_[slot] = position;
      } else {
        const std::uint32_t head = table_[slot];
        next_[last_[head] == none ? head : last_[head]] = position;
        last_[head] = position;
      }
    }
    for (std::size_t e = 0; e < entries.size(); ++e) {
      if (last_[e] == none) continue;
      members_.clear();
      for (auto k = static_cast<std::uint32_t>(e); k != none; k = next_[k]) members_.push_back(k);
      group(std::span<const std::uint32_t>(members_));
    }
  }

 private:
  static constexpr std::uint32_t none = no_index;
  std::vector<std::uint32_t> table_, next_, last_, members_;
};

/// Sets `partner` of the edges that exactly two districts have, from either side.
void match_edges(const Polygons& shapes, std::vector<DistrictIndex>& partner) {
  const std::vector<Point>& at = shapes.vertices;
  const Buckets edges = bucketed(
      shapes.district_count(), at.size(),
      [&](std::size_t begin, std::size_t end, const auto& emit) {
        for_corners(shapes, begin, end,
                    [&](DistrictIndex i, std::uint32_t, std::uint32_t v, std::uint32_t next) {
                      emit(mix64(hash_of(at[v]) + hash_of(at[next])), v, next, i);
                    });
      });
  for_chunks(edges.size(), 1, [&](std::size_t b, std::size_t, std::size_t) {
    const std::span<const Entry> bucket = edges.bucket(b);
    const auto equal = [&](const Entry& e, const Entry& f) {
      return (at[e.vertex] == at[f.next] && at[e.next] == at[f.vertex]) ||
             (at[e.vertex] == at[f.vertex] && at[e.next] == at[f.next]);
    };
    Grouper grouper;
    grouper.run(bucket, equal, [&](std::span<const std::uint32_t> group) {
      if (group.size() != 2) return;
      const Entry& e = bucket[group[0]];
      const Entry& f = bucket[group[1]];
      if (e.district == f.district || at[e.vertex] == at[f.vertex]) return;
      partner[e.vertex] = f.district;
      partner[f.vertex] = e.district;
    });
  });
}

/// Places at which a district touches itself: two of its rings have the vertex. Districts on either
/// side of it meet there, though every edge has its partner.
class Pinches {
 public:
  explicit Pinches(const Polygons& shapes) {
    std::vector<std::vector<Point>> found((shapes.district_count() + districts_a_chunk - 1) /
                                          districts_a_chunk);
    for_chunks(shapes.district_count(), districts_a_chunk,
               [&](std::size_t chunk, std::size_t begin, std::size_t end) {
                 std::vector<Point> own;
                 for (std::size_t i = begin; i < end; ++i) {
                   // A valid ring passes no place twice.
                   if (last_ring(shapes, i) - first_ring(shapes, i) < 2) continue;
                   const std::span<const Point> all = vertices_of(shapes, i);
                   own.assign(all.begin(), all.end());
                   std::sort(own.begin(), own.end(), before);
                   for (std::size_t k = 1; k < own.size(); ++k) {
                     if (own[k - 1] == own[k]) found[chunk].push_back(own[k]);
                   }
                 }
               });
    for (const std::vector<Point>& part : found) {
      places_.insert(places_.end(), part.begin(), part.end());
    }
    std::sort(places_.begin(), places_.end(), before);
    if (!places_.empty()) marks_.assign(std::bit_ceil(8 * places_.size()), false);
    for (const Point p : places_) marks_[hash_of(p) & (marks_.size() - 1)] = true;
  }
  [[nodiscard]] bool at(Point p) const {
    return !places_.empty() && marks_[hash_of(p) & (marks_.size() - 1)] &&
           std::binary_search(places_.begin(), places_.end(), p, before);
  }

 private:
  std::vector<Point> places_;
  std::vector<bool> marks_;  ///< by hash, so that most vertices are passed over at once

  static bool before(Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; }
};

/// Pairs of districts with a common vertex, of those vertices where a boundary ends or is open.
std::vector<DistrictPair> common_corners(const Polygons& shapes,
                                         const std::vector<DistrictIndex>& partner) {
  const std::vector<Point>& at = shapes.vertices;
  const Pinches pinches(shapes);
  const Buckets corners = bucketed(
      shapes.district_count(), at.size() / 8,
      [&](std::size_t begin, std::size_t end, const auto& emit) {
        for_corners(
            shapes, begin, end,
            [&](DistrictIndex i, std::uint32_t previous, std::uint32_t v, std::uint32_t next) {
              if (partner[v] == no_index || partner[v] != partner[previous] || pinches.at(at[v])) {
                emit(mix64(hash_of(at[v])), v, next, i);
              }
            });
      });
  std::vector<std::vector<DistrictPair>> found(corners.size());
  for_chunks(corners.size(), 1, [&](std::size_t b, std::size_t, std::size_t) {
    const std::span<const Entry> bucket = corners.bucket(b);
    std::vector<DistrictPair>& pairs = found[b];
    Grouper grouper;
    grouper.run(
        bucket, [&](const Entry& e, const Entry& f) { return at[e.vertex] == at[f.vertex]; },
        [&](std::span<const std::uint32_t> group) {
          if (pairs.size() + group.size() * (group.size() - 1) / 2 > most_corner_pairs) {
            throw GeometryError("more than a hundred million pairs of districts meet in points",
                                "check the layer for districts drawn upon each other");
          }
          for (std::size_t k = 0; k < group.size(); ++k) {
            for (std::size_t l = k + 1; l < group.size(); ++l) {
              // Entries are in district order, so the first has the lower position.
              const DistrictPair pair{bucket[group[k]].district, bucket[group[l]].district};
              if (pair.low != pair.high) pairs.push_back(pair);
            }
          }
        });
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  });
  std::vector<DistrictPair> all;
  for (const std::vector<DistrictPair>& pairs : found) {
    all.insert(all.end(), pairs.begin(), pairs.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

EdgeMatches matched_edges(const Polygons& shapes) {
  EdgeMatches matches;
  matches.partner.assign(shapes.vertices.size(), no_index);
  match_edges(shapes, matches.partner);
  matches.corners = common_corners(shapes, matches.partner);
  return matches;
}

}  // namespace quartier::geo
