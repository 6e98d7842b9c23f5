#include "metrics/null_draws.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace quartier::metrics {
namespace {

/// Districts above this size are drawn without tables, which would grow too large.
constexpr std::uint32_t table_limit = 1024;

/// Streams of random numbers that belong to no district.
constexpr std::uint64_t sizes_stream = 1ULL << 33U;
constexpr std::uint64_t group_stream = 1ULL << 34U;
constexpr std::uint64_t city_stream = 1ULL << 35U;

constexpr double count_limit = 4294967296.0;

/// Uniform in 0 .. bound − 1, each number's probability right to 2^-60: bits · bound / 2^64 without
/// the carry of the lowest parts.
std::uint64_t below(RandomStream& random, std::uint64_t bound) {
  constexpr std::uint64_t lower = 0xFFFFFFFFU;
  const std::uint64_t bits = random.next();
  const std::uint64_t middle =
      ((bits >> 32U) * (bound & lower) >> 1U) + ((bits & lower) * (bound >> 32U) >> 1U);
  return (bits >> 32U) * (bound >> 32U) + (middle >> 31U);
}

/// `count` different numbers of 0 .. bound − 1, ascending, every choice alike.
std::vector<std::uint64_t> chosen(RandomStream& random, std::uint64_t count, std::uint64_t bound) {
  std::vector<std::uint64_t> numbers;
  while (numbers.size() < count) {
    while (numbers.size() < count) numbers.push_back(below(random, bound));
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  }
  return numbers;
}

/// Takes the persons with these numbers out of the districts where `column` counts them, and
/// appends the positions of those districts to `from`.
void take(const std::vector<std::uint64_t>& persons, std::span<std::uint32_t> column,
          std::vector<std::uint32_t>& from) {
  std::uint64_t upto = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < column.size() && next < persons.size(); ++i) {
    upto += column[i];
    while (next < persons.size() && persons[next] < upto) {
      --column[i];
      from.push_back(static_cast<std::uint32_t>(i));
      ++next;
    }
  }
}

std::uint64_t sum_of(std::span<const std::uint32_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

}  // namespace

NullDraws::NullDraws(GroupColumns groups, NullModel model, std::uint64_t seed)
    : model_(model), seed_(seed) {
  const std::vector<double> totals = district_totals(groups);
  for (const double total : totals) {
    expects(total < count_limit, "null draws: districts below 2^32 residents");
  }
  const std::size_t n = totals.size();
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return totals[a] < totals[b]; });
  observed_.counts.resize(groups.size() * n);
  observed_.totals.resize(n);
  for (std::size_t k = 0; k < groups.size(); ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      const double count = groups[k][order_[i]];
      expects(count >= 0.0 && count == std::floor(count), "null draws: whole numbers of persons");
      observed_.counts[k * n + i] = static_cast<std::uint32_t>(count);
    }
    group_totals_.push_back(sum_of(std::span(observed_.counts).subspan(k * n, n)));
  }
  residents_upto_.push_back(0);
  for (std::size_t i = 0; i < n; ++i) {
    observed_.totals[i] = static_cast<std::uint32_t>(totals[order_[i]]);
    residents_upto_.push_back(residents_upto_.back() + observed_.totals[i]);
  }
  make_tables();
}

void NullDraws::make_tables() {
  for (std::size_t k = 0; k < group_totals_.size(); ++k) {
    if (group_totals_[k] > 0) sequence_.push_back(k);
  }
  std::stable_sort(sequence_.begin(), sequence_.end(), [&](std::size_t a, std::size_t b) {
    return group_totals_[a] > group_totals_[b];
  });
  double largest = observed_.totals.empty() ? 0.0 : observed_.totals.back();
  if (model_ == NullModel::systematic) largest += 8.0 * std::sqrt(largest) + 16.0;
  largest_tabled_ = static_cast<std::size_t>(std::min(largest, double{table_limit}));

  double left = static_cast<double>(residents_upto_.back());
  MassTable mass;
  for (const std::size_t k : sequence_) {
    const auto members = static_cast<double>(group_totals_[k]);
    share_.push_back(members / left);
    if (members < left) {
      for (std::size_t r = 0; r <= largest_tabled_; ++r) {
        fill_mass({left, members, static_cast<double>(r), NullModel::evenness}, mass);
        labels_.add(mass);
      }
    }
    left -= members;
  }
  if (model_ != NullModel::systematic) return;
  for (std::size_t t = 0; t <= largest_tabled_; ++t) {
    const auto mean = static_cast<double>(t);
    const double span = 8.0 * std::sqrt(mean) + 40.0;
    mass.first = std::max(0.0, std::floor(mean - span));
    mass.mass.clear();
    for (double x = mass.first; x <= mean + span; x += 1.0) {
      mass.mass.push_back(poisson_probability(x, mean));
    }
    sizes_.add(mass);
  }
}

void NullDraws::draw(std::uint32_t draw, DrawnCity& city) const {
  city.totals = observed_.totals;
  city.counts.resize(observed_.counts.size());
  if (sequence_.empty()) {
    std::fill(city.counts.begin(), city.counts.end(), 0U);
    return;
  }
  if (model_ == NullModel::systematic) draw_sizes(draw, city.totals);
  draw_labels(draw, city);
  if (model_ != NullModel::evenness) restore_group_totals(draw, city);
}

void NullDraws::draw_sizes(std::uint32_t draw, std::span<std::uint32_t> totals) const {
  const std::uint64_t residents = residents_upto_.back();
  std::uint64_t drawn = 0;
  for (std::size_t i = 0; i < totals.size(); ++i) {
    RandomStream random(seed_, draw, sizes_stream + order_[i]);
    const std::uint32_t size = observed_.totals[i];
    totals[i] = size <= largest_tabled_
                    ? sizes_.draw(size, random.next())
                    : static_cast<std::uint32_t>(std::min(
                          count_limit - 1.0, poisson_draw(random, static_cast<double>(size))));
    drawn += totals[i];
  }
  RandomStream random(seed_, draw, city_stream);
  if (drawn > residents) {
    std::vector<std::uint32_t> from;
    take(chosen(random, drawn - residents, drawn), totals, from);
  }
  for (; drawn < residents; ++drawn) {
    const std::uint64_t person = below(random, residents);
    const auto after = std::upper_bound(residents_upto_.begin(), residents_upto_.end(), person);
    ++totals[static_cast<std::size_t>(after - residents_upto_.begin()) - 1];
  }
}

void NullDraws::draw_labels(std::uint32_t draw, DrawnCity& city) const {
  const std::size_t n = order_.size();
  const std::size_t last = sequence_.size() - 1;
  for (std::size_t k = 0; k < group_totals_.size(); ++k) {
    if (group_totals_[k] == 0)
      std::fill_n(city.counts.begin() + static_cast<std::ptrdiff_t>(k * n), n, 0U);
  }
  for (std::size_t i = 0; i < n; ++i) {
    RandomStream random(seed_, draw, order_[i]);
    std::uint32_t left = city.totals[i];
    for (std::size_t place = 0; place < last; ++place) {
      std::uint32_t members = 0;
      if (left <= largest_tabled_) {
        members = labels_.draw(place * (largest_tabled_ + 1) + left, random.next());
      } else {
        members = static_cast<std::uint32_t>(binomial_draw(random, left, share_[place]));
      }
      city.counts[sequence_[place] * n + i] = members;
      left -= members;
    }
    city.counts[sequence_[last] * n + i] = left;
  }
}

void NullDraws::restore_group_totals(std::uint32_t draw, DrawnCity& city) const {
  const std::size_t n = order_.size();
  const auto column = [&](std::size_t k) { return std::span(city.counts).subspan(k * n, n); };
  std::vector<std::uint32_t> open;
  std::vector<std::uint64_t> missing(group_totals_.size(), 0);
  for (const std::size_t k : sequence_) {
    const std::uint64_t drawn = sum_of(column(k));
    if (drawn <= group_totals_[k]) {
      missing[k] = group_totals_[k] - drawn;
      continue;
    }
    RandomStream random(seed_, draw, group_stream + k);
    take(chosen(random, drawn - group_totals_[k], drawn), column(k), open);
  }
  RandomStream random(seed_, draw, city_stream + 1);
  std::size_t next = open.size();
  for (const std::size_t k : sequence_) {
    for (; missing[k] > 0; --missing[k]) {
      std::swap(open[below(random, next)], open[next - 1]);
      ++column(k)[open[--next]];
    }
  }
}

void NullDraws::unpack(const DrawnCity& city, std::vector<std::vector<double>>& columns) const {
  const std::size_t n = order_.size();
  columns.resize(group_totals_.size());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    columns[k].resize(n);
    for (std::size_t i = 0; i < n; ++i) columns[k][order_[i]] = city.counts[k * n + i];
  }
}

}  // namespace quartier::metrics
