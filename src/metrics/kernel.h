#pragma once
/// Kernels: how much a district at some distance counts in the surroundings of another.
///
/// With z = distance / bandwidth; every kernel is 1 at distance 0, so a district counts in full in
/// its own surroundings.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace quartier::metrics {

enum class KernelShape : std::uint8_t {
  uniform,       ///< 1 where z <= 1
  triangular,    ///< 1 − z where z < 1
  epanechnikov,  ///< 1 − z² where z < 1 (Epanechnikov 1969)
  biweight,      ///< (1 − z²)² where z < 1
  gaussian,      ///< exp(−z² / 2)
  exponential,   ///< exp(−z)
};

/// Distances that differ by less are the same: a district at the bandwidth is inside it, and
/// districts on one ring tie, whatever the last digits of their coordinates say.
inline constexpr double same_distance_m = 1e-6;

/// A kernel with its bandwidth. The last two members matter to shapes that never reach 0.
struct Kernel {
  KernelShape shape = KernelShape::biweight;
  double bandwidth_m = 1000.0;
  /// Nobody farther away counts, whatever the shape; inclusive.
  double longest_m = std::numeric_limits<double>::infinity();
  /// Districts whose weight is less are left out where a city has more than
  /// `exact_kernel_districts` districts: each person left out would have counted as less than this
  /// share of a neighbour. 0: nobody is left out.
  double least_weight = 1e-12;
};

/// Up to this many districts gaussian and exponential kernels take every pair of districts.
inline constexpr std::size_t exact_kernel_districts = 20'000;

/// exp(−power · d) with d in km, 0 beyond `longest_km`: the exponential of bandwidth 1 km / power.
Kernel decay_per_km(double power, double longest_km = std::numeric_limits<double>::infinity());

/// Weight of a district `metres` away, in [0, 1]; exp to 4e-16 of its value.
double kernel_weight(const Kernel& kernel, double metres);

/// The distance in metres beyond which nobody counts, with `district_count` districts; infinite
/// where everybody does.
double kernel_reach(const Kernel& kernel, std::size_t district_count);

/// @throws InputError, with the way out, where the bandwidth is not a number above 0, the longest
///         distance is negative or not a number, or the least weight is not in [0, 1)
void check_kernel(const Kernel& kernel);

/// "uniform", "triangular", "epanechnikov", "biweight", "gaussian", "exponential".
std::string_view id_of(KernelShape shape);
std::optional<KernelShape> kernel_shape_of(std::string_view id);

/// "kernel=biweight; bandwidth_m=1000": for the parameters column.
std::string text_of(const Kernel& kernel);

}  // namespace quartier::metrics
