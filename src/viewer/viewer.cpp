#include "viewer/viewer.h"

#include <stb/stb_image_write.h>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

#include "base/error.h"
#include "render/context.h"
#include "study/output.h"
#include "viewer/canvas.h"
#include "viewer/loader.h"
#include "viewer/panels.h"
#include "viewer/window.h"

namespace quartier::viewer {
namespace {

constexpr double idle_wait_s = 0.5;
constexpr double loading_wait_s = 0.05;
constexpr double settling_wait_s = 0.03;
constexpr int frames_after_event = 3;  // widgets need a moment to settle: hover, sizes, scrolling
constexpr int narrow_width = 900;
constexpr double longest_step_s = 0.1;
constexpr double picture_limit_s = 60.0;  // from the end of loading

void write_png(const render::Image& image, const std::filesystem::path& file) {
  std::string bytes;
  const auto take = [](void* to, void* data, int size) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(data),
                                          static_cast<std::size_t>(size));
  };
  if (stbi_write_png_to_func(take, &bytes, image.width, image.height, 4, image.rgba.data(),
                             4 * image.width) == 0) {
    throw RenderError("the picture of the window could not be encoded");
  }
  study::write_file(file, bytes);
}

/// The window, the model and the loader, and what goes on between them.
class Viewer {
 public:
  explicit Viewer(const ViewerOptions& options)
      : options_(options),
        data_folder_(options.data_folder),
        window_(options.width, options.height),
        context_(render::Context::adopt_current()),
        canvas_(context_) {
    if (options.width < narrow_width) apply(model_, ToggleSide{});
    if (!options.files.empty()) carry_out(OpenFiles{options.files});
  }

  void run() {
    while (!window_.closing() && !done_) {
      if (window_.wait(frames_left_ > 0 ? 0.0 : patience())) frames_left_ = frames_after_event;
      const std::vector<std::filesystem::path> dropped = window_.dropped();
      if (!dropped.empty()) carry_out(OpenFiles{dropped});
      for (const Action& news : loader_.news()) carry_out(news);
      const double now = window_.clock();
      const double step = std::min(now - last_, longest_step_s);
      last_ = now;
      if (model_.flight) carry_out(Advance{step});
      if (frames_left_ > 0 || model_.flight || !canvas_.settled()) frame(now);
      if (!options_.screenshot.empty() && !done_) expect_picture(now);
    }
    if (!options_.screenshot.empty() && !done_) {
      throw RenderError("the window was closed before its picture was complete");
    }
  }

 private:
  [[nodiscard]] double patience() const {
    if (model_.flight) return 0.0;
    if (model_.publication && !canvas_.settled()) return settling_wait_s;
    return loader_.busy() ? loading_wait_s : idle_wait_s;
  }

  /// Somebody waits for the picture who cannot see why it does not come.
  void expect_picture(double now) {
    if (loader_.busy()) loaded_at_ = now;
    if (now - loaded_at_ > picture_limit_s) {
      throw RenderError("the picture of the window was not complete after " +
                            std::to_string(static_cast<int>(picture_limit_s)) + " s",
                        "look at the study with `quartier view`, or draw it with `quartier map`");
    }
  }

  void frame(double now) {
    frames_left_ = std::max(0, frames_left_ - 1);
    window_.begin_frame(model_.interface_scale, options_.screenshot.empty());
    canvas_.update(model_, now);
    const MapPicture picture{canvas_.texture(), window_.pixel_ratio(),
                             [this](render::ScreenPoint at) { return canvas_.pick(at); }};
    const Actions actions = screen(model_, picture, window_.pressed());
    const bool complete = !options_.screenshot.empty() && model_.state != LoadState::loading &&
                          (!model_.publication || canvas_.settled()) && frames_left_ == 0 &&
                          actions.empty() && !loader_.busy();
    render::Image pixels;
    window_.end_frame(complete ? &pixels : nullptr);
    for (const Action& action : actions) carry_out(action);
    if (complete) {
      write_png(pixels, options_.screenshot);
      done_ = true;
    }
  }

  /// What concerns the loader is done here, all else by `apply`.
  void carry_out(const Action& action) {
    frames_left_ = std::max(frames_left_, 2);
    if (const auto* open = std::get_if<OpenFiles>(&action)) {
      if (!open->files.empty()) {
        loader_.start(open_files(open->files, {data_folder_, options_.layer_folders}));
        data_folder_.clear();  // it was said of the first files, not of those opened later
      }
    } else if (std::holds_alternative<OpenSample>(action)) {
      loader_.start(open_sample());
    } else if (std::holds_alternative<CancelLoad>(action)) {
      loader_.cancel();
    } else if (const auto* failed = std::get_if<LoadFailed>(&action)) {
      if (!options_.screenshot.empty()) throw InputError(failed->message, failed->way_out);
    }
    try {
      apply(model_, action);
    } catch (const Error& error) {
      apply(model_, LoadFailed{error.what(), error.way_out()});
    }
    if (std::holds_alternative<LoadDone>(action)) {
      window_.set_title(model_.publication->title() + " \u2013 Quartier");
    }
  }

  ViewerOptions options_;
  std::filesystem::path data_folder_;
  Window window_;
  render::Context context_;
  Canvas canvas_;
  ViewModel model_;
  Loader loader_;
  int frames_left_ = frames_after_event;
  double last_ = 0.0;
  double loaded_at_ = 0.0;
  bool done_ = false;
};

}  // namespace

void open_window(const ViewerOptions& options) { Viewer(options).run(); }

}  // namespace quartier::viewer
