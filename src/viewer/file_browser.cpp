#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/text.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

namespace fs = std::filesystem;

struct Entry {
  fs::path path;
  bool folder = false;
};

/// The folder that is looked at. It is no part of the study on the screen, so it lives here.
struct Browser {
  fs::path folder;
  std::vector<Entry> entries;
  std::vector<fs::path> picked;
  std::string trouble;
};

bool opens(const fs::path& file) {
  constexpr std::array<std::string_view, 10> known{".toml", ".gpkg", ".geojson", ".json", ".shp",
                                                   ".csv",  ".zip",  ".pbf",     ".osm",  ".tsv"};
  const std::string extension = lower_ascii(file.extension().string());
  return std::find(known.begin(), known.end(), extension) != known.end();
}

void look(Browser& browser, const fs::path& folder) {
  std::error_code error;
  std::vector<Entry> entries;
  for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    std::error_code ignored;
    const bool is_folder = at->is_directory(ignored);
    if (name.starts_with(".") || (!is_folder && !opens(at->path()))) continue;
    entries.push_back({at->path(), is_folder});
  }
  if (error) {
    browser.trouble = folder.string() + ": " + error.message();
    return;
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.folder != b.folder) return a.folder;
    return a.path.filename() < b.path.filename();
  });
  browser = {folder, std::move(entries), {}, {}};
}

void entry_row(Browser& browser, const Entry& entry, Actions& actions) {
  const auto at = std::find(browser.picked.begin(), browser.picked.end(), entry.path);
  const bool picked = at != browser.picked.end();
  const ImVec2 start = ImGui::GetCursorPos();
  if (ImGui::Selectable("##entry", picked, ImGuiSelectableFlags_AllowDoubleClick)) {
    if (!entry.folder && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
      actions.emplace_back(OpenFiles{{entry.path}});
    } else if (!entry.folder) {
      if (!ImGui::GetIO().KeyCtrl && !ImGui::GetIO().KeyShift) browser.picked.clear();
      if (picked && ImGui::GetIO().KeyCtrl) {
        std::erase(browser.picked, entry.path);
      } else {
        browser.picked.push_back(entry.path);
      }
    }
  }
  ImGui::SetCursorPos(start);
  const std::string name = display_safe(entry.path.filename().string());
  const float width = ImGui::GetContentRegionAvail().x;
  if (entry.folder) ImGui::PushFont(fonts().strong);
  plain(cut_to(entry.folder ? name + "/" : name, width));
  if (entry.folder) ImGui::PopFont();
}

}  // namespace

Actions file_browser(const ViewModel& model, const Frame& frame) {
  static Browser browser;
  Actions actions;
  if (!model.show_browser) return actions;
  if (browser.folder.empty()) {
    std::error_code error;
    const fs::path here = fs::current_path(error);
    const char* home = std::getenv("HOME");
    look(browser, !error ? here : fs::path(home != nullptr ? home : "/"));
  }
  const double width = std::min<double>(ui(680), frame.width - 24.0);
  const double height = std::min<double>(ui(560), frame.height - 24.0);
  ImGui::SetNextWindowPos(
      vec(frame.x + (frame.width - width) / 2.0, frame.y + (frame.height - height) / 2.0));
  ImGui::SetNextWindowSize(vec(width, height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0F);
  ImGui::Begin(
      "##browser", nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PushFont(fonts().title);
  plain("Open");
  ImGui::PopFont();
  const fs::path folder = browser.folder;
  std::optional<fs::path> next;
  if (ImGui::Button("Up") && folder.has_parent_path()) next = folder.parent_path();
  ImGui::SameLine();
  ImGui::AlignTextToFramePadding();
  clipped(display_safe(folder.string()), ImGui::GetContentRegionAvail().x);
  ImGui::BeginChild("##entries", {0.0F, -ui(66)}, true);
  for (std::size_t i = 0; i < browser.entries.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const Entry entry = browser.entries[i];
    entry_row(browser, entry, actions);
    if (entry.folder && ImGui::IsItemHovered() && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) {
      next = entry.path;
    }
    ImGui::PopID();
  }
  if (browser.entries.empty()) quiet("Nothing here that could be opened.");
  ImGui::EndChild();
  if (browser.trouble.empty()) {
    quiet("One study, or several layers and tables together (Ctrl click).");
  } else {
    wrapped(display_safe(browser.trouble), fonts().small, theme::refused);
  }
  ImGui::BeginDisabled(browser.picked.empty());
  if (ImGui::Button("Open##picked")) actions.emplace_back(OpenFiles{browser.picked});
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (ImGui::Button("Cancel")) actions.emplace_back(ToggleBrowser{});
  ImGui::End();
  ImGui::PopStyleVar(2);
  if (next) look(browser, *next);
  return actions;
}

}  // namespace quartier::viewer
