/// Contiguity, concentration and centralization.
#include "metrics/boundaries.h"
#include "metrics/centralization.h"
#include "metrics/concentration.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

std::vector<double> distances_to_centre(const Question& question) {
  const Land& land = question.land();
  const std::optional<std::size_t> row = question.params.centre();
  if (row && *row >= land.centroids.size()) throw Uncovered("params: no unit of this index");
  const Point centre =
      row ? land.centroids[*row]
          : mean_centre(land.centroids, question.city.total, question.params.empty_districts());
  return distances_to_nearest(land.centroids, {&centre, 1});
}

double contiguity_index(const Question& question, std::size_t k) {
  const std::string& index = question.row.index;
  const Params& params = question.params;
  const Land& land = question.land();
  const std::vector<double>& group = question.city.counts[k];
  const std::vector<double> rest = question.city.rest(k);
  const EmptyDistricts empty = params.empty_districts();
  if (index == "D_Morrill") {
    return contiguity_adjusted_dissimilarity(group, rest, land.contiguity, params.contiguity(),
                                             empty);
  }
  if (index == "D_w") return boundary_adjusted_dissimilarity(group, rest, land.contiguity, empty);
  return shape_adjusted_dissimilarity(
      group, rest, land.contiguity, land.area_m2,
      params.perimeter() == Perimeter::full ? land.perimeter_m : land.interior_perimeter_m, empty);
}

double area_index(const Question& question, std::size_t k) {
  const std::string& index = question.row.index;
  const std::vector<double>& group = question.city.counts[k];
  const std::vector<double>& total = question.city.total;
  const std::vector<double>& area = question.land().area_m2;
  if (index == "Delta") {
    return delta_index(group, total, area, question.params.empty_districts());
  }
  if (index == "ACO") return absolute_concentration(group, total, area);
  return relative_concentration(group, question.city.rest(k), total, area,
                                index == "RCO" ? LargeEnd::group : LargeEnd::reference);
}

double centralization_index(const Question& question, std::size_t k) {
  const std::vector<double> distance = distances_to_centre(question);
  const std::vector<double>& group = question.city.counts[k];
  if (question.row.index == "RCE") {
    return relative_centralization(group, question.city.rest(k), distance);
  }
  return absolute_centralization(group, question.city.total, question.land().area_m2, distance,
                                 question.params.empty_districts());
}

}  // namespace

std::optional<Answer> space_answer(const Question& question) {
  const std::string& index = question.row.index;
  const auto against_rest = [&] { return question.group_against_rest(); };
  if (index == "D_Morrill" || index == "D_w") {
    return Answer{contiguity_index(question, against_rest()), Tolerance::space, {}};
  }
  if (index == "D_s") {
    return Answer{contiguity_index(question, against_rest()), Tolerance::slivers, {}};
  }
  if (index == "Delta" || index == "ACO" || index == "RCO" || index == "RCO_T2_from_Y") {
    return Answer{area_index(question, against_rest()), Tolerance::space, {}};
  }
  if (index == "ACE" || index == "RCE") {
    return Answer{centralization_index(question, against_rest()), Tolerance::space, {}};
  }
  return std::nullopt;
}

}  // namespace quartier::oracle
