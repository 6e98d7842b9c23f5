// Where need and local leverage meet: rankings, their parts and the ask list.

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "report/charts.h"
#include "report/html_parts.h"
#include "report/markup.h"
#include "report/tables.h"

namespace quartier::report {
namespace {

constexpr std::size_t bars_shown = 24;
constexpr std::array domains{Domain::labour, Domain::education,       Domain::housing,
                             Domain::health, Domain::legal_political, Domain::cultural_religious};
constexpr std::array dimensions{Dimension::legal_political, Dimension::socio_economic,
                                Dimension::cultural_religious};

using study::PublishedRanking;
using study::RankedItem;
using study::ValueState;

/// Text that stays in one line.
HtmlCell whole_cell(std::string_view text) {
  return {.html = "<span class=\"w\">" + escaped(text) + "</span>"};
}

std::string profile_table(const PublishedRanking& ranking) {
  std::vector<std::vector<HtmlCell>> rows;
  for (const Dimension dimension : dimensions) {
    for (const Domain domain : domains) {
      if (dimension_of(domain) != dimension) continue;
      bool any = false;
      for (const RankedItem& item : ranking.items) {
        if (item.domain != domain) continue;
        rows.push_back({head_cell(label_of(dimension)), text_cell(label_of(domain)),
                        text_cell(item.label), whole_cell(item.date),
                        text_cell(label_of(item.direction)), text_cell(label_of(item.lever)),
                        item.ranked ? number_cell(shown_value(item.weight, "share", true))
                                    : text_cell("ask list")});
        rows.back().back().number = true;
        any = true;
      }
      if (any) continue;
      rows.push_back({head_cell(label_of(dimension)),
                      text_cell(label_of(domain)),
                      {.html = "<span class=\"na\">no data</span>"},
                      text_cell(""),
                      text_cell(""),
                      text_cell(""),
                      text_cell("")});
    }
  }
  return html_table("What the ranking is made of",
                    {{"Dimension"},
                     {"Domain"},
                     {"Indicator"},
                     {"Date"},
                     {"Direction"},
                     {"Lever held by"},
                     {"Weight", true}},
                    rows);
}

/// "Unemployment 0.21, Rent 0.12", the largest first; what is hidden is said.
std::string main_parts(const PublishedRanking& ranking, DistrictIndex d) {
  std::vector<const RankedItem*> items;
  std::size_t hidden = 0;
  std::size_t missing = 0;
  for (const RankedItem& item : ranking.items) {
    if (!item.ranked) continue;
    if (item.states[d] == ValueState::suppressed) {
      ++hidden;
    } else if (!is_defined(item.contributions[d])) {
      ++missing;
    } else {
      items.push_back(&item);
    }
  }
  std::stable_sort(items.begin(), items.end(), [&](const RankedItem* a, const RankedItem* b) {
    return a->contributions[d] > b->contributions[d];
  });
  std::string html;
  for (std::size_t k = 0; k < std::min<std::size_t>(items.size(), 3); ++k) {
    if (!html.empty()) html += ", ";
    html += escaped(items[k]->label) + "\xC2\xA0" +
            escaped(display_text(items[k]->contributions[d], 2));
  }
  const auto add = [&](std::size_t count, const char* words) {
    if (count == 0) return;
    if (!html.empty()) html += "; ";
    html += std::to_string(count) + "\xC2\xA0" + words;
  };
  add(hidden, "<span class=\"hidden\">suppressed</span>");
  add(missing, "<span class=\"na\">no data</span>");
  return html;
}

/// A district with a rank has a score; where it is not published, the gate hides it.
std::string score_text(const PublishedRanking& ranking, DistrictIndex d) {
  if (ranking.rank[d] != 0 && !is_defined(ranking.score[d])) return "suppressed";
  return display_text(ranking.score[d], 2);
}

std::string name_of_district(const ReportEdition& edition, DistrictIndex d) {
  return edition.names[d].empty() ? edition.ids[d] : edition.names[d];
}

std::string contribution_chart(const PublishedRanking& ranking, const ReportEdition& edition,
                               const std::vector<DistrictIndex>& order) {
  std::vector<Domain> present;
  for (const Domain domain : domains) {
    for (const RankedItem& item : ranking.items) {
      if (item.ranked && item.domain == domain) {
        present.push_back(domain);
        break;
      }
    }
  }
  std::vector<ChartSeries> series;
  const std::vector<std::string> colours = chart_colours(present.size());
  for (std::size_t s = 0; s < present.size(); ++s) {
    series.push_back({std::string(label_of(present[s])), colours[s]});
  }
  std::vector<StackedBar> bars;
  for (const DistrictIndex d : order) {
    if (ranking.rank[d] == 0 || bars.size() == bars_shown) break;
    StackedBar bar{name_of_district(edition, d), score_text(ranking, d), {}};
    for (const Domain domain : present) {
      double sum = 0.0;
      for (const RankedItem& item : ranking.items) {
        if (item.ranked && item.domain == domain && is_defined(item.contributions[d])) {
          sum += item.contributions[d];
        }
      }
      bar.parts.push_back(sum);
    }
    bars.push_back(std::move(bar));
  }
  if (bars.empty() || series.empty()) return {};
  return stacked_bars({"Contributions to the score by domain, in order of rank",
                       "The number at the end of each bar is the score; parts that are hidden or "
                       "have no data are not drawn."},
                      series, bars);
}

std::string ranking_table(const PublishedRanking& ranking, const ReportEdition& edition,
                          const std::vector<DistrictIndex>& order) {
  std::vector<std::vector<HtmlCell>> rows;
  for (const DistrictIndex d : order) {
    if (rows.size() == ranking_rows_shown) break;
    rows.push_back({number_cell(ranking.rank[d] == 0 ? "n/a" : std::to_string(ranking.rank[d])),
                    head_cell(name_of_district(edition, d)),
                    text_cell(edition.ids[d]),
                    number_cell(score_text(ranking, d)),
                    number_cell(shown_value(ranking.coverage[d], "share", true)),
                    {.html = main_parts(ranking, d)}});
  }
  std::string html = html_table("Districts by rank",
                                {{"Rank", true},
                                 {"District"},
                                 {"Id"},
                                 {"Score", true},
                                 {"Coverage", true, "weight with data"},
                                 {"Largest contributions"}},
                                rows, "No district has a score.");
  if (order.size() > ranking_rows_shown) {
    html += paragraph("The first " + std::to_string(ranking_rows_shown) + " of " +
                          std::to_string(order.size()) +
                          " districts; all of them stand in priorities.csv.",
                      "small");
  }
  return html;
}

std::string ask_list(const PublishedRanking& ranking) {
  std::string html;
  for (const Lever lever : {Lever::region, Lever::nation}) {
    std::string items;
    for (const RankedItem& item : ranking.items) {
      if (item.lever != lever) continue;
      items += "<li>" + escaped(item.label) + " <span class=\"small\">(" +
               escaped(label_of(item.domain)) +
               (item.ranked ? "; also part of the ranking" : "; not part of the ranking") +
               ")</span></li>\n";
    }
    if (items.empty()) continue;
    html += "<p>To ask of the <strong>" + escaped(lower_ascii(label_of(lever))) +
            "</strong>:</p>\n<ul>\n" + items + "</ul>\n";
  }
  if (html.empty()) {
    html = paragraph("Every indicator of this profile can be moved by the city itself.", "none");
  }
  return heading(3, "Ask list: what only a higher level can change") + html;
}

}  // namespace

std::string composition_box(const PublishedRanking& ranking) {
  std::string html;
  for (const RankedItem& item : ranking.items) {
    if (!item.composition) continue;
    html += "<p><strong>Who lives in a district enters this ranking</strong> (" +
            escaped(item.label) + ", weight " + escaped(shown_value(item.weight, "share", true)) +
            "). The written reason of the study: " + escaped(item.reason) + "</p>\n";
  }
  return html.empty() ? html : "<div class=\"box\" role=\"note\">\n" + html + "</div>\n";
}

std::string priorities_section(const ReportContent& content) {
  std::string html = "<section>\n" + heading(2, "Where need and local leverage meet", "priorities");
  if (content.rankings.empty()) {
    html += paragraph("The study declares no priority profile, so there is no ranking.", "none");
  }
  for (const PublishedRanking& ranking : content.rankings) {
    const ReportEdition& edition = content.editions.at(ranking.edition);
    const std::vector<DistrictIndex> order = by_rank(ranking);
    html += composition_box(ranking);
    html += heading(3, ranking.label.empty() ? ranking.id : ranking.label);
    html += paragraph(ranking.method);
    html += paragraph(
        "Rank 1 is the most urgent by this profile. Neighbouring ranks are rarely told apart by "
        "the data; a low coverage means that much of the profile is not known there. "
        "Boundaries: " +
            edition.label + ". Latest indicator: " + ranking.date + ".",
        "small");
    html += profile_table(ranking) + contribution_chart(ranking, edition, order) +
            ranking_table(ranking, edition, order) + ask_list(ranking);
  }
  return html + "</section>\n";
}

}  // namespace quartier::report
