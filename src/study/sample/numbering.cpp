#include "study/sample/numbering.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "study/sample/parents.h"

namespace quartier::study::sample {
namespace {

constexpr double neighbourhoods_per_quarter = 5.0;

/// Where the parts of a division lie: the mean of their neighbourhoods.
std::vector<PlanPoint> middles(const Neighbourhoods& neighbourhoods, const Division& division) {
  std::vector<PlanPoint> sum(division.count);
  std::vector<double> members(division.count, 0.0);
  for (std::size_t n = 0; n < neighbourhoods.size(); ++n) {
    const std::uint32_t part = division.of_neighbourhood[n];
    sum[part] = sum[part] + neighbourhoods.middle[n];
    members[part] += 1.0;
  }
  for (std::size_t part = 0; part < sum.size(); ++part)
    sum[part] = (1.0 / members[part]) * sum[part];
  return sum;
}

/// Number of every part: its place when they are sorted by `key`, ties by position.
std::vector<std::uint32_t> ranks(const std::vector<double>& key) {
  std::vector<std::uint32_t> by_key(key.size());
  std::iota(by_key.begin(), by_key.end(), 0U);
  std::sort(by_key.begin(), by_key.end(), [&](std::uint32_t a, std::uint32_t b) {
    return key[a] < key[b] || (key[a] == key[b] && a < b);
  });
  std::vector<std::uint32_t> rank(key.size());
  for (std::uint32_t place = 0; place < by_key.size(); ++place) rank[by_key[place]] = place;
  return rank;
}

std::vector<double> distances(const std::vector<PlanPoint>& places) {
  std::vector<double> result;
  result.reserve(places.size());
  for (const PlanPoint place : places) result.push_back(length(place));
  return result;
}

std::vector<std::uint32_t> borough_ranks(const std::vector<PlanPoint>& middle) {
  const auto centre = std::min_element(
      middle.begin(), middle.end(), [](PlanPoint a, PlanPoint b) { return length(a) < length(b); });
  std::vector<double> angle;
  for (auto place = middle.begin(); place != middle.end(); ++place) {
    angle.push_back(place == centre ? -10.0 : std::atan2(place->v, place->u));
  }
  return ranks(angle);
}

std::string digits(std::size_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

std::size_t width_for(std::size_t largest) {
  return std::max<std::size_t>(2, std::to_string(largest).size());
}

}  // namespace

Numbering numbered(const Neighbourhoods& neighbourhoods) {
  const std::size_t count = neighbourhoods.size();
  const double borough_size = std::sqrt(static_cast<double>(count)) / 0.65;
  const Division boroughs = divided(neighbourhoods, undivided(neighbourhoods), borough_size);
  const Division quarters = divided(neighbourhoods, boroughs, neighbourhoods_per_quarter);

  const auto borough_rank = borough_ranks(middles(neighbourhoods, boroughs));
  const auto quarter_rank = ranks(distances(middles(neighbourhoods, quarters)));
  const auto own_rank = ranks(distances(neighbourhoods.middle));

  Numbering numbering;
  numbering.order.resize(count);
  std::iota(numbering.order.begin(), numbering.order.end(), 0U);
  const auto borough_of = [&](std::uint32_t n) {
    return borough_rank[boroughs.of_neighbourhood[n]];
  };
  const auto quarter_of = [&](std::uint32_t n) {
    return quarter_rank[quarters.of_neighbourhood[n]];
  };
  std::sort(numbering.order.begin(), numbering.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (borough_of(a) != borough_of(b)) return borough_of(a) < borough_of(b);
    if (quarter_of(a) != quarter_of(b)) return quarter_of(a) < quarter_of(b);
    return own_rank[a] < own_rank[b];
  });

  // Position of quarter and neighbourhood within their parents, to know how wide ids have to be.
  std::vector<std::size_t> quarter_number(count, 0);
  std::vector<std::size_t> own_number(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const bool new_borough =
        i == 0 || borough_of(numbering.order[i]) != borough_of(numbering.order[i - 1]);
    const bool new_quarter =
        i == 0 || quarter_of(numbering.order[i]) != quarter_of(numbering.order[i - 1]);
    quarter_number[i] = new_borough ? 1 : quarter_number[i - 1] + (new_quarter ? 1 : 0);
    own_number[i] = new_quarter ? 1 : own_number[i - 1] + 1;
  }
  const std::size_t borough_width = width_for(boroughs.count);
  const std::size_t quarter_width =
      width_for(*std::max_element(quarter_number.begin(), quarter_number.end()));
  const std::size_t own_width = width_for(*std::max_element(own_number.begin(), own_number.end()));

  ParentLevel quarter{"quarter", "Quarter", {}, {}, {}};
  ParentLevel borough{"borough", "Borough", {}, {}, {}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string borough_id = digits(borough_of(numbering.order[i]) + 1, borough_width);
    const std::string quarter_id = borough_id + digits(quarter_number[i], quarter_width);
    if (borough.ids.empty() || borough.ids.back() != borough_id) borough.ids.push_back(borough_id);
    if (quarter.ids.empty() || quarter.ids.back() != quarter_id) quarter.ids.push_back(quarter_id);
    borough.of_district.push_back(static_cast<std::uint32_t>(borough.ids.size() - 1));
    quarter.of_district.push_back(static_cast<std::uint32_t>(quarter.ids.size() - 1));
    numbering.ids.push_back(quarter_id + digits(own_number[i], own_width));
  }
  numbering.levels = {std::move(quarter), std::move(borough)};
  return numbering;
}

}  // namespace quartier::study::sample
