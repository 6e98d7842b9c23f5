#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

carto::Colour colour_of(Severity severity) {
  switch (severity) {
    case Severity::rejected:
      return theme::refused;
    case Severity::warning:
      return theme::warning;
    case Severity::note:
      break;
  }
  return theme::muted;
}

std::string kind_label(const std::string& id) {
  for (const FindingKind& kind : finding_kinds()) {
    if (kind.id == id) return std::string(kind.label);
  }
  return id;
}

bool matches(const Finding& finding, const std::string& needle) {
  if (needle.empty()) return true;
  const std::array<std::string, 5> texts{finding.kind, kind_label(finding.kind), finding.file,
                                         finding.layer, finding.message};
  for (const std::string& text : texts) {
    if (lower_ascii(text).find(needle) != std::string::npos) return true;
  }
  return false;
}

std::string whole_text(const Finding& finding) {
  std::string text = finding.message;
  if (!finding.layer.empty()) text += "\nLayer: " + finding.layer;
  if (!finding.rows.empty()) text += "\nFor example " + joined(finding.rows, ", ");
  if (!finding.way_out.empty()) text += "\n" + finding.way_out;
  return text;
}

void row(const Finding& finding) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushStyleColor(ImGuiCol_Text, tint(colour_of(finding.severity)));
  plain(name_of(finding.severity));
  ImGui::PopStyleColor();
  ImGui::TableNextColumn();
  clipped(kind_label(finding.kind), ImGui::GetContentRegionAvail().x);
  ImGui::TableNextColumn();
  clipped(display_safe(finding.file), ImGui::GetContentRegionAvail().x);
  ImGui::TableNextColumn();
  right_aligned(display_text(static_cast<double>(finding.count), 0));
  ImGui::TableNextColumn();
  plain(cut_to(display_safe(finding.message), ImGui::GetContentRegionAvail().x));
  hint(whole_text(finding));
}

}  // namespace

Actions findings_panel(const ViewModel& model, const Frame& frame) {
  Actions actions;
  if (!model.publication) return actions;
  begin_panel("##findings", frame.x, frame.y, frame.width, frame.height, false);
  static std::array<char, 120> wanted{};
  const auto& findings = model.publication->findings();
  heading(findings.empty() ? "No findings" : "Findings");
  ImGui::SameLine();
  quiet("what was odd in the data, and what was done about it");
  ImGui::SameLine(ImGui::GetContentRegionMax().x - ui(280));
  ImGui::SetNextItemWidth(ui(225));
  ImGui::InputTextWithHint("##filter", "Filter", wanted.data(), wanted.size());
  ImGui::SameLine();
  if (ImGui::Button("\u00D7##close")) actions.emplace_back(ToggleFindings{});
  const std::string needle = lower_ascii(wanted.data());
  std::vector<const Finding*> shown;
  for (const Severity severity : {Severity::rejected, Severity::warning, Severity::note}) {
    for (const Finding& finding : findings) {
      if (finding.severity == severity && matches(finding, needle)) shown.push_back(&finding);
    }
  }
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH |
                                    ImGuiTableFlags_Resizable | ImGuiTableFlags_NoSavedSettings;
  if (ImGui::BeginTable("##table", 5, flags, ImGui::GetContentRegionAvail())) {
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableSetupColumn("Severity", ImGuiTableColumnFlags_WidthFixed, ui(66));
    ImGui::TableSetupColumn("Kind", ImGuiTableColumnFlags_WidthFixed, ui(150));
    ImGui::TableSetupColumn("File", ImGuiTableColumnFlags_WidthFixed, ui(130));
    ImGui::TableSetupColumn("Count", ImGuiTableColumnFlags_WidthFixed, ui(48));
    ImGui::TableSetupColumn("What", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableHeadersRow();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shown.size()));
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        ImGui::PushID(i);
        row(*shown[static_cast<std::size_t>(i)]);
        ImGui::PopID();
      }
    }
    ImGui::EndTable();
  }
  end_panel();
  return actions;
}

}  // namespace quartier::viewer
