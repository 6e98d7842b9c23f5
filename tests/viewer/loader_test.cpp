// Loading on a thread of its own: what it says, and how it ends.

#include "viewer/loader.h"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "base/error.h"
#include "support/catch.h"
#include "support/paths.h"
#include "viewer/sample_model.h"

using namespace quartier;
using namespace quartier::viewer;

namespace {

/// Everything the loader says until it has ended.
Actions until_the_end(Loader& loader) {
  Actions all;
  while (loader.busy()) {
    for (Action& action : loader.news()) all.push_back(std::move(action));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return all;
}

template <typename Kind>
const Kind& last(const Actions& actions) {
  REQUIRE(!actions.empty());
  const Kind* kind = std::get_if<Kind>(&actions.back());
  REQUIRE(kind != nullptr);
  return *kind;
}

}  // namespace

TEST_CASE("a study is loaded", "[viewer]") {
  Loader loader;
  CHECK(loader.news().empty());
  loader.start(open_files({test::sample_study()}, {}));
  const Actions said = until_the_end(loader);
  CHECK(std::holds_alternative<LoadStarted>(said.front()));
  const LoadDone& done = last<LoadDone>(said);
  REQUIRE(done.publication != nullptr);
  CHECK(done.publication->edition(0).districts.size() == 24);
  CHECK(!loader.busy());
  CHECK(loader.news().empty());
}

TEST_CASE("layers by themselves become a study", "[viewer]") {
  Loader loader;
  const auto folder = test::sample_study().parent_path();
  loader.start(open_files({folder / "synthetic_districts.gpkg"}, {}));
  const Actions said = until_the_end(loader);
  const LoadDone& done = last<LoadDone>(said);
  ViewModel model;
  apply(model, Resize{400, 300});
  for (const Action& action : said) apply(model, action);
  CHECK(done.publication != nullptr);
  CHECK(model.state == LoadState::ready);
  CHECK(model.column.values.size() == 24);
  apply(model, Hover{2, {}});
  CHECK(!model.hover_card.name.empty());
}

TEST_CASE("what cannot be loaded is told with its way out", "[viewer]") {
  Loader loader;
  SECTION("a file that does not exist") {
    loader.start(open_files({"no-such-study.toml"}, {}));
    CHECK(last<LoadFailed>(until_the_end(loader)).message.find("no-such-study.toml") !=
          std::string::npos);
  }
  SECTION("an error of ours") {
    loader.start([](Progress&) -> study::Publication { throw InputError("this", "do that"); });
    const Actions said = until_the_end(loader);
    CHECK(last<LoadFailed>(said).message == "this");
    CHECK(last<LoadFailed>(said).way_out == "do that");
  }
  SECTION("any other") {
    loader.start([](Progress&) -> study::Publication { throw std::runtime_error("oh"); });
    CHECK(last<LoadFailed>(until_the_end(loader)).message == "oh");
  }
}

TEST_CASE("cancelling stops the worker", "[viewer]") {
  std::atomic<bool> ended = false;
  const Loader::Work endless = [&ended](Progress& progress) -> study::Publication {
    try {
      for (int i = 0;; ++i) {
        progress.step("working", i % 2 == 0 ? 0.25 : 0.75);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    } catch (...) {
      ended = true;
      throw;
    }
  };

  SECTION("by the user") {
    Loader loader;
    loader.start(endless);
    bool progressed = false;
    while (!progressed) {
      for (const Action& action : loader.news()) {
        if (const auto* told = std::get_if<LoadProgress>(&action)) {
          CHECK(told->label == "working");
          progressed = true;
        }
      }
    }
    loader.cancel();
    last<LoadStopped>(until_the_end(loader));
    CHECK(ended);
  }
  SECTION("by closing the window") {
    {
      Loader loader;
      loader.start(endless);
    }
    CHECK(ended);
  }
  SECTION("by opening something else") {
    Loader loader;
    loader.start(endless);
    loader.start(open_files({"no-such-study.toml"}, {}));
    CHECK(ended);
    last<LoadFailed>(until_the_end(loader));
  }
}
