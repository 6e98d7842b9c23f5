#include "report/layer_style.h"

#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "carto/colour.h"
#include "carto/palettes.h"
#include "report/markup.h"

namespace quartier::report {
namespace {

constexpr const char* outline = "#ffffff";
constexpr std::string_view unreachable_state = "unreachable";
constexpr std::string_view suppressed_state = "suppressed";

std::string quoted_field(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

/// A class, with the range it takes: (over, upto], open where there is no value.
struct Rule {
  const carto::LegendEntry* entry = nullptr;
  std::optional<double> over;
  std::optional<double> upto;
  bool missing = false;      ///< takes NULL, but for the states that have a rule of their own
  std::string_view state{};  ///< takes those in this state
};

/// The states that have an entry of their own in the legend.
std::vector<std::string_view> states_told(const LayerStyle& style) {
  std::vector<std::string_view> states;
  if (style.status_field.empty()) return states;
  if (style.legend.unreached) states.push_back(unreachable_state);
  if (style.legend.suppressed) states.push_back(suppressed_state);
  return states;
}

std::vector<Rule> rules_of(const LayerStyle& style) {
  const std::size_t count = style.breaks.class_count();
  expects(style.legend.entries.size() == count, "layer style: a legend entry for each class");
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < count; ++i) {
    Rule rule;
    rule.entry = &style.legend.entries[i];
    if (i > 0) rule.over = style.breaks.edges[i];
    if (i + 1 < count) rule.upto = style.breaks.edges[i + 1];
    rules.push_back(rule);
  }
  if (style.legend.no_data) {
    Rule rule;
    rule.entry = &*style.legend.no_data;
    rule.missing = true;
    rules.push_back(rule);
  }
  for (const std::string_view state : states_told(style)) {
    Rule rule;
    rule.entry = state == unreachable_state ? &*style.legend.unreached : &*style.legend.suppressed;
    rule.state = state;
    rules.push_back(rule);
  }
  return rules;
}

std::string expression_of(const Rule& rule, const LayerStyle& style) {
  const std::string value = quoted_field(style.value_field);
  const std::string status = quoted_field(style.status_field);
  if (!rule.state.empty()) return status + " = '" + std::string(rule.state) + "'";
  if (rule.missing) {
    std::string missing = value + " IS NULL";
    for (const std::string_view state : states_told(style)) {
      missing += " AND coalesce(" + status + ", '') <> '" + std::string(state) + "'";
    }
    return missing;
  }
  std::string text = value + " IS NOT NULL";
  if (rule.over) text += " AND " + value + " > " + exact_text(*rule.over);
  if (rule.upto) text += " AND " + value + " <= " + exact_text(*rule.upto);
  return text;
}

std::string colour_numbers(carto::Colour colour) {
  return std::to_string(colour.r) + "," + std::to_string(colour.g) + "," +
         std::to_string(colour.b) + "," + std::to_string(colour.a);
}

std::string option(const char* name, const std::string& value) {
  return "            <Option name=\"" + std::string(name) + "\" type=\"QString\" value=\"" +
         escaped(value) + "\"/>\n";
}

std::string fill_layer(const carto::LegendEntry& entry) {
  return "        <layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
         "          <Option type=\"Map\">\n" +
         option("color", colour_numbers(entry.colour)) + option("style", "solid") +
         option("outline_color", "255,255,255,255") + option("outline_style", "solid") +
         option("outline_width", "0.1") + option("outline_width_unit", "MM") +
         option("joinstyle", "round") + "          </Option>\n        </layer>\n";
}

std::string hatch_layer(std::size_t symbol) {
  const std::string name = "@" + std::to_string(symbol) + "@1";
  return "        <layer class=\"LinePatternFill\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
         "          <Option type=\"Map\">\n" +
         option("angle", "45") + option("distance", "1.6") + option("distance_unit", "MM") +
         option("line_width", "0.3") + option("line_width_unit", "MM") +
         "          </Option>\n"
         "          <symbol name=\"" +
         name +
         "\" type=\"line\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n"
         "        <layer class=\"SimpleLine\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
         "          <Option type=\"Map\">\n" +
         option("line_color", colour_numbers(carto::hatch_colour)) + option("line_width", "0.3") +
         option("line_width_unit", "MM") +
         "          </Option>\n        </layer>\n          </symbol>\n        </layer>\n";
}

std::string comparison(const char* name, const std::string& field, double value) {
  return "          <ogc:" + std::string(name) + "><ogc:PropertyName>" + escaped(field) +
         "</ogc:PropertyName><ogc:Literal>" + exact_text(value) + "</ogc:Literal></ogc:" + name +
         ">\n";
}

std::string filter_of(const Rule& rule, const LayerStyle& style) {
  const auto in_state = [&](std::string_view state) {
    return "          <ogc:PropertyIsEqualTo><ogc:PropertyName>" + escaped(style.status_field) +
           "</ogc:PropertyName><ogc:Literal>" + std::string(state) +
           "</ogc:Literal></ogc:PropertyIsEqualTo>\n";
  };
  const std::string missing = "          <ogc:PropertyIsNull><ogc:PropertyName>" +
                              escaped(style.value_field) +
                              "</ogc:PropertyName></ogc:PropertyIsNull>\n";
  if (!rule.state.empty()) return in_state(rule.state);
  if (rule.missing) {
    std::string others;
    for (const std::string_view state : states_told(style)) {
      others += "          <ogc:Not>\n" + in_state(state) + "          </ogc:Not>\n";
    }
    return others.empty() ? missing
                          : "          <ogc:And>\n" + missing + others + "          </ogc:And>\n";
  }
  std::string parts = "          <ogc:Not>\n" + missing + "          </ogc:Not>\n";
  if (rule.over) parts += comparison("PropertyIsGreaterThan", style.value_field, *rule.over);
  if (rule.upto) parts += comparison("PropertyIsLessThanOrEqualTo", style.value_field, *rule.upto);
  return rule.over || rule.upto ? "          <ogc:And>\n" + parts + "          </ogc:And>\n"
                                : parts;
}

std::string css(const char* name, const std::string& value) {
  return "<CssParameter name=\"" + std::string(name) + "\">" + value + "</CssParameter>";
}

std::string hex_of(carto::Colour colour) {
  colour.a = 255;
  return carto::hex_text(colour);
}

std::string polygon_symbolizer(const carto::LegendEntry& entry) {
  return "        <PolygonSymbolizer>\n          <Fill>" + css("fill", hex_of(entry.colour)) +
         css("fill-opacity", coordinate(entry.colour.a / 255.0)) + "</Fill>\n          <Stroke>" +
         css("stroke", outline) + css("stroke-width", "0.4") +
         "</Stroke>\n        </PolygonSymbolizer>\n";
}

std::string hatch_symbolizer() {
  return "        <PolygonSymbolizer>\n          <Fill><GraphicFill><Graphic><Mark>"
         "<WellKnownName>shape://slash</WellKnownName><Stroke>" +
         css("stroke", hex_of(carto::hatch_colour)) + css("stroke-width", "1") +
         "</Stroke></Mark><Size>8</Size></Graphic></GraphicFill></Fill>\n"
         "        </PolygonSymbolizer>\n";
}

}  // namespace

std::string layer_qml(const LayerStyle& style) {
  const std::vector<Rule> rules = rules_of(style);
  std::string list;
  std::string symbols;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i];
    const std::string number = std::to_string(i);
    list += "      <rule key=\"rule" + number + "\" symbol=\"" + number + "\" label=\"" +
            escaped(rule.entry->label) + "\" filter=\"" + escaped(expression_of(rule, style)) +
            "\"/>\n";
    symbols += "      <symbol name=\"" + number +
               "\" type=\"fill\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n" +
               fill_layer(*rule.entry) + (rule.entry->hatched ? hatch_layer(i) : "") +
               "      </symbol>\n";
  }
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
         "<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n"
         "  <renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" enableorderby=\"0\" "
         "forceraster=\"0\">\n"
         "    <rules key=\"root\">\n" +
         list + "    </rules>\n    <symbols>\n" + symbols +
         "    </symbols>\n  </renderer-v2>\n  <layerGeometryType>2</layerGeometryType>\n</qgis>\n";
}

std::string layer_sld(const LayerStyle& style) {
  std::string rules;
  for (const Rule& rule : rules_of(style)) {
    rules += "      <Rule>\n        <Name>" + escaped(rule.entry->label) +
             "</Name>\n        <Title>" + escaped(rule.entry->label) +
             "</Title>\n        <ogc:Filter>\n" + filter_of(rule, style) +
             "        </ogc:Filter>\n" + polygon_symbolizer(*rule.entry) +
             (rule.entry->hatched ? hatch_symbolizer() : "") + "      </Rule>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<StyledLayerDescriptor version=\"1.0.0\" xmlns=\"http://www.opengis.net/sld\" "
         "xmlns:ogc=\"http://www.opengis.net/ogc\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
         "xsi:schemaLocation=\"http://www.opengis.net/sld "
         "http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd\">\n"
         "  <NamedLayer>\n    <Name>" +
         escaped(style.name) + "</Name>\n    <UserStyle>\n      <Title>" +
         escaped(style.legend.title) + "</Title>\n      <FeatureTypeStyle>\n" + rules +
         "      </FeatureTypeStyle>\n    </UserStyle>\n  </NamedLayer>\n"
         "</StyledLayerDescriptor>\n";
}

}  // namespace quartier::report
