#pragma once
/// A display for tests of the window: an X server that draws into memory.

#include <sys/types.h>

#include <string>

namespace quartier::test {

/// One virtual display of 1500 x 950 pixels. Its server ends with the object, and with the test.
class VirtualDisplay {
 public:
  /// Whether the X server Xvfb is there to be started.
  static bool installed();

  /// Starts the server and waits until it takes clients.
  VirtualDisplay();
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

  /// The value for DISPLAY; empty where the server did not start in time.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  pid_t server_ = -1;
  std::string name_;
};

}  // namespace quartier::test
