#pragma once
/// Random counts: binomial and Poisson draws, one at a time or from tables (private to the room).

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "metrics/expected_mass.h"

namespace quartier::metrics {

/// x ~ Binomial(n, p) for any n: by inversion where the mean of the rarer outcome is below 10,
/// otherwise by transformed rejection (BTRS, Hörmann 1993), whose acceptance test uses the exact
/// probability. 0 <= p <= 1.
double binomial_draw(RandomStream& random, double n, double p);

/// x ~ Poisson(mean), mean >= 0: by inversion below 10, otherwise by transformed rejection (PTRS,
/// Hörmann 1993).
double poisson_draw(RandomStream& random, double mean);

/// Many small distributions side by side, each drawn from with one random word and two reads, by
/// the alias method (Walker 1977; Vose 1991). Probabilities below 2^-36 of the greatest are left
/// out and the others kept to 32 bits: the distance in total variation to the exact distribution is
/// below 2^-32.
class CountTables {
 public:
  /// Appends a distribution. @returns its position
  std::size_t add(const MassTable& table);

  /// A count drawn from distribution `table` with 64 random bits.
  [[nodiscard]] std::uint32_t draw(std::size_t table, std::uint64_t bits) const {
    const Head head = heads_[table];
    // the upper 64 of the 96 bits of bits · size: the column, then where in it
    const std::uint64_t product =
        (bits >> 32U) * head.size + (((bits & 0xFFFFFFFFU) * head.size) >> 32U);
    const auto column = static_cast<std::uint32_t>(product >> 32U);
    const Entry entry = entries_[head.start + column];
    const bool own = static_cast<std::uint32_t>(product) < entry.threshold;
    return head.first + (own ? column : entry.other);
  }

 private:
  struct Head {
    std::uint32_t start;
    std::uint32_t first;
    std::uint32_t size;
  };
  struct Entry {
    std::uint32_t threshold;
    std::uint32_t other;
  };
  std::vector<Head> heads_;
  std::vector<Entry> entries_;
};

}  // namespace quartier::metrics
