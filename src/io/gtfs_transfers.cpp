#include <algorithm>
#include <span>

#include "base/error.h"
#include "io/gtfs_stops.h"
#include "io/gtfs_values.h"

namespace quartier::io {
namespace {

constexpr std::size_t transfers_limit = 10'000'000;

enum TransferType : std::uint32_t { recommended = 0, timed = 1, least_time = 2, impossible = 3 };

/// A transfer of a row, or of one pair of stops of the row's stations.
struct FoundTransfer {
  TimetableTransfer transfer;
  std::uint32_t stations = 0;  ///< how many of its ends are stations: the fewer, the more it says
};

/// Columns of transfers.txt.
struct TransferColumns {
  std::size_t from, to, type, seconds;
  std::size_t narrower[4];  ///< columns that bind a transfer to a route or trip
  explicit TransferColumns(const GtfsTable& table)
      : from(table.required("from_stop_id")),
        to(table.required("to_stop_id")),
        type(table.optional("transfer_type")),
        seconds(table.optional("min_transfer_time")),
        narrower{table.optional("from_route_id"), table.optional("to_route_id"),
                 table.optional("from_trip_id"), table.optional("to_trip_id")} {}

  [[nodiscard]] bool is_narrow(const GtfsTable& table, std::size_t row) const {
    return std::any_of(std::begin(narrower), std::end(narrower),
                       [&](std::size_t column) { return !table.cell(row, column).empty(); });
  }
};

class TransferReader {
 public:
  TransferReader(GtfsTable& table, const GtfsPlaces& places)
      : table_(table), columns_(table), places_(places) {}

  void read(std::vector<TimetableTransfer>& transfers) {
    for (std::size_t row = 0; row < table_.row_count(); ++row) read_row(row);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const FoundTransfer& a, const FoundTransfer& b) {
                       if (a.transfer.from != b.transfer.from)
                         return a.transfer.from < b.transfer.from;
                       if (a.transfer.to != b.transfer.to) return a.transfer.to < b.transfer.to;
                       return a.stations < b.stations;
                     });
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const TimetableTransfer& transfer = found_[i].transfer;
      const bool repeated = i > 0 && transfer.from == found_[i - 1].transfer.from &&
                            transfer.to == found_[i - 1].transfer.to;
      if (!repeated) transfers.push_back(transfer);
    }
  }

 private:
  void read_row(std::size_t row) {
    const std::uint32_t from = position_of(places_.ids, table_.cell(row, columns_.from));
    const std::uint32_t to = position_of(places_.ids, table_.cell(row, columns_.to));
    const std::string_view type_text = table_.cell(row, columns_.type);
    const auto type = type_text.empty() ? std::optional<std::uint32_t>(0) : gtfs_whole(type_text);
    if (columns_.is_narrow(table_, row) || (type && (*type == 4 || *type == 5))) {
      table_.exclude();
      table_.add("row_excluded", Severity::note,
                 "transfers that hold only between certain routes or trips are left out",
                 table_.place(row));
      return;
    }
    if (!type || *type > impossible) {
      table_.reject("timetable_bad_value", "transfers of an unknown type", table_.place(row));
      return;
    }
    const std::string_view text = table_.cell(row, columns_.seconds);
    const auto seconds = gtfs_whole(text);
    if ((!text.empty() && !seconds) || (text.empty() && *type == least_time) ||
        (seconds && *seconds > 86400)) {
      table_.reject("timetable_bad_time",
                    "transfers whose min_transfer_time is missing, unreadable, negative or longer "
                    "than a day",
                    table_.place(row));
      return;
    }
    if (*type == recommended && text.empty()) {
      table_.exclude();
      table_.add("row_excluded", Severity::note,
                 "recommended transfers without a time say nothing of how long they take; the walk "
                 "between the stops is found from their places",
                 table_.place(row));
      return;
    }
    if (from == no_index || to == no_index) {
      table_.reject("timetable_unknown_reference",
                    "transfers from or to a stop that is not there, or could not be used",
                    table_.place(row));
      return;
    }
    add(row, places_.places[from], places_.places[to], seconds.value_or(0), *type != impossible);
  }

  void add(std::size_t row, const GtfsPlace& from, const GtfsPlace& to, std::uint32_t seconds,
           bool possible) {
    const std::span<const std::uint32_t> from_stops =
        from.stop == no_index ? std::span(from.stops) : std::span(&from.stop, 1);
    const std::span<const std::uint32_t> to_stops =
        to.stop == no_index ? std::span(to.stops) : std::span(&to.stop, 1);
    if (from_stops.empty() || to_stops.empty()) {
      table_.reject("timetable_unknown_reference",
                    "transfers from or to a place where no vehicle can call", table_.place(row));
      return;
    }
    const std::string pair = std::string(table_.cell(row, columns_.from)) + '\n' +
                             std::string(table_.cell(row, columns_.to));
    if (!pairs_.try_emplace(pair, 0).second) {
      table_.reject("timetable_duplicate",
                    "transfers between a pair that is there already; the first one counts",
                    table_.place(row));
      return;
    }
    if (from_stops.size() * to_stops.size() > transfers_limit - found_.size()) {
      throw InputError(
          std::filesystem::path(table_.name()),
          "its stations have more than " + std::to_string(transfers_limit) + " pairs of stops");
    }
    const std::uint32_t stations =
        (from.station != no_index ? 1U : 0U) + (to.station != no_index ? 1U : 0U);
    for (const std::uint32_t a : from_stops) {
      for (const std::uint32_t b : to_stops)
        found_.push_back({{a, b, seconds, possible}, stations});
    }
    table_.use();
  }

  GtfsTable& table_;
  TransferColumns columns_;
  const GtfsPlaces& places_;
  GtfsIds pairs_;
  std::vector<FoundTransfer> found_;
};

}  // namespace

void read_gtfs_transfers(GtfsTable& table, const GtfsPlaces& places, Timetable& timetable) {
  TransferReader(table, places).read(timetable.transfers);
}

}  // namespace quartier::io
