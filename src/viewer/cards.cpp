#include "viewer/cards.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "viewer/choosing.h"

namespace quartier::viewer {
namespace {

constexpr std::size_t shares_in_tooltip = 5;

std::string parents_text(const Districts& districts, DistrictIndex district) {
  std::vector<std::string> parents;
  for (const ParentLevel& level : districts.levels) {
    const std::uint32_t parent = level.of_district[district];
    if (parent == no_index) continue;
    const std::string name = display_safe(level.names[parent]);
    // A bare number says nothing without its level: "Districte 01".
    parents.push_back(parse_number(name) ? display_safe(level.label) + " " + name : name);
  }
  return joined(parents, ", ");
}

std::string state_text(study::ValueState state) {
  switch (state) {
    case study::ValueState::suppressed:
      return "suppressed";
    case study::ValueState::no_data:
      return "no data";
    case study::ValueState::undefined:
    case study::ValueState::shown:
      break;
  }
  return "n/a";
}

std::string area_text(double area_m2) {
  if (!is_defined(area_m2)) return {};
  return display_text(area_m2 / 1e6, area_m2 < 1e7 ? 2 : 1) + " km\u00B2";
}

DistrictCard::Part share_part(const ViewModel& model, const study::GroupShare& share) {
  const Group& group = model.publication->groups().nodes[share.group];
  DistrictCard::Part part;
  part.label = display_safe(group.label);
  part.chosen = group.id == model.choice.group;
  if (share.state != study::ValueState::shown) {
    part.text = state_text(share.state);
    return part;
  }
  part.detail = display_text(share.persons, 0) + (share.persons == 1.0 ? " person" : " persons");
  if (is_defined(share.share)) {
    part.share = std::clamp(share.share, 0.0, 1.0);
    part.text = display_text(share.share * 100.0, 1) + " %";
  } else {
    part.text = "n/a";
  }
  return part;
}

void add_shares(const ViewModel& model, bool short_form, DistrictCard& card) {
  const std::string date = counts_date(model.edition(), model.choice.date);
  if (date.empty()) return;
  const std::uint32_t edition = model.choice.edition;
  const double residents = model.publication->residents(edition, date, card.district);
  card.residents = is_defined(residents) ? display_text(residents, 0) + " residents" : "";
  std::size_t taken = 0;
  for (const study::GroupShare& share : model.publication->shares(edition, date, card.district)) {
    DistrictCard::Part part = share_part(model, share);
    ++taken;
    if (!short_form || taken <= shares_in_tooltip || part.chosen) card.shares.push_back(part);
  }
}

const study::PublishedRanking* ranking_shown(const ViewModel& model) {
  for (const study::PublishedRanking& ranking : model.publication->rankings()) {
    if (ranking.id == model.ranking && ranking.edition == model.choice.edition) return &ranking;
  }
  return nullptr;
}

void add_contributions(const ViewModel& model, DistrictCard& card) {
  const study::PublishedRanking* ranking = ranking_shown(model);
  if (ranking == nullptr) return;
  if (const std::uint32_t rank = ranking->rank[card.district]; rank != 0) {
    std::size_t ranked = 0;
    for (const std::uint32_t other : ranking->rank) ranked += other != 0 ? 1 : 0;
    card.rank = "Rank " + std::to_string(rank) + " of " + std::to_string(ranked);
    const double score = ranking->score[card.district];
    if (is_defined(score)) card.rank += ", score " + display_text(score, 3);
  }
  double greatest = 0.0;
  for (const study::RankedItem& item : ranking->items) {
    for (const double part : item.contributions) {
      if (is_defined(part)) greatest = std::max(greatest, std::abs(part));
    }
  }
  for (const study::RankedItem& item : ranking->items) {
    DistrictCard::Part part;
    part.label = display_safe(item.label);
    const study::ValueState state = item.states[card.district];
    const double value = item.values[card.district];
    const double contribution = item.contributions[card.district];
    part.detail = is_defined(value) ? display_text(value, std::abs(value) < 10.0 ? 2 : 1) + " " +
                                          display_safe(item.unit)
                                    : state_text(state);
    if (!item.ranked) {
      part.text = "not ranked";
    } else if (is_defined(contribution)) {
      part.text = display_text(contribution, 3);
      part.share = greatest > 0.0 ? std::clamp(contribution / greatest, 0.0, 1.0) : 0.0;
    } else {
      part.text = state_text(state);
    }
    card.contributions.push_back(part);
  }
}

/// Ranks from the highest value on.
std::vector<RankRow> rows_by_value(const study::Column& column) {
  std::vector<RankRow> rows(column.values.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = {static_cast<DistrictIndex>(i), 0, column.values[i], column.states[i], 0.0};
  }
  std::stable_sort(rows.begin(), rows.end(), [](const RankRow& a, const RankRow& b) {
    if (is_defined(a.score) != is_defined(b.score)) return is_defined(a.score);
    return is_defined(a.score) && a.score > b.score;
  });
  for (std::size_t i = 0; i < rows.size() && is_defined(rows[i].score); ++i) {
    const bool tie = i > 0 && rows[i].score == rows[i - 1].score;
    rows[i].rank = tie ? rows[i - 1].rank : static_cast<std::uint32_t>(i + 1);
  }
  return rows;
}

std::vector<RankRow> rows_of(const study::PublishedRanking& ranking) {
  std::vector<RankRow> rows(ranking.score.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool shown = is_defined(ranking.score[i]);
    const auto state = shown                  ? study::ValueState::shown
                       : ranking.rank[i] != 0 ? study::ValueState::suppressed
                                              : study::ValueState::no_data;
    rows[i] = {static_cast<DistrictIndex>(i), ranking.rank[i], ranking.score[i], state, 0.0};
  }
  std::stable_sort(rows.begin(), rows.end(), [](const RankRow& a, const RankRow& b) {
    if ((a.rank == 0) != (b.rank == 0)) return b.rank == 0;
    return a.rank < b.rank;
  });
  return rows;
}

void set_bars(std::vector<RankRow>& rows) {
  double least = 0.0;
  double greatest = 0.0;
  for (const RankRow& row : rows) {
    if (!std::isfinite(row.score)) continue;
    least = std::min(least, row.score);
    greatest = std::max(greatest, row.score);
  }
  if (greatest <= least) return;
  for (RankRow& row : rows) {
    if (std::isinf(row.score)) row.bar = 1.0;
    if (std::isfinite(row.score)) row.bar = (row.score - least) / (greatest - least);
  }
}

}  // namespace

DistrictCard card_of(const ViewModel& model, DistrictIndex district, bool short_form) {
  DistrictCard card;
  if (!model.publication || district >= model.edition().districts.size()) return card;
  const Districts& districts = model.edition().districts;
  card.district = district;
  card.name = display_safe(districts.names[district]);
  card.id = display_safe(districts.ids[district]);
  card.parents = parents_text(districts, district);
  card.area = area_text(districts.area_m2[district]);
  card.value = display_safe(report::column_value_text(model.column, district));
  if (district < model.column.p_values.size() && is_defined(model.column.p_values[district])) {
    card.p_value = "p = " + display_text(model.column.p_values[district], 3);
  }
  if (district < model.no_access.size()) card.no_access = model.no_access[district];
  add_shares(model, short_form, card);
  if (!short_form) add_contributions(model, card);
  return card;
}

std::vector<RankRow> ranking_rows(const ViewModel& model) {
  const study::PublishedRanking* ranking = ranking_shown(model);
  std::vector<RankRow> rows = ranking != nullptr ? rows_of(*ranking) : rows_by_value(model.column);
  set_bars(rows);
  const Districts& districts = model.edition().districts;
  if (!model.ranking_filter.empty()) {
    const std::string wanted = lower_ascii(model.ranking_filter);
    std::erase_if(rows, [&](const RankRow& row) {
      return lower_ascii(districts.names[row.district]).find(wanted) == std::string::npos &&
             lower_ascii(districts.ids[row.district]).find(wanted) == std::string::npos;
    });
  }
  if (model.ranking_order == RankOrder::name) {
    std::stable_sort(rows.begin(), rows.end(), [&](const RankRow& a, const RankRow& b) {
      return districts.names[a.district] < districts.names[b.district];
    });
  }
  return rows;
}

std::string score_text(const ViewModel& model, const RankRow& row) {
  if (row.state != study::ValueState::shown) return state_text(row.state);
  if (model.ranking.empty()) {
    return display_safe(report::column_value_text(model.column, row.district));
  }
  return display_text(row.score, 3);
}

carto::Colour service_colour(std::size_t position) {
  constexpr std::array colours{carto::rgb(0xB3261E), carto::rgb(0x1F4E79), carto::rgb(0x8E4585),
                               carto::rgb(0xC75B12), carto::rgb(0x00796B), carto::rgb(0x5D4037),
                               carto::rgb(0xAD1457), carto::rgb(0x3949AB), carto::rgb(0x827717),
                               carto::rgb(0x37474F)};
  return colours[position % colours.size()];
}

}  // namespace quartier::viewer
