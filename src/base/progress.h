#pragma once
/// Progress of long work, and the wish to stop it.

#include <atomic>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>

namespace quartier {

/// Thrown out of long work when the user cancels it. Not an error: nothing was written.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("cancelled") {}
};

/// Told by the worker, read by the window or the command line; safe between threads.
class Progress {
 public:
  struct State {
    std::string label;      ///< what is being done, for the reader
    double fraction = 0.0;  ///< 0 to 1 of the whole
  };

  /// Says that `label` begins and that `fraction` of the whole lies behind.
  /// @throws Cancelled where the user asked to stop
  void step(std::string_view label, double fraction);

  /// @throws Cancelled where the user asked to stop
  void check() const {
    if (cancelled_.load(std::memory_order_relaxed)) throw Cancelled();
  }
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  [[nodiscard]] State state() const;

  /// Called at every step, on the worker's thread; for the command line's one-line display.
  void on_step(std::function<void(const State&)> listener);

 private:
  mutable std::mutex mutex_;
  State state_;
  std::function<void(const State&)> listener_;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace quartier
