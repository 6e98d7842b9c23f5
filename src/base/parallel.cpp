#include "base/parallel.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <memory>

#include "base/error.h"

namespace quartier {
namespace {

std::unique_ptr<tbb::global_control>& limit() {
  static std::unique_ptr<tbb::global_control> control;
  return control;
}

}  // namespace

void set_thread_count(std::size_t count) {
  limit().reset();
  if (count > 0) {
    limit() =
        std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism, count);
  }
}

std::size_t thread_count() {
  return std::min(tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism),
                  static_cast<std::size_t>(tbb::info::default_concurrency()));
}

void for_chunks(std::size_t count, std::size_t grain,
                const std::function<void(std::size_t, std::size_t, std::size_t)>& body) {
  expects(grain > 0, "for_chunks: chunks of at least one position");
  const std::size_t chunk_count = (count + grain - 1) / grain;
  const auto run = [&](std::size_t chunk) {
    body(chunk, chunk * grain, std::min(count, (chunk + 1) * grain));
  };
  if (chunk_count <= 1) {
    if (chunk_count == 1) run(0);
    return;
  }
  tbb::parallel_for(std::size_t{0}, chunk_count, run, tbb::simple_partitioner());
}

}  // namespace quartier
