#include "report/findings_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/text_table.h"

namespace quartier::report {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json json_of(const Finding& finding) {
  return {{"severity", name_of(finding.severity)},
          {"kind", finding.kind},
          {"file", finding.file},
          {"layer", finding.layer},
          {"count", finding.count},
          {"rows", finding.rows},
          {"message", finding.message},
          {"way_out", finding.way_out}};
}

Json json_of(const Ledger& ledger) {
  return {{"file", ledger.file},         {"layer", ledger.layer},    {"unit", ledger.unit},
          {"read", ledger.read},         {"used", ledger.used},      {"excluded", ledger.excluded},
          {"rejected", ledger.rejected}, {"closes", ledger.closes()}};
}

Json json_of(const std::vector<study::Parameter>& parameters) {
  Json list = Json::array();
  for (const study::Parameter& parameter : parameters) {
    list.push_back({{"name", parameter.name}, {"value", parameter.value}});
  }
  return list;
}

std::string place_of(const std::string& file, const std::string& layer) {
  if (file.empty()) return layer;
  return layer.empty() ? file : file + " (" + layer + ")";
}

}  // namespace

std::string findings_table(std::span<const Finding> findings) {
  if (findings.empty()) return "No findings.\n";
  std::vector<std::vector<std::string>> rows;
  std::vector<std::size_t> totals(3, 0);
  for (const Severity severity : {Severity::rejected, Severity::warning, Severity::note}) {
    for (const Finding& finding : findings) {
      if (finding.severity != severity) continue;
      ++totals[static_cast<std::size_t>(severity)];
      std::string told = finding.message;
      if (!finding.rows.empty()) told += " [" + joined(finding.rows, ", ") + "]";
      if (!finding.way_out.empty()) told += " \xE2\x86\x92 " + finding.way_out;
      rows.push_back({std::string(name_of(severity)), place_of(finding.file, finding.layer),
                      std::to_string(finding.count), finding.kind, told});
    }
  }
  const std::vector<TextColumn> columns{{"severity"},
                                        {"file", Align::left, 48},
                                        {"count", Align::right},
                                        {"kind"},
                                        {"what was found", Align::left, 400}};
  return text_table(columns, rows) +
         fmt::format("\n{} rejected, {} warnings, {} notes\n", totals[2], totals[1], totals[0]);
}

std::string ledger_table(std::span<const Ledger> ledgers) {
  std::vector<std::vector<std::string>> rows;
  for (const Ledger& ledger : ledgers) {
    rows.push_back({place_of(ledger.file, ledger.layer), ledger.unit, std::to_string(ledger.read),
                    std::to_string(ledger.used), std::to_string(ledger.excluded),
                    std::to_string(ledger.rejected), ledger.closes() ? "yes" : "NO"});
  }
  return text_table({{"file", Align::left, 72},
                     {"unit"},
                     {"read", Align::right},
                     {"used", Align::right},
                     {"excluded", Align::right},
                     {"rejected", Align::right},
                     {"closes"}},
                    rows);
}

std::string check_json(std::span<const Finding> findings, std::span<const Ledger> ledgers) {
  Json json;
  json["findings"] = Json::array();
  bool rejected = false;
  for (const Finding& finding : findings) {
    json["findings"].push_back(json_of(finding));
    rejected = rejected || finding.severity == Severity::rejected;
  }
  json["ledgers"] = Json::array();
  for (const Ledger& ledger : ledgers) json["ledgers"].push_back(json_of(ledger));
  json["rejected"] = rejected;
  return dumped(json);
}

std::string run_json(const RunRecord& record) {
  Json json;
  json["title"] = record.title;
  json["synthetic"] = record.synthetic;
  json["versions"] = json_of(record.versions);
  json["parameters"] = json_of(record.parameters);
  json["inputs"] = Json::array();
  for (const study::InputFile& input : record.inputs) {
    json["inputs"].push_back({{"name", input.name},
                              {"layer", input.layer},
                              {"bytes", input.bytes},
                              {"sha256", input.sha256}});
  }
  return dumped(json);
}

}  // namespace quartier::report
