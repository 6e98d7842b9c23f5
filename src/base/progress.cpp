#include "base/progress.h"

#include <utility>

namespace quartier {

void Progress::step(std::string_view label, double fraction) {
  check();
  std::function<void(const State&)> listener;
  State state{std::string(label), fraction};
  {
    const std::lock_guard lock(mutex_);
    state_ = state;
    listener = listener_;
  }
  if (listener) listener(state);
}

Progress::State Progress::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void Progress::on_step(std::function<void(const State&)> listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

}  // namespace quartier
