#pragma once
/// Environments: what surrounds each district, in four kinds behind one description.
///
/// The composition of an environment may stand in for that of the district in any index that reads
/// compositions (Reardon & O'Sullivan 2004): own residents weigh, the environment says whom they
/// live among. Distances are planar, between the points handed in (centroids).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"
#include "metrics/columns.h"
#include "metrics/conventions.h"
#include "metrics/kernel.h"

namespace quartier::metrics {

enum class EnvironmentKind : std::uint8_t {
  own,                ///< the district itself: the aspatial index
  kernel,             ///< all districts, weighted by distance
  nearest_people,     ///< the nearest districts until k persons are reached (bespoke; Östh et al.
                      ///< 2015)
  nearest_districts,  ///< the k nearest districts, its own and empty ones among them
  street,             ///< districts within a distance along the streets, weighted by it
};

/// What happens where several districts are equally far and the limit falls among them.
enum class TieRule : std::uint8_t {
  /// All of them enter. The result does not depend on the order of the rows and keeps the symmetry
  /// of a regular grid; the environment may be up to one ring larger.
  ring_atomic,
  /// They enter in row order until the limit is reached, as in programs that sort once.
  row_order,
};

/// Distances along the streets between districts, in rows (CSR): row i lists the districts within
/// the limit of district i. The own district counts at 0 m whether it is listed or not; the order
/// within a row is free.
struct StreetReach {
  std::vector<std::uint64_t> start{0};  ///< [n + 1]
  std::vector<DistrictIndex> district;  ///< of each entry
  std::vector<double> metres;           ///< of each entry, along the streets, >= 0
  double limit_m = 0.0;                 ///< how far was searched
  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
};

/// What counts as the environment of a district.
struct EnvironmentSpec {
  EnvironmentKind kind = EnvironmentKind::own;
  Kernel kernel;                        ///< of `kernel` and `street`
  double persons = 0.0;                 ///< k of `nearest_people`
  double districts = 0.0;               ///< k of `nearest_districts`, a whole number
  TieRule ties = TieRule::ring_atomic;  ///< of the two `nearest` kinds
  const StreetReach* reach = nullptr;   ///< of `street`; outlives the spec
};

/// The kinds ready made.
EnvironmentSpec own_environment();
EnvironmentSpec kernel_environment(const Kernel& kernel);
EnvironmentSpec nearest_people(double persons, TieRule ties = TieRule::ring_atomic);
EnvironmentSpec nearest_districts(double districts, TieRule ties = TieRule::ring_atomic);
/// `kernel` uniform with the limit as bandwidth: everybody within reach counts alike.
EnvironmentSpec street_environment(const StreetReach& reach, const Kernel& kernel);

/// The spec with another size: bandwidth in metres, k persons or k districts; `own` has none.
EnvironmentSpec at_scale(EnvironmentSpec spec, double scale);
/// The size of the spec; 0 for `own`.
double environment_size(const EnvironmentSpec& spec);

/// Persons of each group around each district.
///
///   c_ik = Σ_j w_ij x_jk,   composition q_ik = c_ik / Σ_k c_ik
///
/// w_ij by kind: [i = j]; the kernel of the distance; 1 for the nearest districts, own first (which
/// comes before others at the same place), whole, until the persons among them are k or more, the
/// district that reaches k in full, everybody where the city is smaller; the kernel of the distance
/// along the streets. A district where nobody lives has an environment like any other. One where
/// nobody lives within reach has counts of 0, hence no composition.
///
/// Counts are handed on as they are, so sums with weights of 1 are exact. O(n K) memory.
///
/// @param groups  x_ik, counts of K groups [K][n]
/// @param places  [n] centroids, metres; empty for kinds that need none. A district without a
///                position (NaN) is in nobody's environment and its own is `undefined`
/// @returns [K][n]
/// @throws InputError, with the way out, as `check_environment`
std::vector<std::vector<double>> environment_counts(GroupColumns groups,
                                                    std::span<const Point> places,
                                                    const EnvironmentSpec& spec);

/// q_ik = c_ik / Σ_k c_ik of counts [K][n]. @returns [K][n]; `undefined` where the sum is zero
std::vector<std::vector<double>> compositions_of(std::vector<std::vector<double>> counts);

/// @throws InputError where a bandwidth is not a number above 0 (see `check_kernel`), k is not a
///         number above 0, k districts is not whole, a kind that needs positions has none, or a
///         street environment has no distances or a bandwidth beyond how far was searched
void check_environment(const EnvironmentSpec& spec, std::size_t place_count);

/// What a reader should know of an environment that can be used: a bandwidth larger than the city,
/// k larger than its population, districts without a position. Empty: nothing to say.
std::string environment_caution(GroupColumns groups, std::span<const Point> places,
                                const EnvironmentSpec& spec);

/// "environment=kernel; kernel=biweight; bandwidth_m=1000": for the parameters column.
std::string text_of(const EnvironmentSpec& spec);

/// "own", "kernel", "nearest_people", "nearest_districts", "street".
std::string_view id_of(EnvironmentKind kind);
std::optional<EnvironmentKind> environment_kind_of(std::string_view id);
/// "ring_atomic", "row_order".
std::string_view id_of(TieRule rule);

}  // namespace quartier::metrics
