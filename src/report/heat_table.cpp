#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "report/charts_curves.h"
#include "report/html_parts.h"
#include "report/markup.h"

namespace quartier::report {
namespace {

struct Tint {
  double from;  ///< times the yardstick
  const char* colour;
  const char* ink;
  const char* words;
};

// Brewer's purple and orange: apart under every colour-vision deficiency, neither good nor bad.
constexpr Tint tints[] = {
    {0.0, "#f1a340", "#18222d", "less than half"}, {0.5, "#fee0b6", "#18222d", "half to 0.8 times"},
    {0.8, "#ffffff", "#18222d", "about the same"}, {1.25, "#d8daeb", "#18222d", "1.25 to 2 times"},
    {2.0, "#998ec3", "#18222d", "2 to 5 times"},   {5.0, "#542788", "#ffffff", "5 times and more"}};

const Tint* tint_of(double share, double yardstick) {
  if (!is_defined(share) || !(yardstick > 0.0)) return nullptr;
  const Tint* found = nullptr;
  for (const Tint& tint : tints) {
    if (share / yardstick >= tint.from) found = &tint;
  }
  return found;
}

std::string filled(const Tint& tint) {
  return std::string(" style=\"background:") + tint.colour + ";color:" + tint.ink + "\"";
}

}  // namespace

std::string heat_table(const std::string& caption, const std::vector<std::string>& rows,
                       const std::vector<double>& shares, const std::string& last,
                       const std::vector<double>& yard) {
  const std::size_t k = rows.size();
  expects(shares.size() == k * k && yard.size() == k, "heat_table: a square and its yardstick");
  std::string html = "<div class=\"scroll\"><table class=\"heat\"><caption>" + escaped(caption) +
                     "</caption>\n<thead><tr><th scope=\"col\">Members of</th>";
  for (std::size_t l = 0; l < k; ++l) {
    html += "<th scope=\"col\" class=\"n\" title=\"" + escaped(rows[l]) + "\" aria-label=\"" +
            escaped(rows[l]) + "\">" + std::to_string(l + 1) + "</th>";
  }
  html += "</tr></thead>\n<tbody>\n";
  const auto written = [](double share) {
    return is_defined(share) ? shown_value(share, "share", true) : std::string("n/a");
  };
  for (std::size_t g = 0; g < k; ++g) {
    html += "<tr><th scope=\"row\">" + std::to_string(g + 1) + ". " + escaped(rows[g]) + "</th>";
    for (std::size_t l = 0; l < k; ++l) {
      const double share = shares[g * k + l];
      const Tint* tint = tint_of(share, yard[l]);
      html += "<td class=\"n\"" + (tint == nullptr ? std::string() : filled(*tint)) + ">" +
              escaped(written(share)) + "</td>";
    }
    html += "</tr>\n";
  }
  html += "<tr class=\"yard\"><th scope=\"row\">" + escaped(last) + "</th>";
  for (const double share : yard) {
    html += "<td class=\"n\">" + number_cell(written(share)).html + "</td>";
  }
  html += "</tr>\n</tbody></table></div>\n<p class=\"key\">Times the city's share: ";
  for (const Tint& tint : tints) {
    html += "<span><i" + filled(tint) + "></i>" + escaped(tint.words) + "</span> ";
  }
  return html + "</p>\n";
}

}  // namespace quartier::report
