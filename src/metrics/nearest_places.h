#pragma once
/// The places nearest to a place, in a fixed order (private to the room).

#include <cstdint>
#include <span>
#include <vector>

#include "domain/polygons.h"

namespace quartier::metrics {

/// A place of the index and its distance from the one asked for.
struct NearPlace {
  double squared_m2 = 0.0;
  std::uint32_t place = 0;  ///< position in the span the index was made from
  /// Nearer first, of equally near ones that of the lower position.
  bool operator<(const NearPlace& other) const {
    return squared_m2 != other.squared_m2 ? squared_m2 < other.squared_m2 : place < other.place;
  }
};

/// A balanced k-d tree (Bentley 1975). Places with a coordinate that is not finite are left out.
/// Distances are dx·dx + dy·dy in double precision.
class NearestPlaces {
 public:
  explicit NearestPlaces(std::span<const Point> places);

  /// Fills `found` with the `count` nearest places, itself included where it is one, sorted; all
  /// where there are fewer. Expected O(count · log count + log n).
  void nearest(Point from, std::size_t count, std::vector<NearPlace>& found) const;

  /// Fills `found` with all places at most `limit_m2` away, sorted.
  void within(Point from, double limit_m2, std::vector<NearPlace>& found) const;

 private:
  struct Entry {
    Point at;
    std::uint32_t place;
  };
  template <typename Visit, typename Limit>
  void search(std::size_t begin, std::size_t end, bool by_x, Point from, const Visit& visit,
              const Limit& limit) const;

  std::vector<Entry> entries_;  ///< the middle of each run splits it
};

}  // namespace quartier::metrics
