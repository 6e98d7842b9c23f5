// The words of the chapter on segregation: parameters, p-values, names.

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "metrics/registry.h"
#include "report/html_parts.h"
#include "report/segregation_parts.h"

namespace quartier::report {

std::vector<std::pair<std::string, std::string>> parameter_pairs(std::string_view parameters) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!parameters.empty()) {
    const std::size_t end = parameters.find("; ");
    const std::string_view one = parameters.substr(0, end);
    const std::size_t equals = one.find('=');
    pairs.emplace_back(one.substr(0, equals),
                       equals == std::string_view::npos ? "" : one.substr(equals + 1));
    parameters = end == std::string_view::npos ? "" : parameters.substr(end + 2);
  }
  return pairs;
}

std::string parameter_of(std::string_view parameters, std::string_view name) {
  for (const auto& [known, value] : parameter_pairs(parameters)) {
    if (known == name) return value;
  }
  return {};
}

std::string parameters_in_words(std::string_view parameters) {
  std::string words;
  for (auto [name, value] : parameter_pairs(parameters)) {
    const std::optional<double> number = parse_number(value);
    const bool metres = name.ends_with("_m") && number.has_value();
    if (metres) name.resize(name.size() - 2);
    std::replace(name.begin(), name.end(), '_', ' ');
    if (!words.empty()) words += "; ";
    words += name;
    if (!value.empty()) words += " " + (metres ? display_text(*number, 0) + "\xC2\xA0m" : value);
  }
  return words;
}

std::string p_text(double p_value) {
  if (!is_defined(p_value)) return {};
  if (p_value < 0.0001) return "p\xC2\xA0< 0.0001";
  return "p\xC2\xA0= " + display_text(p_value, p_value < 0.001 ? 4 : 3);
}

std::string full_names(const std::vector<std::string>& labels, std::size_t letters) {
  std::string names;
  for (const std::string& label : labels) {
    const auto count = std::count_if(label.begin(), label.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    if (static_cast<std::size_t>(count) <= letters) continue;
    names.append(names.empty() ? "Names in full: " : "; ").append(label);
  }
  return names.empty() ? names : paragraph(names + ".", "small");
}

std::string computed_how(const ResultRows& rows) {
  std::vector<std::string> metrics;
  std::map<std::string, std::string> common;
  for (const metrics::ResultRow* row : rows) {
    const auto known = common.find(row->metric);
    if (known == common.end()) {
      metrics.push_back(row->metric);
      common.emplace(row->metric, row->parameters);
      continue;
    }
    if (known->second == row->parameters) continue;
    std::string kept;
    for (const auto& [name, value] : parameter_pairs(known->second)) {
      if (parameter_of(row->parameters, name) != value) continue;
      kept.append(kept.empty() ? "" : "; ").append(name).append("=").append(value);
    }
    known->second = kept;
  }
  std::vector<std::pair<std::string, std::string>> told;
  std::size_t explained = 0;
  for (const std::string& metric : metrics) {
    const std::string how = parameters_in_words(common[metric]);
    if (how.empty()) continue;
    ++explained;
    const auto same =
        std::find_if(told.begin(), told.end(), [&](const auto& one) { return one.second == how; });
    const metrics::MetricEntry* entry = metrics::find_metric(metric);
    const std::string name(entry == nullptr ? metric : std::string(entry->symbol));
    if (same == told.end()) {
      told.emplace_back(name, how);
    } else {
      same->first += ", " + name;
    }
  }
  if (told.empty()) return {};
  // Names are needed where it is not true of all.
  const bool everywhere = told.size() == 1 && explained == metrics.size();
  std::string text = "How it was computed. ";
  for (const auto& [names, how] : told) {
    text += everywhere ? how : names + ": " + how;
    text += ". ";
  }
  text.pop_back();
  return paragraph(text, "small");
}

}  // namespace quartier::report
