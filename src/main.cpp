// Joins the two front doors: the command line, and the window that it can open.

#include "cli/cli.h"
#ifdef QUARTIER_WITH_VIEWER
#include "viewer/viewer.h"
#endif

int main(int argc, char** argv) {
  quartier::cli::Doors doors;
#ifdef QUARTIER_WITH_VIEWER
  doors.view = [](const quartier::cli::ViewRequest& request) {
    quartier::viewer::ViewerOptions options;
    options.files = request.files;
    options.data_folder = request.data_folder;
    options.layer_folders = request.layer_folders;
    options.screenshot = request.screenshot;
    quartier::viewer::open_window(options);
  };
#endif
  return quartier::cli::run(argc, argv, doors);
}
