#pragma once
/// Parallel loops with the same bits for any number of threads: the work is cut into chunks whose
/// size does not depend on the thread count, and partial results are combined in chunk order.

#include <cstddef>
#include <functional>
#include <vector>

namespace quartier {

/// Limits the threads of every loop that follows; 0 means one per core.
void set_thread_count(std::size_t count);
std::size_t thread_count();

/// Calls body(chunk, begin, end) for each chunk of `grain` positions of [0, count), in any order
/// and at the same time. Chunks must not write the same place. An exception of a chunk is rethrown.
void for_chunks(std::size_t count, std::size_t grain,
                const std::function<void(std::size_t, std::size_t, std::size_t)>& body);

/// Sum over [0, count) of what partial(begin, end) returns for each chunk, added in chunk order.
template <typename T, typename Partial>
T sum_chunks(std::size_t count, std::size_t grain, T zero, const Partial& partial) {
  const std::size_t chunk_count = grain == 0 ? 0 : (count + grain - 1) / grain;
  std::vector<T> partials(chunk_count, zero);
  for_chunks(count, grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    partials[chunk] = partial(begin, end);
  });
  T sum = zero;
  for (const T& part : partials) sum += part;
  return sum;
}

}  // namespace quartier
