#include "io/cost_file.h"

#include <bit>
#include <cstring>
#include <fstream>
#include <utility>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/checksum.h"

namespace quartier::io {
namespace {

constexpr std::string_view magic("QCOST\r\n\x1a", 8);
constexpr std::size_t digest_digits = 64;
constexpr std::size_t header_size = 8 + 4 + 4 + 8 + 2 * digest_digits;
constexpr const char* way_out = "remove it; it is made again by the next search";

constexpr std::uint8_t sparse_form = 0;
constexpr std::uint8_t dense_form = 1;
constexpr std::uint8_t greatest_unit = static_cast<std::uint8_t>(CostUnit::tenth_of_minute);

class Writer {
 public:
  template <typename Whole>
  void fixed(Whole value) {
    for (std::size_t byte = 0; byte < sizeof(Whole); ++byte) {
      bytes_ += static_cast<char>((value >> (8 * byte)) & 0xFFu);
    }
  }
  /// Seven bits to a byte, the least first; the top bit says that more follow.
  void varint(std::uint64_t value) {
    while (value >= 0x80u) {
      bytes_ += static_cast<char>((value & 0x7Fu) | 0x80u);
      value >>= 7u;
    }
    bytes_ += static_cast<char>(value);
  }
  void row(std::span<const std::uint16_t> costs) {
    if constexpr (std::endian::native == std::endian::little) {
      bytes_.append(reinterpret_cast<const char*>(costs.data()), costs.size_bytes());
    } else {
      for (const std::uint16_t cost : costs) fixed(cost);
    }
  }
  void text(std::string_view text) { bytes_ += text; }
  [[nodiscard]] std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads without ever leaving the bytes.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw InputError(name_, "saved ways are damaged: " + what, way_out);
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  void need(std::uint64_t size) const {
    if (size > left()) fail("the file ends too early");
  }
  template <typename Whole>
  Whole fixed() {
    need(sizeof(Whole));
    std::uint64_t value = 0;
    for (std::size_t byte = 0; byte < sizeof(Whole); ++byte) {
      value |= std::uint64_t{static_cast<unsigned char>(bytes_[at_ + byte])} << (8 * byte);
    }
    at_ += sizeof(Whole);
    return static_cast<Whole>(value);
  }
  /// A varint of at most 32 bits, in as few bytes as it needs.
  std::uint32_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 35; shift += 7) {
      if (at_ == bytes_.size()) fail("the file ends too early");
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if ((byte & 0x80u) != 0) continue;
      if (value > 0xFFFFFFFFu || (byte == 0 && shift > 0)) break;
      return static_cast<std::uint32_t>(value);
    }
    fail("a number is too large");
  }
  void row(std::span<std::uint16_t> costs) {
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(costs.data(), text(costs.size_bytes()).data(), costs.size_bytes());
    } else {
      for (std::uint16_t& cost : costs) cost = fixed<std::uint16_t>();
    }
  }
  std::string_view text(std::size_t size) {
    need(size);
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }

 private:
  std::string_view bytes_;
  const std::string& name_;
  std::size_t at_ = 0;
};

/// Values that may be the greatest of 32 bits (no way, no site) take one byte so.
std::uint32_t next_of(std::uint32_t value) { return value + 1u; }
std::uint32_t before(std::uint32_t value) { return value - 1u; }

void write_costs(const TravelCosts& costs, Writer& out) {
  out.fixed(static_cast<std::uint8_t>(costs.unit));
  out.fixed(costs.is_dense() ? dense_form : sparse_form);
  out.fixed(std::uint16_t{0});
  out.fixed(costs.limit);
  out.fixed(static_cast<std::uint64_t>(costs.origin_count));
  out.fixed(static_cast<std::uint64_t>(costs.site_count));
  if (costs.is_dense()) {
    out.row(costs.rows);
    return;
  }
  out.fixed(static_cast<std::uint64_t>(costs.origin.size()));
  for (std::size_t j = 0; j < costs.site_count; ++j) {
    const std::span<const std::uint32_t> origins = costs.origins_of(j);
    out.varint(origins.size());
    std::uint32_t next = 0;
    for (const std::uint32_t origin : origins) {
      out.varint(origin - next);
      next = origin + 1;
    }
    for (const std::uint32_t cost : costs.costs_of(j)) out.varint(cost);
  }
}

void read_rows(Reader& in, TravelCosts& costs) {
  // Each pair takes two bytes.
  const std::uint64_t most = in.left() / 2;
  if (costs.site_count == 0 || costs.origin_count == 0 ||
      costs.origin_count > most / costs.site_count) {
    in.fail("rows do not fit into the file");
  }
  costs.rows.resize(costs.origin_count * costs.site_count);
  in.row(costs.rows);
  costs.start.assign(costs.site_count + 1, 0);
}

void read_lists(Reader& in, TravelCosts& costs) {
  const auto pairs = in.fixed<std::uint64_t>();
  // Each pair takes two bytes at least, and each site one.
  if (pairs > in.left() / 2 || costs.site_count > in.left()) {
    in.fail("more pairs than the file can hold");
  }
  costs.origin.reserve(pairs);
  costs.cost.reserve(pairs);
  costs.start.reserve(costs.site_count + 1);
  for (std::size_t j = 0; j < costs.site_count; ++j) {
    const std::uint32_t count = in.varint();
    if (count > pairs - costs.origin.size()) in.fail("more pairs than it says");
    std::uint64_t next = 0;
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint64_t origin = next + in.varint();
      if (origin >= costs.origin_count) in.fail("a position beyond the last origin");
      costs.origin.push_back(static_cast<std::uint32_t>(origin));
      next = origin + 1;
    }
    for (std::uint32_t k = 0; k < count; ++k) {
      const std::uint32_t cost = in.varint();
      if (cost == no_cost) in.fail("a cost that is none");
      costs.cost.push_back(cost);
    }
    costs.start.push_back(costs.origin.size());
  }
  if (costs.origin.size() != pairs) in.fail("fewer pairs than it says");
}

TravelCosts read_costs(Reader& in) {
  TravelCosts costs;
  const auto unit = in.fixed<std::uint8_t>();
  const auto form = in.fixed<std::uint8_t>();
  const auto reserved = in.fixed<std::uint16_t>();
  if (unit > greatest_unit || form > dense_form || reserved != 0) in.fail("an unknown form");
  costs.unit = static_cast<CostUnit>(unit);
  costs.limit = in.fixed<std::uint32_t>();
  if (costs.limit == no_cost) in.fail("a limit that is none");
  costs.origin_count = in.fixed<std::uint64_t>();
  costs.site_count = in.fixed<std::uint64_t>();
  if (costs.origin_count > no_index || costs.site_count > no_index) in.fail("too many places");
  if (form == dense_form) {
    read_rows(in, costs);
  } else {
    read_lists(in, costs);
  }
  return costs;
}

void write_nearest(const NearestSites& nearest, Writer& out) {
  expects(nearest.cost.size() == nearest.site.size(), "cost file: a site for each nearest cost");
  out.fixed(static_cast<std::uint64_t>(nearest.cost.size()));
  for (const std::uint32_t cost : nearest.cost) out.varint(next_of(cost));
  for (const std::uint32_t site : nearest.site) out.varint(next_of(site));
}

NearestSites read_nearest(Reader& in, const TravelCosts& costs) {
  const auto count = in.fixed<std::uint64_t>();
  if (count > in.left() / 2) in.fail("more nearest sites than the file can hold");
  if (count != 0 && count != costs.origin_count) in.fail("nearest sites of other origins");
  NearestSites nearest;
  nearest.cost.reserve(count);
  nearest.site.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) nearest.cost.push_back(before(in.varint()));
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint32_t site = before(in.varint());
    if (site != no_index && site >= costs.site_count) in.fail("a nearest site that is not there");
    if ((site == no_index) != (nearest.cost[i] == no_cost)) in.fail("a nearest site without cost");
    nearest.site.push_back(site);
  }
  return nearest;
}

void write_window(const WindowReach& window, Writer& out) {
  out.fixed(window.departures);
  if (window.departures == 0) return;
  out.fixed(window.cutoff);
  out.text({reinterpret_cast<const char*>(window.within.data()), window.within.size()});
}

WindowReach read_window(Reader& in, const TravelCosts& costs) {
  WindowReach window;
  window.departures = in.fixed<std::uint32_t>();
  if (window.departures == 0) return window;
  window.cutoff = in.fixed<std::uint32_t>();
  // Fewer than 2^32 origins and sites: the product has room.
  const std::string_view counts = in.text(costs.origin_count * costs.site_count);
  window.within.assign(counts.begin(), counts.end());
  for (const std::uint8_t count : window.within) {
    if (count > window.departures) in.fail("more departures than there are");
  }
  return window;
}

}  // namespace

std::string cost_file_bytes(std::string_view key, std::span<const Impedance> ways) {
  expects(key.size() == digest_digits, "cost file: a key of 64 digits");
  Writer content;
  for (const Impedance& way : ways) {
    write_costs(way.costs, content);
    write_nearest(way.nearest, content);
    write_window(way.window, content);
  }
  Writer header;
  header.text(magic);
  header.fixed(cost_file_version);
  header.fixed(static_cast<std::uint32_t>(ways.size()));
  header.fixed(static_cast<std::uint64_t>(content.bytes().size()));
  header.text(key);
  header.text(sha256_of_text(content.bytes()));
  return std::move(content.bytes().insert(0, header.bytes()));
}

std::vector<Impedance> ways_of_cost_file(std::string_view bytes, std::string_view key,
                                         const std::string& name) {
  if (bytes.size() < header_size || !bytes.starts_with(magic)) {
    throw InputError(name, "is no file of saved ways", way_out);
  }
  Reader header(bytes.substr(magic.size(), header_size - magic.size()), name);
  const auto version = header.fixed<std::uint32_t>();
  if (version != cost_file_version) {
    throw InputError(name,
                     "saved ways of layout " + std::to_string(version) + "; this program reads " +
                         std::to_string(cost_file_version),
                     way_out);
  }
  const auto count = header.fixed<std::uint32_t>();
  const auto size = header.fixed<std::uint64_t>();
  if (header.text(digest_digits) != key) {
    throw InputError(name, "saved ways of other inputs or settings", way_out);
  }
  const std::string_view content = bytes.substr(header_size);
  if (size != content.size()) header.fail("the file is not as long as it says");
  if (header.text(digest_digits) != sha256_of_text(content)) {
    header.fail("the checksum is not that of the content");
  }
  Reader in(content, name);
  std::vector<Impedance> ways;
  for (std::uint32_t way = 0; way < count; ++way) {
    Impedance one;
    one.costs = read_costs(in);
    one.nearest = read_nearest(in, one.costs);
    one.window = read_window(in, one.costs);
    ways.push_back(std::move(one));
  }
  if (in.left() != 0) in.fail("bytes behind the end");
  return ways;
}

void write_cost_file(const std::filesystem::path& file, std::string_view key,
                     std::span<const Impedance> ways) {
  write_text_atomically(file, cost_file_bytes(key, ways));
}

std::vector<Impedance> read_cost_file(const std::filesystem::path& file, std::string_view key) {
  const std::string name = file.filename().string();
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = in ? static_cast<std::streamoff>(in.tellg()) : -1;
  if (size < 0) throw InputError(name, "saved ways cannot be read", way_out);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  in.seekg(0);
  in.read(bytes.data(), size);
  if (in.gcount() != size) throw InputError(name, "saved ways cannot be read", way_out);
  return ways_of_cost_file(bytes, key, name);
}

}  // namespace quartier::io
