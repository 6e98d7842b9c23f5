#pragma once
/// Districts: the areal units of analysis, their parents, and who neighbours whom.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier {

/// A coordinate reference system, as text that PROJ and other programs understand.
struct Crs {
  std::string name;  ///< "EPSG:25831", or the name inside the WKT where there is no code
  std::string wkt;   ///< full definition (WKT); empty where unknown
  [[nodiscard]] bool known() const { return !wkt.empty(); }
};

/// A level of larger areas that the districts nest in (district, borough, city).
struct ParentLevel {
  std::string id;                  ///< "borough"
  std::string label;               ///< "Borough"
  std::vector<std::string> ids;    ///< of each parent
  std::vector<std::string> names;  ///< of each parent
  std::vector<std::uint32_t>
      of_district;  ///< [district count] position of its parent; no_index: none
};

/// The districts of one edition (a set of boundaries valid at some dates), in one fixed order that
/// every other array of the edition follows.
struct Districts {
  std::vector<std::string> ids;
  std::vector<std::string> names;
  Crs crs;
  Polygons shapes;
  std::vector<double> area_m2;      ///< planar; undefined without shape
  std::vector<double> perimeter_m;  ///< all rings; undefined without shape
  std::vector<Point> centroids;     ///< of area; NaN coordinates without shape
  std::vector<ParentLevel> levels;  ///< nearest parents first; the city is implied, not listed

  [[nodiscard]] std::size_t size() const { return ids.size(); }
  /// Position of an id, or no_index. Linear; build an index for many look-ups.
  [[nodiscard]] DistrictIndex find(std::string_view id) const;
};

/// Sums of `values` [district count] per parent of `level`, in district order with compensation:
/// exact for counts below 2^53. @returns [parent count]
std::vector<double> rolled_up(const ParentLevel& level, std::span<const double> values);

/// Which districts touch: a symmetric graph in rows (CSR), each row sorted by neighbour.
struct Contiguity {
  std::vector<std::uint32_t> start{0};  ///< [district count + 1]
  std::vector<DistrictIndex> neighbour;
  std::vector<double> shared_m;  ///< length of the shared boundary; 0 where only points touch
  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
};

/// Which contacts count as neighbours.
enum class ContiguityRule : std::uint8_t {
  rook,   ///< a shared boundary of positive length
  queen,  ///< any contact
};

/// Spatial weights in rows (CSR): who neighbours whom, and how much.
struct SpatialWeights {
  std::vector<std::uint32_t> start{0};
  std::vector<DistrictIndex> neighbour;
  std::vector<double> weight;
  [[nodiscard]] std::size_t size() const { return start.size() - 1; }
};

/// Binary weights by `rule`; with `row_standardised` each row that has neighbours sums to 1.
SpatialWeights contiguity_weights(const Contiguity& contiguity, ContiguityRule rule,
                                  bool row_standardised);

}  // namespace quartier
