#include "viewer/sample_model.h"

#include "base/progress.h"
#include "study/load.h"
#include "study/sample/sample_city.h"
#include "support/paths.h"

namespace quartier::test {

const std::filesystem::path& sample_study() {
  static const ScratchFolder folder;
  static const std::filesystem::path study = [] {
    Progress progress;
    study::SampleOptions options;
    options.district_count = 24;
    study::write_sample_city(study::make_sample_city(options, progress), folder.path(), progress);
    return folder.path() / "study.toml";
  }();
  return study;
}

viewer::ViewModel sample_model() {
  Progress progress;
  viewer::ViewModel model;
  viewer::apply(model, viewer::Resize{800, 600});
  viewer::apply(model, viewer::LoadDone{std::make_shared<study::Publication>(
                           study::published(sample_study(), {}, progress))});
  return model;
}

}  // namespace quartier::test
