#include <map>

#include "oracle/folder.h"

namespace quartier::oracle {

std::optional<std::size_t> City::group(const std::string& name) const {
  for (std::size_t k = 0; k < groups.size(); ++k) {
    if (groups[k] == name) return k;
  }
  return std::nullopt;
}

std::vector<double> City::rest(std::size_t group) const {
  std::vector<double> others = total;
  for (std::size_t i = 0; i < others.size(); ++i) others[i] -= counts[group][i];
  return others;
}

City with_groups(const City& city, const std::vector<std::size_t>& groups) {
  City part;
  part.ids = city.ids;
  part.land = city.land;
  part.parents = city.parents;
  part.parent_of = city.parent_of;
  for (const std::size_t k : groups) {
    part.groups.push_back(city.groups[k]);
    part.counts.push_back(city.counts[k]);
  }
  part.total = metrics::district_totals(part.columns());
  return part;
}

City without_empty(const City& city) {
  City part;
  part.groups = city.groups;
  part.counts.resize(city.groups.size());
  if (city.land) part.land.emplace();
  for (std::size_t i = 0; i < city.total.size(); ++i) {
    if (city.total[i] == 0.0) continue;
    part.ids.push_back(city.ids[i]);
    part.total.push_back(city.total[i]);
    for (std::size_t k = 0; k < city.groups.size(); ++k) {
      part.counts[k].push_back(city.counts[k][i]);
    }
    if (city.land) part.land->centroids.push_back(city.land->centroids[i]);
  }
  return part;
}

Contiguity contiguity_of(std::size_t district_count, const std::vector<Contact>& contacts) {
  std::vector<std::map<std::size_t, double>> rows(district_count);
  for (const Contact& contact : contacts) {
    rows[contact.i][contact.j] = contact.shared_m;
    rows[contact.j][contact.i] = contact.shared_m;
  }
  Contiguity contiguity;
  for (const auto& row : rows) {
    for (const auto& [j, shared_m] : row) {
      contiguity.neighbour.push_back(static_cast<DistrictIndex>(j));
      contiguity.shared_m.push_back(shared_m);
    }
    contiguity.start.push_back(static_cast<std::uint32_t>(contiguity.neighbour.size()));
  }
  return contiguity;
}

}  // namespace quartier::oracle
