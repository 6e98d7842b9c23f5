#include "report/layer_style.h"

#include <stdexcept>

#include "report/support.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;

namespace {

LayerStyle style() {
  LayerStyle style;
  style.name = "share";
  style.value_field = "share_2025";
  style.status_field = "share_status";
  style.breaks = {{0.0, 0.1, 0.25}};
  style.legend.entries = {{"0–10", carto::rgb(0x440154), false, 3},
                          {"10–25 & more", carto::rgb(0xFDE725), false, 3}};
  style.legend.no_data = carto::LegendEntry{"No data", carto::no_data_colour, false, 1};
  style.legend.suppressed = carto::LegendEntry{"Suppressed", carto::suppressed_colour, true, 1};
  return style;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a style for QGIS", "[report][style]") {
  const std::string qml = layer_qml(style());
  CHECK(has(qml, "<renderer-v2 type=\"RuleRenderer\""));
  CHECK(has(qml,
            "label=\"0–10\" filter=\"&quot;share_2025&quot; IS NOT NULL AND &quot;share_2025&quot; "
            "&lt;= 0.1\""));
  CHECK(has(qml,
            "label=\"10–25 &amp; more\" filter=\"&quot;share_2025&quot; IS NOT NULL AND "
            "&quot;share_2025&quot; &gt; 0.1\""));
  CHECK(has(qml,
            "&quot;share_2025&quot; IS NULL AND coalesce(&quot;share_status&quot;, &#39;&#39;) "
            "&lt;&gt; &#39;suppressed&#39;"));
  CHECK(has(qml, "filter=\"&quot;share_status&quot; = &#39;suppressed&#39;\""));
  CHECK(has(qml, "value=\"68,1,84,255\""));
  CHECK(has(qml, "class=\"LinePatternFill\""));
}

TEST_CASE("a style for other map servers", "[report][style]") {
  const std::string sld = layer_sld(style());
  CHECK(has(sld,
            "<ogc:PropertyIsLessThanOrEqualTo><ogc:PropertyName>share_2025</ogc:PropertyName>"
            "<ogc:Literal>0.1</ogc:Literal></ogc:PropertyIsLessThanOrEqualTo>"));
  CHECK(has(sld, "<CssParameter name=\"fill\">#440154</CssParameter>"));
  CHECK(has(sld, "<Title>10–25 &amp; more</Title>"));
  CHECK(has(sld, "<ogc:Literal>suppressed</ogc:Literal>"));
}

TEST_CASE("districts without a way have a rule of their own", "[report][style]") {
  LayerStyle ways = style();
  ways.legend.unreached = carto::LegendEntry{"Not reached", carto::unreached_colour, false, 1};
  const std::string qml = layer_qml(ways);
  CHECK(has(qml,
            "label=\"Not reached\" filter=\"&quot;share_status&quot; = &#39;unreachable&#39;\""));
  CHECK(has(qml,
            "&quot;share_2025&quot; IS NULL AND coalesce(&quot;share_status&quot;, &#39;&#39;) "
            "&lt;&gt; &#39;unreachable&#39; AND coalesce(&quot;share_status&quot;, &#39;&#39;) "
            "&lt;&gt; &#39;suppressed&#39;"));
  CHECK(has(layer_sld(ways), "<ogc:Literal>unreachable</ogc:Literal>"));
}

TEST_CASE("styles without special classes, or without any", "[report][style]") {
  LayerStyle plain = style();
  plain.legend.no_data.reset();
  plain.legend.suppressed.reset();
  plain.status_field.clear();
  CHECK_FALSE(has(layer_qml(plain), "suppressed"));
  CHECK_FALSE(has(layer_sld(plain), "suppressed"));
  plain.breaks = {};
  plain.legend.entries.clear();
  CHECK_NOTHROW(layer_qml(plain));

  LayerStyle wrong = style();
  wrong.legend.entries.pop_back();
  CHECK_THROWS_AS(layer_qml(wrong), std::logic_error);
  CHECK_THROWS_AS(layer_sld(wrong), std::logic_error);
}
