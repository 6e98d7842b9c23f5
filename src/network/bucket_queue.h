#pragma once
/// A queue of labels by whole cost, in a ring of buckets (Dial 1969), private to the searches.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "network/search_graph.h"

namespace quartier::network {

/// Items come out bucket by bucket, in any order inside one. A pushed item costs no less than the
/// one last taken, and no more than the longest arc above it; so a label may be improved while its
/// bucket is open, never after.
template <typename Item>
class BucketQueue {
 public:
  explicit BucketQueue(BucketPlan plan) : shift_(plan.shift), buckets_(plan.count) {}

  [[nodiscard]] bool empty() const { return waiting_ == 0; }
  [[nodiscard]] std::uint32_t bucket_of(std::uint32_t cost) const { return cost >> shift_; }

  /// Begins at the bucket of `cost`. The queue must be empty.
  void restart(std::uint32_t cost) {
    buckets_[current_ & mask()].clear();
    current_ = bucket_of(cost);
    taken_ = 0;
  }
  [[nodiscard]] std::uint32_t current() const { return current_; }

  void push(std::uint32_t cost, const Item& item) {
    buckets_[bucket_of(cost) & mask()].push_back(item);
    ++waiting_;
  }

  /// True where the open bucket holds another item; takes it.
  bool take(Item& item) {
    std::vector<Item>& bucket = buckets_[current_ & mask()];
    if (taken_ == bucket.size()) return false;
    item = bucket[taken_++];
    --waiting_;
    return true;
  }
  /// Closes the open bucket and opens the next.
  void advance() {
    buckets_[current_ & mask()].clear();
    ++current_;
    taken_ = 0;
  }

 private:
  [[nodiscard]] std::size_t mask() const { return buckets_.size() - 1; }
  unsigned shift_;
  std::vector<std::vector<Item>> buckets_;
  std::uint32_t current_ = 0;
  std::size_t taken_ = 0;
  std::size_t waiting_ = 0;
};

}  // namespace quartier::network
