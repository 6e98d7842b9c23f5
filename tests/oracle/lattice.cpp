/// The lattice of the fixtures: contiguity, distance, environments and Moran's I with every
/// rearrangement of the values.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/geary.h"
#include "oracle/fixtures.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

constexpr double side_m = 1000.0;

/// Sums that differ by less are the same value in another order of terms.
constexpr double same_value = 1e-9;

/// Up to so many districts all rearrangements are made.
constexpr std::size_t most_rearranged = 10;

std::vector<Contact> contacts_of(std::size_t columns) {
  std::vector<Contact> contacts;
  for (std::size_t i = 0; i < columns * columns; ++i) {
    const std::size_t x = i % columns;
    const bool last_row = i / columns + 1 == columns;
    if (x + 1 < columns) contacts.push_back({i, i + 1, side_m});
    if (last_row) continue;
    contacts.push_back({i, i + columns, side_m});
    if (x + 1 < columns) contacts.push_back({i, i + columns + 1, 0.0});
    if (x > 0) contacts.push_back({i, i + columns - 1, 0.0});
  }
  return contacts;
}

std::vector<double> shares_of(const City& city) { return shares(city.counts[0], city.total); }

SpatialWeights weights_of(const City& city, const Params& params) {
  return contiguity_weights(city.land->contiguity, params.contiguity(), true);
}

/// How many of all rearrangements come out at least as high as what is seen.
struct Rearranged {
  double at_least = 0.0;
  double all = 0.0;
};

Rearranged rearranged_city(const City& city, const SpatialWeights& weights) {
  const std::vector<double> share = shares_of(city);
  if (share.size() > most_rearranged) throw Uncovered("too many rearrangements");
  const double seen = moran_i(share, weights);
  std::vector<std::size_t> order(share.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> drawn = share;
  Rearranged counts;
  do {
    for (std::size_t i = 0; i < order.size(); ++i) drawn[i] = share[order[i]];
    counts.at_least += moran_i(drawn, weights) >= seen - same_value ? 1.0 : 0.0;
    counts.all += 1.0;
  } while (std::next_permutation(order.begin(), order.end()));
  return counts;
}

/// The value of the district stays; each choice of its neighbours from the others counts once.
Rearranged rearranged_neighbours(const City& city, const SpatialWeights& weights,
                                 std::size_t district) {
  const std::vector<double> share = shares_of(city);
  if (district >= share.size()) throw Uncovered("no such district");
  if (share.size() > 2 * most_rearranged) throw Uncovered("too many choices of neighbours");
  const double seen = local_moran(share, weights, {}).values[district];
  std::vector<double> others = share;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(district));
  std::vector<bool> neighbour(share.size(), false);
  std::size_t degree = 0;
  for (std::uint32_t l = weights.start[district]; l < weights.start[district + 1]; ++l) {
    neighbour[weights.neighbour[l]] = true;
    ++degree;
  }
  std::vector<bool> chosen(others.size(), false);
  std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(degree), true);
  Rearranged counts;
  do {
    std::vector<double> inside;
    std::vector<double> outside;
    for (std::size_t o = 0; o < others.size(); ++o) {
      (chosen[o] ? inside : outside).push_back(others[o]);
    }
    std::vector<double> drawn = share;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      if (i == district) continue;
      std::vector<double>& from = neighbour[i] ? inside : outside;
      drawn[i] = from.back();
      from.pop_back();
    }
    const double value = local_moran(drawn, weights, {}).values[district];
    counts.at_least += value >= seen - same_value ? 1.0 : 0.0;
    counts.all += 1.0;
  } while (std::prev_permutation(chosen.begin(), chosen.end()));
  return counts;
}

double of_counts(const Rearranged& counts, const std::string& name) {
  if (name == "greater_equal") return counts.at_least;
  if (name == "total") return counts.all;
  if (name == "p_upper") return counts.at_least / counts.all;
  if (name.starts_with("p_folded")) {
    return std::min(counts.at_least, counts.all - counts.at_least) / counts.all;
  }
  throw Uncovered("unknown key " + name);
}

std::size_t position_of(const std::string& text, std::size_t count) {
  const std::optional<double> position = number_of(text);
  if (!position || !(*position >= 0.0 && *position < static_cast<double>(count))) {
    throw Uncovered("no such district: " + text);
  }
  return static_cast<std::size_t>(*position);
}

double association_value(const City& city, const std::vector<std::string>& path,
                         const Params& words) {
  const std::string& key = path.front();
  const SpatialWeights weights = weights_of(city, words);
  const bool local = key.starts_with("local_I_");
  const std::size_t district = local ? position_of(path.at(1), city.total.size()) : 0;
  if (words.says("exact")) {
    return of_counts(
        local ? rearranged_neighbours(city, weights, district) : rearranged_city(city, weights),
        path.back());
  }
  if (!words.says("rowstd")) throw Uncovered("weights are not row-standardised");
  if (local) {
    AssociationSettings settings;
    if (key.ends_with("(n)")) {
      settings.factor = LocalFactor::n;
    } else if (!key.ends_with("(n-1)")) {
      throw Uncovered("neither (n) nor (n-1)");
    }
    return local_moran(shares_of(city), weights, settings).values[district];
  }
  return key.starts_with("Geary_C_") ? geary_c(shares_of(city), weights)
                                     : moran_i(shares_of(city), weights);
}

Answer answer_with(City& city, const std::string& index, const std::string& other,
                   const std::string& params) {
  const Row row{"", index, "", other.empty() ? "ALL" : "x", other, params, 0.0};
  return answer_of(question_of(city, row));
}

/// `ROS_uniform_1000m`: kernel and bandwidth.
Answer environment_value(City& city, const std::vector<std::string>& path) {
  const std::string& key = path.front();
  const std::size_t shape = key.find('_') + 1;
  const std::size_t bandwidth = key.find('_', shape);
  if (bandwidth == std::string::npos || !key.ends_with("m")) throw Uncovered("unknown kernel");
  const std::string params = "kernel=" + key.substr(shape, bandwidth - shape) + " bandwidth_m=" +
                             key.substr(bandwidth + 1, key.size() - bandwidth - 2);
  const std::string& name = path.at(1);
  if (name == "q") {
    const std::size_t i = position_of(path.at(2), city.total.size());
    return {environment_shares(city, Params(params).environment(), 0)[i], Tolerance::space, {}};
  }
  if (name == "isolation_P_xx") return answer_with(city, "spatial_P", "x", params);
  if (name.ends_with("_tilde")) {
    return answer_with(city, "spatial_" + name.substr(0, name.find('_')), "", params);
  }
  throw Uncovered("unknown key " + name);
}

}  // namespace

City lattice_of(const std::vector<double>& group, const std::vector<double>& total) {
  const auto columns =
      static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(total.size()))));
  if (group.size() != total.size() || columns * columns != total.size() || columns == 0) {
    throw Uncovered("the districts make no square lattice");
  }
  City city;
  city.groups = {"x", "rest"};
  city.counts = {group, total};
  Land land;
  for (std::size_t i = 0; i < total.size(); ++i) {
    city.ids.push_back(std::to_string(i));
    city.counts[1][i] -= group[i];
    land.centroids.push_back({side_m * (0.5 + static_cast<double>(i % columns)),
                              side_m * (0.5 + static_cast<double>(i / columns))});
  }
  city.total = total;
  land.area_m2.assign(total.size(), side_m * side_m);
  land.perimeter_m.assign(total.size(), 4.0 * side_m);
  land.contiguity = contiguity_of(total.size(), contacts_of(columns));
  land.interior_perimeter_m.assign(total.size(), 0.0);
  for (const Contact& contact : contacts_of(columns)) {
    land.interior_perimeter_m[contact.i] += contact.shared_m;
    land.interior_perimeter_m[contact.j] += contact.shared_m;
  }
  city.land = std::move(land);
  return city;
}

Answer lattice_answer(City& city, const Expectation& expectation) {
  const std::vector<std::string>& path = expectation.path;
  const std::string& key = path.front();
  std::string words = key;
  std::replace(words.begin(), words.end(), '_', ' ');
  for (const char* association : {"Moran_I_", "Geary_C_", "local_I_"}) {
    if (key.starts_with(association)) {
      return {association_value(city, path, Params(words)), Tolerance::aspatial, {}};
    }
  }
  if (key.starts_with("ROS_") && path.size() > 1) return environment_value(city, path);
  constexpr std::string_view decay = "decay ";
  constexpr std::string_view self = " self ";
  if (key.starts_with(decay) && path.size() == 2) {
    const std::size_t at = key.find(self);
    if (at == std::string::npos) throw Uncovered("no self distance");
    return answer_with(city, path[1], "REST",
                       "c_ij=" + key.substr(decay.size(), at - decay.size()) + "; self distance " +
                           key.substr(at + self.size()));
  }
  if (path.size() != 1) throw Uncovered("unknown key");
  for (const char* index : {"D_Morrill", "D_w", "D_s"}) {
    if (key.starts_with(index)) return answer_with(city, index, "REST", words);
  }
  return answer_with(city, key, "REST", "");
}

}  // namespace quartier::oracle
