#include "report/html_parts.h"

namespace quartier::report {

std::string_view report_style() {
  return R"css(
:root { --ink: #18222d; --muted: #55616e; --rule: #d3d9df; --soft: #f4f6f8; --accent: #1f4e79; }
* { box-sizing: border-box; }
html { font: 16px/1.55 Inter, "Noto Sans", system-ui, "Segoe UI", Helvetica, Arial, sans-serif;
  color: var(--ink); background: #fff; -webkit-text-size-adjust: 100%; }
body { margin: 0; font-variant-numeric: tabular-nums lining-nums; }
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 32px; }
header { padding-top: 56px; }
h1 { font-size: 2.4rem; line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 8px; font-weight: 650; }
h2 { font-size: 1.55rem; letter-spacing: -0.01em; line-height: 1.25; margin: 72px 0 12px; padding-top: 14px;
  border-top: 3px solid var(--accent); font-weight: 620; }
h3 { font-size: 1.1rem; margin: 36px 0 8px; font-weight: 620; }
p { max-width: 74ch; margin: 0 0 14px; }
a { color: var(--accent); }
.lead { font-size: 1.15rem; color: var(--muted); margin-bottom: 24px; }
.small, .notes { font-size: 0.85rem; color: var(--muted); }
.notes { padding-left: 20px; margin: 6px 0 20px; max-width: 90ch; }
.ribbon { background: #ffe9a8; color: #4a3500; text-align: center; font-weight: 620; padding: 9px 16px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 8px; background: #fff; padding: 8px; }
nav { margin: 28px 0 0; font-size: 0.92rem; columns: 3; max-width: 860px; }
nav ol { margin: 0; padding-left: 22px; } nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
.read { display: grid; grid-template-columns: 1fr 1fr; gap: 40px; background: var(--soft); padding: 24px 28px;
  margin: 32px 0 0; border-left: 4px solid var(--accent); }
.read h2 { font-size: 1.05rem; border: 0; margin: 0 0 6px; padding: 0; }
.read ul { margin: 0; padding-left: 18px; } .read li { margin-bottom: 6px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 28px 32px;
  margin: 20px 0 0; padding: 0; }
.figures div { border-top: 1px solid var(--rule); padding-top: 10px; }
.figures dt { color: var(--muted); font-size: 0.85rem; } .figures dd { margin: 0; font-size: 1.7rem; font-weight: 600;
  letter-spacing: -0.01em; line-height: 1.25; } .figures span { display: block; font-size: 0.8rem; color: var(--muted);
  font-weight: 400; letter-spacing: 0; }
figure { margin: 20px 0 36px; } figure img { width: 100%; height: auto; border: 1px solid var(--rule); display: block; }
figcaption { font-size: 0.9rem; color: var(--muted); margin-top: 8px; max-width: 90ch; }
.scroll { overflow-x: auto; margin: 10px 0 22px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding: 0 0 8px; caption-side: top; }
thead th { text-align: left; vertical-align: bottom; border-bottom: 2px solid var(--ink); padding: 6px 14px 6px 0;
  font-weight: 600; }
thead th span { display: block; font-weight: 400; color: var(--muted); font-size: 0.8rem; }
tbody th { text-align: left; font-weight: 500; } tbody th, td { border-bottom: 1px solid var(--rule);
  padding: 6px 14px 6px 0; vertical-align: top; }
th.n, td.n { text-align: right; } td.n { white-space: nowrap; } sup { line-height: 0; font-size: 0.7em; color: var(--muted); padding-left: 1px; }
th b { font-weight: inherit; white-space: nowrap; } th.n:last-child, td.n:last-child { padding-right: 0; }
td .range { display: block; color: var(--muted); font-size: 0.78rem; }
.na, .hidden, .none { color: var(--muted); font-style: italic; }
.hidden { background: repeating-linear-gradient(45deg, #fff 0 4px, #e3e7eb 4px 5px); padding: 0 5px; }
.box { border: 1px solid var(--accent); border-left-width: 6px; padding: 14px 20px; margin: 16px 0 22px; }
.box p:last-child { margin-bottom: 0; }
td code, .w { white-space: nowrap; } td code.sum { white-space: normal; }
code { font: 0.82rem/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; overflow-wrap: anywhere; }
.chart { width: 100%; height: auto; margin: 8px 0 20px; font-family: inherit; }
.chart .t { font-size: 12.5px; fill: #18222d; } .chart .s { font-size: 11.5px; fill: #55616e; }
.chart .v { font-size: 12px; fill: #18222d; font-weight: 600; }
.chart .grid { stroke: #e3e7eb; stroke-width: 1; } .chart .axis { stroke: #18222d; stroke-width: 1.2; }
.chart .mark { stroke: #55616e; stroke-width: 1; stroke-dasharray: 3 3; }
.chart .stem { stroke: #9fb4c8; stroke-width: 2; } .chart .range { stroke: #55616e; stroke-width: 1; }
.chart .dot { fill: #1f4e79; } .chart .cloud { fill: #1f4e79; fill-opacity: 0.45; }
.chart .sum { fill: #fff; stroke: #18222d; stroke-width: 1.5; }
td .p, th .p { display: block; color: var(--muted); font-size: 0.78rem; white-space: nowrap; }
.heat { font-size: 0.82rem; } .heat thead th { text-align: center; padding: 4px; }
.heat thead th:first-child { text-align: left; padding-left: 0; } .heat td { padding: 5px 6px; border: 1px solid #fff; }
.heat tbody th { padding: 5px 10px 5px 0; font-weight: 400; border: 0; } .heat td:last-child { padding-right: 6px; }
.heat .yard th, .heat .yard td { border-top: 2px solid var(--ink); font-weight: 600; }
.key { font-size: 0.82rem; color: var(--muted); max-width: none; } .key span { margin-right: 10px; white-space: nowrap; }
.key i { display: inline-block; width: 14px; height: 14px; margin-right: 6px; border: 1px solid var(--rule);
  vertical-align: -2px; }
.narrow { max-width: 560px; } th .p { font-weight: 400; }
h4 { font-size: 0.95rem; margin: 28px 0 6px; font-weight: 620; }
footer { color: var(--muted); font-size: 0.85rem; padding-top: 48px; padding-bottom: 64px; }
@media (max-width: 760px) { .read { grid-template-columns: 1fr; gap: 20px; } nav { columns: 1; }
  main, header, footer { padding-left: 18px; padding-right: 18px; } h1 { font-size: 1.8rem; } }
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  html { font-size: 10.5px; } main, header, footer { max-width: none; padding: 0; } header { padding-top: 0; }
  nav, .skip { display: none; } h2 { margin-top: 32px; } h2, h3, h4, caption { break-after: avoid; }
  h3 + p, h4 + p { break-after: avoid; }
  p { orphans: 3; widows: 3; } tbody tr:nth-child(-n+3) { break-before: avoid; }
  figure img { width: auto; max-width: 100%; max-height: 102mm; } .reach svg { width: auto; max-width: 100%; max-height: 92mm; }
  figure { margin: 8px 0 18px; } figure, tr, .box, .chart, .heat { break-inside: avoid; } .scroll { overflow: visible; }
  thead { display: table-header-group; } .ribbon, .hidden, .read, .heat td, .key i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";
}

}  // namespace quartier::report
