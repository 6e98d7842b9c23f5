#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/expected.h"
#include "metrics/expected_mass.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

struct City {
  std::vector<SizeClass> classes;
  double group = 0.0;
  double reference = 0.0;
  [[nodiscard]] double total() const { return group + reference; }
};

City city_of(std::span<const double> group, std::span<const double> reference) {
  const std::array<std::span<const double>, 2> columns{group, reference};
  City city;
  const std::vector<double> totals = district_totals(columns);
  for (const auto& column : columns) {
    for (const double count : column) {
      if (count != std::floor(count)) return city;
    }
  }
  city.classes = size_classes(totals);
  city.group = total_of(group);
  city.reference = total_of(reference);
  return city;
}

/// A share that some district may have, and the share of the city's residents in such districts.
struct Atom {
  double share;
  double weight;
};

/// ∫ F (1 − F) ds for the distribution of `atoms`, sorted by share.
double spread(const std::vector<Atom>& atoms) {
  CompensatedSum area;
  CompensatedSum below;
  double whole = 0.0;
  for (const Atom& atom : atoms) whole += atom.weight;
  for (std::size_t a = 0; a + 1 < atoms.size(); ++a) {
    below.add(atoms[a].weight);
    area.add((atoms[a + 1].share - atoms[a].share) * below.value() * (whole - below.value()));
  }
  return area.value();
}

double gini_of_evenness(const City& city) {
  std::vector<Atom> all;
  std::vector<Atom> own;
  CompensatedSum copies;
  MassTable table;
  for (const SizeClass& sizes : city.classes) {
    const double weight = sizes.size / city.total();
    fill_mass({city.total(), city.group, sizes.size, NullModel::evenness}, table);
    own.clear();
    for (std::size_t j = 0; j < table.mass.size(); ++j) {
      const double share = (table.first + static_cast<double>(j)) / sizes.size;
      own.push_back({share, weight * table.mass[j]});
      all.push_back({share, sizes.districts * weight * table.mass[j]});
    }
    copies.add(sizes.districts * spread(own));
  }
  std::sort(all.begin(), all.end(), [](const Atom& a, const Atom& b) {
    return a.share != b.share ? a.share < b.share : a.weight < b.weight;
  });
  return (spread(all) - copies.value()) / (city.group / city.total()) /
         (city.reference / city.total());
}

/// E[t s |p_t − p_s|] for two districts of t and s residents under permutation.
double pair_mean(const City& city, double t, double s, MassTable& table) {
  const double both = t + s;
  fill_mass({city.total(), city.group, both, NullModel::permutation}, table);
  CompensatedSum sum;
  double v = -1.0;
  double term = 0.0;
  double m = table.first;
  for (const double mass : table.mass) {
    const double above = std::floor(m * t / both) + 1.0;
    if (m > 0.0 && m < both) {
      if (term <= 0.0 || v < 0.0) {
        term = mean_deviation({both, m, t, NullModel::permutation}) * both;
      } else if (above != v) {
        term *= (m - v) * (t - v) / (v * (s - m + v));
      }
      v = above;
      sum.add(mass * term);
      term *= (m + 1.0) * (s - m - 1.0 + v) / ((m + 1.0 - v) * (both - m));
    }
    m += 1.0;
  }
  return sum.value();
}

double gini_of_permutation(const City& city) {
  const std::size_t count = city.classes.size();
  std::vector<double> rows(count);
  for_chunks(count, 1, [&](std::size_t row, std::size_t, std::size_t) {
    MassTable table;
    const SizeClass& a = city.classes[row];
    CompensatedSum sum;
    if (a.districts > 1.0) {
      sum.add(a.districts * (a.districts - 1.0) * pair_mean(city, a.size, a.size, table));
    }
    for (std::size_t other = row + 1; other < count; ++other) {
      const SizeClass& b = city.classes[other];
      sum.add(2.0 * a.districts * b.districts * pair_mean(city, a.size, b.size, table));
    }
    rows[row] = sum.value();
  });
  return compensated_sum(rows) / (2.0 * city.group * city.reference);
}

}  // namespace

double expected_gini(std::span<const double> group, std::span<const double> reference,
                     NullModel model) {
  expects(model != NullModel::systematic, "expected value: of evenness or permutation");
  const City city = city_of(group, reference);
  if (city.group <= 0.0 || city.reference <= 0.0) return undefined;
  return within_unit(model == NullModel::evenness ? gini_of_evenness(city)
                                                  : gini_of_permutation(city));
}

double gini_work(std::span<const double> group, std::span<const double> reference) {
  const City city = city_of(group, reference);
  if (city.group <= 0.0 || city.reference <= 0.0) return 0.0;
  const double variance = (city.group / city.total()) * (city.reference / city.total());
  double root = 0.0;
  for (const SizeClass& sizes : city.classes) root += std::sqrt(2.0 * sizes.size * variance);
  return 24.0 * root * static_cast<double>(city.classes.size()) / 2.0;
}

}  // namespace quartier::metrics
