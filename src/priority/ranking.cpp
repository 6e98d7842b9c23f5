#include "priority/ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "priority/normalise.h"

namespace quartier::priority {
namespace {

constexpr std::size_t grain = 4096;
constexpr double coverage_slack = 1e-12;  ///< sums of weights such as 0.1 + 0.2 carry rounding

/// A score to 12 decimals: the same for districts that only rounding parts.
double ordered_score(double score) {
  constexpr double decimals = 1e12;
  constexpr double largest = 9007.0;  // beyond, a double has fewer decimals than these
  return std::abs(score) < largest ? std::round(score * decimals) / decimals : score;
}

std::vector<std::vector<double>> normalised_items(const PriorityProfile& profile,
                                                  std::span<const std::span<const double>> values) {
  std::vector<std::vector<double>> columns(profile.items.size());
  for_chunks(columns.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    const PriorityItem& item = profile.items[k];
    try {
      columns[k] = normalised(values[k], item.direction, profile.normalisation);
    } catch (const InputError& error) {
      throw InputError("indicator '" + item.indicator + "': " + error.what(), error.way_out());
    }
  });
  return columns;
}

void rank_by_score(Ranking& ranking) {
  const std::vector<double>& score = ranking.score;
  std::vector<DistrictIndex> order;
  std::vector<double> key(score.size(), undefined);
  for (std::size_t i = 0; i < score.size(); ++i) {
    if (!is_defined(score[i])) continue;
    key[i] = ordered_score(score[i]);
    order.push_back(static_cast<DistrictIndex>(i));
  }
  std::sort(order.begin(), order.end(), [&](DistrictIndex a, DistrictIndex b) {
    return key[a] != key[b] ? key[a] > key[b] : a < b;
  });
  ranking.rank.assign(score.size(), unranked);
  ranking.ranked_count = order.size();
  for (std::size_t k = 0; k < order.size(); ++k) {
    const bool tied = k > 0 && key[order[k]] == key[order[k - 1]];
    ranking.rank[order[k]] = tied ? ranking.rank[order[k - 1]] : static_cast<std::uint32_t>(k + 1);
  }
}

}  // namespace

Ranking rank_districts(const PriorityProfile& profile,
                       std::span<const std::span<const double>> values) {
  check(profile);
  expects(values.size() == profile.items.size(), "rank_districts: one column per item");
  const std::size_t n = values.front().size();
  for (const std::span<const double> column : values) {
    expects(column.size() == n, "rank_districts: the same districts in every column");
  }
  Ranking ranking;
  ranking.asked = asked_items(profile);
  ranking.normalised = normalised_items(profile, values);
  std::vector<std::size_t> ranked;
  double all_weight = 0.0;
  for (std::size_t k = 0; k < profile.items.size(); ++k) {
    if (!profile.levers.includes(profile.items[k].lever)) continue;
    ranked.push_back(k);
    all_weight += profile.items[k].weight;
  }
  ranking.contribution.assign(profile.items.size(), std::vector<double>(n, undefined));
  ranking.score.assign(n, undefined);
  ranking.coverage.assign(n, 0.0);
  for_chunks(n, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      double weight = 0.0;
      for (const std::size_t k : ranked) {
        if (is_defined(ranking.normalised[k][i])) weight += profile.items[k].weight;
      }
      ranking.coverage[i] = weight / all_weight;
      if (!(weight > 0.0) || ranking.coverage[i] < profile.minimum_coverage - coverage_slack)
        continue;
      double score = 0.0;
      for (const std::size_t k : ranked) {
        const double value = ranking.normalised[k][i];
        if (!is_defined(value)) continue;
        const double part = profile.items[k].weight / weight * value;
        ranking.contribution[k][i] = part;
        score += part;
      }
      ranking.score[i] = score;
    }
  });
  rank_by_score(ranking);
  return ranking;
}

std::vector<DistrictIndex> Ranking::order() const {
  std::vector<DistrictIndex> districts(rank.size());
  std::iota(districts.begin(), districts.end(), DistrictIndex{0});
  // Less 1 sends `unranked`, 0, to the end.
  std::stable_sort(districts.begin(), districts.end(), [this](DistrictIndex a, DistrictIndex b) {
    return rank[a] - 1U < rank[b] - 1U;
  });
  return districts;
}

namespace {

/// Adds the weighted values of one item to a part.
void add_item(const PriorityItem& item, const std::vector<double>& values, Part& part,
              std::vector<double>& weight) {
  ++part.item_count;
  bool any = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_defined(values[i])) continue;
    any = true;
    ++part.items_with_value[i];
    part.mean[i] += item.weight * values[i];
    weight[i] += item.weight;
  }
  if (any) ++part.with_data;
}

}  // namespace

Scorecard scorecard(const PriorityProfile& profile, const Ranking& ranking) {
  expects(ranking.normalised.size() == profile.items.size(), "scorecard: a ranking of the profile");
  const std::size_t n = ranking.score.size();
  Scorecard card;
  const auto fill = [&](Part& part, const auto& belongs) {
    part.mean.assign(n, 0.0);
    part.items_with_value.assign(n, 0);
    std::vector<double> weight(n, 0.0);
    for (std::size_t k = 0; k < profile.items.size(); ++k) {
      if (belongs(profile.items[k])) {
        add_item(profile.items[k], ranking.normalised[k], part, weight);
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      part.mean[i] = weight[i] > 0.0 ? part.mean[i] / weight[i] : undefined;
    }
  };
  for (std::size_t d = 0; d < card.dimensions.size(); ++d) {
    fill(card.dimensions[d], [d](const PriorityItem& item) {
      return dimension_of(item.domain) == static_cast<Dimension>(d);
    });
  }
  for (std::size_t d = 0; d < card.domains.size(); ++d) {
    fill(card.domains[d],
         [d](const PriorityItem& item) { return item.domain == static_cast<Domain>(d); });
  }
  return card;
}

}  // namespace quartier::priority
