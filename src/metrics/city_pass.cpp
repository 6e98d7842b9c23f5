#include "metrics/city_pass.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/error.h"
#include "metrics/lanes.h"
#include "metrics/parts.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Districts that are worked on together; what they need stays in the first cache.
constexpr std::size_t block = 256;
constexpr std::size_t largest_in_table = 4096;

using Row = std::array<double, block>;

/// n ln n, correctly rounded.
const std::array<double, largest_in_table + 1>& information_table() {
  static const std::array<double, largest_in_table + 1> table = [] {
    std::array<double, largest_in_table + 1> filled{};
    for (std::size_t n = 1; n < filled.size(); ++n) {
      const auto number = static_cast<long double>(n);
      filled[n] = static_cast<double>(number * std::log(number));
    }
    return filled;
  }();
  return table;
}

/// What the pass knows of a group before it starts.
struct Group {
  double persons = 0.0;        ///< X
  double rest = 0.0;           ///< Y
  double log_share = 0.0;      ///< ln P; 0 where the group has no members
  double share_inverse = 0.0;  ///< 1 / P; +inf where the group has no members
};

/// Sums of one group over districts.
struct GroupSums {
  double deviation = 0.0;    ///< Σ |x_i Y − y_i X|
  double alike = 0.0;        ///< Σ x_i² / t_i
  double other = 0.0;        ///< Σ x_i y_i / t_i
  double root = 0.0;         ///< Σ √(x_i y_i)
  double information = 0.0;  ///< Σ t_i E_i of the group and the rest
};

struct GroupLanes {
  Lanes deviation;
  Lanes alike;
  Lanes other;
  Lanes root;
  Lanes information;
};

/// The districts of a block.
struct Block {
  std::size_t first = 0;
  std::size_t size = 0;
  std::array<std::uint32_t, block> small_total;  ///< t_i, right where `tabled`
  bool tabled = false;
  Row total;        ///< t_i
  Row inverse;      ///< 1 / t_i, 0 where empty
  Row hole;         ///< 0, `undefined` where empty
  Row information;  ///< t_i ln t_i from the table, or 0
  Row own;          ///< Σ_k of what `group_information` gives for the group
  Row cross;        ///< Σ_k x_ik ln P_k
  Row squares;      ///< Σ_k x_ik² / t_i
};

[[gnu::always_inline]] inline double to_double(std::uint32_t count) {
  constexpr std::uint64_t two_to_52 = 0x4330000000000000U;
  return std::bit_cast<double>(two_to_52 | count) - 4503599627370496.0;
}

QUARTIER_HOT void start_block(PersonColumns groups, Block& b) {
  b.total.fill(0.0);
  for (const auto& group : groups) {
    const std::uint32_t* counts = group.data() + b.first;
    for (std::size_t i = 0; i < b.size; ++i) b.total[i] += to_double(counts[i]);
  }
  std::uint64_t large = 0;
  for (std::size_t i = 0; i < b.size; ++i) {
    const double t = b.total[i];
    const bool lived_in = t > 0.0;
    const double inverse = 1.0 / (lived_in ? t : 1.0);
    b.inverse[i] = lived_in ? inverse : 0.0;
    b.hole[i] = lived_in ? 0.0 : undefined;
    b.cross[i] = 0.0;
    b.squares[i] = 0.0;
    b.own[i] = 0.0;
    b.information[i] = 0.0;
    large |= t > static_cast<double>(largest_in_table) ? 1U : 0U;
  }
  b.tabled = large == 0;
}

/// Fills x ln x and y ln y (small districts, with t ln t in the block) or −x ln(t / x) and
/// −y ln(t / y) (large ones, with 0 in the block): either way the entropy is the block's less both.
void group_information(const std::uint32_t* counts, const Block& b, const double* table,
                       Row& of_group, Row& of_rest) {
  if (b.tabled) {
    for (std::size_t i = 0; i < b.size; ++i) {
      of_group[i] = table[counts[i]];
      of_rest[i] = table[b.small_total[i] - counts[i]];
    }
    return;
  }
  for (std::size_t i = 0; i < b.size; ++i) {
    const auto x = static_cast<double>(counts[i]);
    const double y = b.total[i] - x;
    of_group[i] = -part_information(x, y);
    of_rest[i] = -part_information(y, x);
  }
}

/// The sums of a group over a block, its part of the local values, and its location quotients.
QUARTIER_HOT void add_group(const std::uint32_t* counts, const Group& group, const Row& of_group,
                            const Row& of_rest, Block& b, GroupLanes& lanes, double* quotients) {
  Row deviation;
  Row alike;
  Row other;
  Row root;
  Row information;
  for (std::size_t i = 0; i < b.size; ++i) {
    const double x = to_double(counts[i]);
    const double y = b.total[i] - x;
    const double share = x * b.inverse[i];
    deviation[i] = std::abs(x * group.rest - y * group.persons);
    alike[i] = x * share;
    other[i] = y * share;
    root[i] = std::sqrt(x * y);
    information[i] = b.information[i] - of_group[i] - of_rest[i];
    b.own[i] += of_group[i];
    b.cross[i] += x * group.log_share;
    b.squares[i] += x * share;
  }
  lanes.deviation.add(deviation.data(), b.size);
  lanes.alike.add(alike.data(), b.size);
  lanes.other.add(other.data(), b.size);
  lanes.root.add(root.data(), b.size);
  lanes.information.add(information.data(), b.size);
  if (quotients == nullptr) return;
  for (std::size_t i = 0; i < b.size; ++i) {
    quotients[i] = to_double(counts[i]) * b.inverse[i] * group.share_inverse + b.hole[i];
  }
}

/// The local values of a block, once all groups were added.
QUARTIER_HOT void finish_block(const Block& b, const LocalValues& local, Lanes& information) {
  Row terms;
  for (std::size_t i = 0; i < b.size; ++i) terms[i] = b.information[i] - b.own[i];
  information.add(terms.data(), b.size);
  if (!local.entropies.empty()) {
    double* values = local.entropies.data() + b.first;
    for (std::size_t i = 0; i < b.size; ++i) values[i] = terms[i] * b.inverse[i] + b.hole[i];
  }
  if (!local.divergences.empty()) {
    double* values = local.divergences.data() + b.first;
    for (std::size_t i = 0; i < b.size; ++i) {
      const double divergence = -(terms[i] + b.cross[i]) * b.inverse[i];
      values[i] = (divergence > 0.0 ? divergence : 0.0) + b.hole[i];
    }
  }
  if (!local.simpson_diversities.empty()) {
    double* values = local.simpson_diversities.data() + b.first;
    for (std::size_t i = 0; i < b.size; ++i) {
      const double diversity = 1.0 - b.squares[i] * b.inverse[i];
      values[i] = (diversity > 0.0 ? diversity : 0.0) + b.hole[i];
    }
  }
}

/// Sums over a chunk of districts: [K] of the groups, then t_i E_i of all groups together.
struct ChunkSums {
  std::vector<GroupSums> groups;
  double information = 0.0;
};

ChunkSums pass_chunk(PersonColumns groups, const std::vector<Group>& city, const LocalValues& local,
                     std::size_t begin, std::size_t end) {
  const double* table = information_table().data();
  std::vector<GroupLanes> lanes(groups.size());
  Lanes information;
  Block b;
  Row of_group;
  Row of_rest;
  for (b.first = begin; b.first < end; b.first += block) {
    b.size = std::min(block, end - b.first);
    start_block(groups, b);
    if (b.tabled) {
      for (std::size_t i = 0; i < b.size; ++i) {
        b.small_total[i] = static_cast<std::uint32_t>(b.total[i]);
        b.information[i] = table[b.small_total[i]];
      }
    }
    for (std::size_t k = 0; k < groups.size(); ++k) {
      const std::uint32_t* counts = groups[k].data() + b.first;
      double* quotients =
          local.location_quotients.empty() ? nullptr : local.location_quotients[k].data() + b.first;
      group_information(counts, b, table, of_group, of_rest);
      add_group(counts, city[k], of_group, of_rest, b, lanes[k], quotients);
    }
    finish_block(b, local, information);
  }
  ChunkSums sums;
  sums.information = information.value();
  for (const GroupLanes& of : lanes) {
    sums.groups.push_back({of.deviation.value(), of.alike.value(), of.other.value(),
                           of.root.value(), of.information.value()});
  }
  return sums;
}

std::vector<std::uint64_t> persons_of_groups(PersonColumns groups, std::size_t n) {
  const std::size_t chunk_count = (n + sum_grain - 1) / sum_grain;
  std::vector<std::uint64_t> partial(groups.size() * chunk_count, 0);
  for_chunks(n, sum_grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    for (std::size_t k = 0; k < groups.size(); ++k) {
      partial[k * chunk_count + chunk] = persons_of(groups[k].subspan(begin, end - begin));
    }
  });
  std::vector<std::uint64_t> persons(groups.size(), 0);
  for (std::size_t k = 0; k < groups.size(); ++k) {
    for (std::size_t c = 0; c < chunk_count; ++c) persons[k] += partial[k * chunk_count + c];
  }
  return persons;
}

GroupIndices indices_of(const Group& group, const GroupSums& sums) {
  GroupIndices indices;
  const double x = group.persons;
  const double y = group.rest;
  if (x > 0.0) {
    indices.isolation = within_unit(sums.alike / x);
    indices.interaction = within_unit(sums.other / x);
  }
  if (!(x > 0.0) || !(y > 0.0)) return indices;
  indices.dissimilarity = within_unit(sums.deviation / x / y / 2.0);
  indices.theil_entropy = within_unit(1.0 - sums.information / split_information(x, y));
  indices.correlation_ratio = within_unit(1.0 - sums.other / x / y * (x + y));
  indices.gorard = indices.dissimilarity * (y / (x + y));
  indices.min_max = 2.0 * indices.dissimilarity / (1.0 + indices.dissimilarity);
  indices.atkinson = within_unit(1.0 - (sums.root / x) * (sums.root / y));
  return indices;
}

void fill_multigroup(const std::vector<Group>& city, const ChunkSums& sums, double everyone,
                     CityIndices& indices) {
  double weights = 0.0;
  double dissimilarity = 0.0;
  double diversity = 0.0;
  double variation = 0.0;
  double exposure = 0.0;
  double information = 0.0;
  double concentration = 0.0;
  for (std::size_t k = 0; k < city.size(); ++k) {
    const double share = city[k].persons / everyone;
    const double rest = city[k].rest / everyone;
    information += part_information(city[k].persons, city[k].rest);
    concentration += share * share;
    const GroupIndices& group = indices.groups[k];
    if (!is_defined(group.dissimilarity)) continue;
    weights += share * rest;
    dissimilarity += share * rest * group.dissimilarity;
    diversity += share * rest * group.correlation_ratio;
    variation += rest * group.correlation_ratio;
    exposure += share * group.correlation_ratio;
  }
  indices.entropy = information / everyone;
  indices.simpson_concentration = within_unit(concentration);
  indices.mutual_information = std::max(0.0, (information - sums.information) / everyone);
  if (!(weights > 0.0)) return;
  indices.dissimilarity = within_unit(dissimilarity / weights);
  indices.relative_diversity = within_unit(diversity / weights);
  indices.squared_variation = within_unit(variation / static_cast<double>(city.size() - 1));
  indices.normalised_exposure = within_unit(exposure);
  indices.theil_entropy = within_unit(1.0 - sums.information / information);
}

void expect_room(const LocalValues& local, std::size_t group_count, std::size_t n) {
  const auto fits = [n](std::span<const double> values) {
    return values.empty() || values.size() == n;
  };
  bool all = fits(local.entropies) && fits(local.divergences) && fits(local.simpson_diversities);
  for (const auto& values : local.location_quotients) all = all && values.size() == n;
  const std::size_t columns = local.location_quotients.size();
  expects(all && (columns == 0 || columns == group_count),
          "city_indices: room for one value per district");
}

}  // namespace

CityIndices city_indices(PersonColumns groups, const LocalValues& local) {
  const std::size_t n = person_district_count(groups);
  expect_room(local, groups.size(), n);
  const std::vector<std::uint64_t> persons = persons_of_groups(groups, n);
  CityIndices indices;
  for (const std::uint64_t count : persons) indices.persons += count;
  const auto everyone = static_cast<double>(indices.persons);
  std::vector<Group> city;
  for (const std::uint64_t count : persons) {
    const auto x = static_cast<double>(count);
    city.push_back({x, static_cast<double>(indices.persons - count),
                    count > 0 ? std::log(x / everyone) : 0.0, everyone / x});
  }

  const std::size_t chunk_count = (n + sum_grain - 1) / sum_grain;
  std::vector<ChunkSums> chunks(chunk_count);
  for_chunks(n, sum_grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    chunks[chunk] = pass_chunk(groups, city, local, begin, end);
  });
  ChunkSums sums;
  sums.groups.resize(groups.size());
  for (const ChunkSums& chunk : chunks) {
    sums.information += chunk.information;
    for (std::size_t k = 0; k < groups.size(); ++k) {
      sums.groups[k].deviation += chunk.groups[k].deviation;
      sums.groups[k].alike += chunk.groups[k].alike;
      sums.groups[k].other += chunk.groups[k].other;
      sums.groups[k].root += chunk.groups[k].root;
      sums.groups[k].information += chunk.groups[k].information;
    }
  }
  for (std::size_t k = 0; k < groups.size(); ++k) {
    indices.groups.push_back(indices_of(city[k], sums.groups[k]));
    indices.groups.back().persons = persons[k];
  }
  if (indices.persons > 0) fill_multigroup(city, sums, everyone, indices);
  return indices;
}

}  // namespace quartier::metrics
