#include "geo/contiguity.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "geo/edge_match.h"
#include "geo/near_edges.h"
#include "geo/polygon_edit.h"

namespace quartier::geo {
namespace {

constexpr std::size_t districts_a_chunk = 1024;
/// A stretch within the tolerance is a boundary from this many tolerances on.
constexpr double least_stretch = 5.0;

struct Link {
  DistrictPair districts;
  double shared_m = 0.0;
};

/// Lengths of the matching edges of `district` with districts after it, ascending.
void matched_links(const Polygons& shapes, const std::vector<DistrictIndex>& partner,
                   DistrictIndex district, std::vector<Link>& row, std::vector<Link>& links) {
  row.clear();
  for (std::uint32_t r = first_ring(shapes, district); r < last_ring(shapes, district); ++r) {
    const std::uint32_t first = shapes.ring_start[r];
    const std::uint32_t last = shapes.ring_start[r + 1];
    for (std::uint32_t v = first; v < last; ++v) {
      const DistrictIndex other = partner[v];
      if (other == no_index || other < district) continue;
      const Point a = shapes.vertices[v];
      const Point b = shapes.vertices[v + 1 == last ? first : v + 1];
      const double dx = b.x - a.x;
      const double dy = b.y - a.y;
      const double length = std::sqrt(dx * dx + dy * dy);
      // Edges with the same neighbour mostly follow each other.
      if (!row.empty() && row.back().districts.high == other) {
        row.back().shared_m += length;
      } else {
        row.push_back({{district, other}, length});
      }
    }
  }
  std::stable_sort(row.begin(), row.end(),
                   [](const Link& a, const Link& b) { return a.districts < b.districts; });
  for (const Link& link : row) {
    if (!links.empty() && links.back().districts == link.districts) {
      links.back().shared_m += link.shared_m;
    } else {
      links.push_back(link);
    }
  }
}

/// The two sides of a contact put together, for the pair (low, high).
struct BothSides {
  DistrictPair districts;
  NearContact from_low, from_high;
};

std::vector<BothSides> paired(const std::vector<NearContact>& contacts) {
  std::vector<BothSides> pairs;
  pairs.reserve(contacts.size());
  for (const NearContact& contact : contacts) {
    const bool low = contact.from < contact.to;
    BothSides pair;
    pair.districts =
        low ? DistrictPair{contact.from, contact.to} : DistrictPair{contact.to, contact.from};
    (low ? pair.from_low : pair.from_high) = contact;
    pairs.push_back(pair);
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const BothSides& a, const BothSides& b) {
    return a.districts < b.districts;
  });
  std::size_t count = 0;
  for (const BothSides& pair : pairs) {
    if (count > 0 && pairs[count - 1].districts == pair.districts) {
      // Contacts come in the order of `from`, so the second is the one from the higher district.
      pairs[count - 1].from_high = pair.from_high;
    } else {
      pairs[count++] = pair;
    }
  }
  pairs.resize(count);
  return pairs;
}

double shared_length(const BothSides& pair, double tolerance_m) {
  const double exact = pair.from_low.exact_open_m;
  const double beside = (pair.from_low.near_m + pair.from_high.near_m) / 2.0;
  const double open = beside > least_stretch * tolerance_m ? std::max(exact, beside) : exact;
  return open + (pair.from_low.exact_matched_m + pair.from_high.exact_matched_m);
}

/// Links of three kinds, each ascending, made into one list without repeats.
std::vector<Link> merged(const std::vector<Link>& matched, const std::vector<DistrictPair>& corners,
                         const std::vector<BothSides>& near, double tolerance_m) {
  std::vector<Link> links;
  links.reserve(matched.size() + corners.size() / 8 + near.size());
  std::size_t m = 0;
  std::size_t c = 0;
  std::size_t k = 0;
  while (m < matched.size() || c < corners.size() || k < near.size()) {
    DistrictPair next{no_index, no_index};
    if (m < matched.size()) next = std::min(next, matched[m].districts);
    if (c < corners.size()) next = std::min(next, corners[c]);
    if (k < near.size()) next = std::min(next, near[k].districts);
    Link link{next, 0.0};
    if (m < matched.size() && matched[m].districts == next) link.shared_m += matched[m++].shared_m;
    if (c < corners.size() && corners[c] == next) ++c;
    if (k < near.size() && near[k].districts == next) {
      link.shared_m += shared_length(near[k++], tolerance_m);
    }
    links.push_back(link);
  }
  return links;
}

/// Both directions of every link, in rows.
Contiguity in_rows(std::size_t district_count, const std::vector<Link>& links) {
  Contiguity rows;
  rows.start.assign(district_count + 1, 0);
  for (const Link& link : links) {
    ++rows.start[link.districts.low + 1];
    ++rows.start[link.districts.high + 1];
  }
  for (std::size_t i = 0; i < district_count; ++i) rows.start[i + 1] += rows.start[i];
  rows.neighbour.resize(2 * links.size());
  rows.shared_m.resize(2 * links.size());
  std::vector<std::uint32_t> next(rows.start.begin(), rows.start.end() - 1);
  const auto put = [&](DistrictIndex i, DistrictIndex neighbour, double shared_m) {
    rows.neighbour[next[i]] = neighbour;
    rows.shared_m[next[i]++] = shared_m;
  };
  // Ascending links put the lower neighbours of a row first, in order, then the higher ones.
  for (const Link& link : links) put(link.districts.high, link.districts.low, link.shared_m);
  for (const Link& link : links) put(link.districts.low, link.districts.high, link.shared_m);
  return rows;
}

}  // namespace

Contiguity contiguity_from(const Polygons& shapes, const EdgeMatches& matches, double tolerance_m) {
  const std::size_t n = shapes.district_count();
  std::vector<std::vector<Link>> pieces((n + districts_a_chunk - 1) / districts_a_chunk);
  for_chunks(n, districts_a_chunk, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    std::vector<Link> row;
    for (std::size_t i = begin; i < end; ++i) {
      matched_links(shapes, matches.partner, static_cast<DistrictIndex>(i), row, pieces[chunk]);
    }
  });
  std::vector<Link> matched;
  for (const std::vector<Link>& piece : pieces) {
    matched.insert(matched.end(), piece.begin(), piece.end());
  }
  const std::vector<BothSides> near = paired(near_contacts(shapes, matches, tolerance_m));
  return in_rows(n, merged(matched, matches.corners, near, tolerance_m));
}

Contiguity contiguity_of(const Polygons& shapes, Metres tolerance) {
  expects(tolerance.value >= 0.0, "contiguity_of: a tolerance of at least 0");
  return contiguity_from(shapes, matched_edges(shapes), tolerance.value);
}

}  // namespace quartier::geo
