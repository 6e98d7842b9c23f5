#include "metrics/gini.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr unsigned digit_bits = 9;
constexpr std::size_t digit_count = std::size_t{1} << digit_bits;
constexpr unsigned narrow_bits = 16;

/// A district of fewer than 2^16 persons in one word: ⌊2^b p⌋ above x above t.
using Packed = std::uint64_t;

struct District {
  std::uint64_t key;
  std::uint32_t group;
  std::uint32_t total;
};

/// Persons before the sorted districts: those of districts without the group come first.
struct Below {
  std::uint64_t group = 0;
  std::uint64_t rest = 0;
};

/// Words of the districts where the group lives. ⌊2^b x / t⌋ by a rounded division is right:
/// x 2^b < 2^48, and a quotient that is not whole is at least 1/t away from the next whole number.
std::size_t pack(std::span<const std::uint32_t> group, std::span<const std::uint32_t> total,
                 unsigned bits, Packed* words) {
  const double scale = static_cast<double>(std::uint64_t{1} << bits);
  const auto largest = static_cast<std::int64_t>((std::uint64_t{1} << bits) - 1U);
  std::size_t count = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const std::uint32_t x = group[i];
    const std::uint32_t t = total[i];
    // x <= t: where nobody lives, 0 / 1 is formed and thrown away.
    const auto share = static_cast<std::int64_t>(static_cast<double>(x) * scale /
                                                 static_cast<double>(std::max(t, 1U)));
    const auto key = static_cast<std::uint64_t>(std::min(share, largest));
    words[count] = (key << (2U * narrow_bits)) | (std::uint64_t{x} << narrow_bits) | t;
    count += x != 0 ? 1U : 0U;
  }
  return count;
}

/// Sorts by the `bits` above the lower 32, nine at a time. @returns the sorted words
std::span<const Packed> sort_words(std::vector<Packed>& words, std::vector<Packed>& spare,
                                   std::size_t count, unsigned bits) {
  for (unsigned shift = 2U * narrow_bits; shift < 2U * narrow_bits + bits; shift += digit_bits) {
    std::array<std::uint32_t, digit_count> place{};
    for (std::size_t i = 0; i < count; ++i) ++place[(words[i] >> shift) & (digit_count - 1U)];
    std::uint32_t before = 0;
    for (std::uint32_t& entry : place) {
      const std::uint32_t size = entry;
      entry = before;
      before += size;
    }
    for (std::size_t i = 0; i < count; ++i) {
      spare[place[(words[i] >> shift) & (digit_count - 1U)]++] = words[i];
    }
    words.swap(spare);
  }
  return std::span(words).first(count);
}

/// Σ x CY − y CX over packed districts in order. Terms are never negative, their sum is at most
/// X Y, so the sum never overflows a `Sum` that holds X Y.
template <typename Sum>
double area_of(std::span<const Packed> words, Below below) {
  constexpr std::uint64_t low = (std::uint64_t{1} << narrow_bits) - 1U;
  Sum area = 0;
  for (const Packed word : words) {
    const std::uint64_t x = (word >> narrow_bits) & low;
    const std::uint64_t y = (word & low) - x;
    area += static_cast<Sum>(x) * below.rest - static_cast<Sum>(y) * below.group;
    below.group += x;
    below.rest += y;
  }
  return static_cast<double>(area);
}

double area_of(std::span<const District> districts, Below below) {
  Wide area = 0;
  for (const District& district : districts) {
    const std::uint64_t y = district.total - district.group;
    area += static_cast<Wide>(district.group) * below.rest - static_cast<Wide>(y) * below.group;
    below.group += district.group;
    below.rest += y;
  }
  return static_cast<double>(area);
}

struct Totals {
  std::uint64_t group = 0;
  std::uint64_t everyone = 0;
  std::uint64_t without_group = 0;  ///< persons of districts where nobody is of the group
  std::uint32_t largest = 0;
};

Totals totals_of(std::span<const std::uint32_t> group, std::span<const std::uint32_t> total) {
  Totals totals;
  for (std::size_t i = 0; i < group.size(); ++i) {
    totals.group += group[i];
    totals.everyone += total[i];
    totals.without_group += group[i] == 0 ? total[i] : 0U;
    totals.largest = std::max(totals.largest, total[i]);
  }
  return totals;
}

std::vector<District> sorted_districts(std::span<const std::uint32_t> group,
                                       std::span<const std::uint32_t> total) {
  std::vector<District> districts;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group[i] == 0) continue;
    const Wide share = (static_cast<Wide>(group[i]) << 64U) / total[i];
    const bool whole = group[i] == total[i];
    districts.push_back(
        {whole ? ~std::uint64_t{0} : static_cast<std::uint64_t>(share), group[i], total[i]});
  }
  std::sort(districts.begin(), districts.end(),
            [](const District& a, const District& b) { return a.key < b.key; });
  return districts;
}

/// Districts of one key have the same share, and add nothing to each other: their order is free.
double gini_among(std::span<const std::uint32_t> group, std::span<const std::uint32_t> total) {
  const Totals totals = totals_of(group, total);
  const std::uint64_t rest = totals.everyone - totals.group;
  if (totals.group == 0 || rest == 0) return undefined;
  const Below below{0, totals.without_group};
  const Wide product = static_cast<Wide>(totals.group) * rest;
  double area = 0.0;
  if (totals.largest >> narrow_bits == 0) {
    const auto bits = 2U * static_cast<unsigned>(std::bit_width(totals.largest));
    std::vector<Packed> words(group.size());
    const std::size_t count = pack(group, total, bits, words.data());
    std::vector<Packed> spare(count);
    words.resize(count);
    const std::span<const Packed> sorted = sort_words(words, spare, count, bits);
    area =
        product >> 64U == 0 ? area_of<std::uint64_t>(sorted, below) : area_of<Wide>(sorted, below);
  } else {
    area = area_of(sorted_districts(group, total), below);
  }
  return within_unit(area / static_cast<double>(product));
}

/// t_i as 32-bit numbers.
std::vector<std::uint32_t> small_totals(PersonColumns groups) {
  std::vector<std::uint32_t> totals(person_district_count(groups), 0);
  bool fits = true;
  for (const auto& group : groups) {
    for (std::size_t i = 0; i < totals.size(); ++i) {
      totals[i] += group[i];
      fits = fits && totals[i] >= group[i];
    }
  }
  expects(fits, "exact Gini index: fewer than 2^32 persons in each district");
  return totals;
}

}  // namespace

double exact_gini_index(std::span<const std::uint32_t> group,
                        std::span<const std::uint32_t> reference) {
  const std::array<std::span<const std::uint32_t>, 2> both{group, reference};
  return gini_among(group, small_totals(both));
}

GiniOfGroups gini_of_groups(PersonColumns groups) {
  const std::vector<std::uint32_t> totals = small_totals(groups);
  GiniOfGroups gini;
  gini.against_rest.assign(groups.size(), undefined);
  for_chunks(groups.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    gini.against_rest[k] = gini_among(groups[k], totals);
  });
  std::uint64_t everyone = 0;
  for (const std::uint32_t total : totals) everyone += total;
  double weighted = 0.0;
  double weights = 0.0;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    if (!is_defined(gini.against_rest[k])) continue;
    const std::uint64_t persons = persons_of(groups[k]);
    const double weight = static_cast<double>(persons) * static_cast<double>(everyone - persons);
    weighted += weight * gini.against_rest[k];
    weights += weight;
  }
  gini.multigroup = weights > 0.0 ? within_unit(weighted / weights) : undefined;
  return gini;
}

}  // namespace quartier::metrics
