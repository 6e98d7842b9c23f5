#include "base/error.h"
#include "cli/command.h"

namespace quartier::cli {
namespace {

struct ViewCommand {
  std::vector<std::string> files;
  std::string data_folder;
  std::vector<std::string> layer_folders;
  std::string screenshot;
};

}  // namespace

void add_view(CLI::App& program, const Doors& doors) {
  auto command = std::make_shared<ViewCommand>();
  CLI::App* app = program.add_subcommand("view", "The window: a study, or layer files");
  app->add_option("FILE", command->files,
                  "A study file, or district layers and tables that become one");
  app->add_option("--data", command->data_folder, "The folder that holds the city's files");
  app->add_option("--layers", command->layer_folders, "More folders with layer definitions");
  app->add_option("--screenshot", command->screenshot,
                  "Write the first complete picture to this PNG file and end");
  app->callback([command, &doors] {
    if (!doors.view) {
      throw RenderError("this program was built without a window",
                        "install libglfw3-dev, libimgui-dev and libepoxy-dev and build again; "
                        "`quartier run` and `quartier map` work without");
    }
    ViewRequest request;
    request.files.assign(command->files.begin(), command->files.end());
    request.data_folder = command->data_folder;
    for (const std::string& folder : command->layer_folders) {
      request.layer_folders.emplace_back(folder);
    }
    for (const auto& folder : standard_layer_folders()) request.layer_folders.push_back(folder);
    request.screenshot = command->screenshot;
    doors.view(request);
  });
}

}  // namespace quartier::cli
