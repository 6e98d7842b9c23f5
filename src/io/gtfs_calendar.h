#pragma once
/// Private to io: on which days the services of a GTFS feed run.

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "io/gtfs_table.h"

namespace quartier::io {

/// calendar.txt (weekdays within a time) and calendar_dates.txt (single days added and removed);
/// either may be absent.
class GtfsCalendar {
 public:
  /// @throws InputError where a column is missing, or no row of either table can be used
  GtfsCalendar(GtfsTable& weeks, GtfsTable& dates);

  /// Position of a service; no_index: no usable row of either table names it.
  [[nodiscard]] std::uint32_t find(std::string_view id) const { return position_of(ids_, id); }
  [[nodiscard]] bool runs(std::uint32_t service, std::chrono::sys_days day) const;
  /// The first and the last day on which any service may run.
  [[nodiscard]] std::chrono::sys_days first_day() const { return first_; }
  [[nodiscard]] std::chrono::sys_days last_day() const { return last_; }

 private:
  struct Exception {
    std::chrono::sys_days day;
    bool runs = false;
    bool operator<(const Exception& other) const { return day < other.day; }
  };
  struct Service {
    bool has_week = false;
    std::uint32_t weekdays = 0;  ///< bit 0: Monday
    std::chrono::sys_days from, until;
    std::vector<Exception> exceptions;  ///< by day
  };

  void read_weeks(GtfsTable& table);
  void read_dates(GtfsTable& table);
  Service& service(std::string_view id);
  void cover(std::chrono::sys_days from, std::chrono::sys_days until);

  GtfsIds ids_;
  std::vector<Service> services_;
  std::chrono::sys_days first_ = std::chrono::sys_days::max();
  std::chrono::sys_days last_ = std::chrono::sys_days::min();
};

}  // namespace quartier::io
