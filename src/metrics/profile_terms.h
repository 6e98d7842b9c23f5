#pragma once
/// What the districts of a block add to the sums of a profile, eight groups at a time (private to
/// the room).

#include <cstddef>

namespace quartier::metrics {

/// The sums of one size, each an array of groups.
enum ProfileSum : std::size_t {
  deviation,
  squares,
  diversity,
  information_sum,
  rest_information_sum,
  mean_share,
  persons,  // x_ik: what the rows of the exposures are divided by
  sum_count
};

/// Districts of a block at most.
inline constexpr std::size_t most_block_districts = 64;

/// A block of districts with their environments of one size.
struct ProfileTerms {
  const double* counts = nullptr;       // [district][padded] environment
  const double* own = nullptr;          // [district][padded] what exposures weigh
  const double* residents = nullptr;    // [district]; null: the environment's own sums
  const double* composition = nullptr;  // [padded]
  std::size_t districts = 0;
  std::size_t blocks = 0;
  bool exposures = false;
};

/// Adds a block to sums [sum_count][padded] and, where asked for, Σ_i x_ik q_il to exposures
/// [padded][padded]. A district without surroundings adds nothing.
/// @returns Σ t_i of the districts with surroundings
double add_terms(const ProfileTerms& in, double* sums, double* exposures);

}  // namespace quartier::metrics
