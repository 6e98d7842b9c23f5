#include "io/vector_text.h"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "base/error.h"
#include "base/text.h"

namespace quartier::io {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Length of the well-formed character at the start of `rest`; 0 where there is none.
std::size_t character_length(std::string_view rest) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  const auto follows = [&](std::size_t i, unsigned low, unsigned high) {
    return i < rest.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1, 0x80, 0xBF) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2, 0x80, 0xBF) && follows(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

std::string iconv_name(const std::string& encoding) {
  const std::string name(trimmed(encoding));
  const bool digits = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
  if (!digits) return name;
  if (name == "65001") return "UTF-8";
  if (name.starts_with("8859") && name.size() > 4) return "ISO-8859-" + name.substr(4);
  return "CP" + name;
}

}  // namespace

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

bool is_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    repaired += length == 0 ? replacement : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return repaired;
}

std::string in_quotes(std::string_view text) {
  return '"' + display_safe(repaired_utf8(text)) + '"';
}

void TextDecoder::Close::operator()(void* handle) const noexcept { iconv_close(handle); }

TextDecoder::TextDecoder(const std::string& encoding) : encoding_(iconv_name(encoding)) {
  iconv_t handle = iconv_open("UTF-8", encoding_.c_str());
  if (reinterpret_cast<std::intptr_t>(handle) == -1) {
    throw InputError("unknown text encoding \"" + display_safe(encoding) + "\"",
                     "name one such as UTF-8, ISO-8859-1 or windows-1252");
  }
  handle_.reset(handle);
}

std::string TextDecoder::decoded(std::string_view text, bool& complete) const {
  if (is_ascii(text)) return std::string(text);
  iconv(handle_.get(), nullptr, nullptr, nullptr, nullptr);
  std::string result;
  std::string source(text);
  char* from = source.data();
  std::size_t left = source.size();
  std::array<char, 256> buffer{};
  while (left > 0) {
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t done = iconv(handle_.get(), &from, &left, &to, &room);
    const int cause = errno;
    result.append(buffer.data(), buffer.size() - room);
    if (done != static_cast<std::size_t>(-1) || cause == E2BIG) continue;
    result += replacement;
    complete = false;
    ++from;
    --left;
  }
  return result;
}

}  // namespace quartier::io
