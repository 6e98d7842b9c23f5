#include "io/text_decode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>

#include "base/error.h"

namespace quartier::io {
namespace {

void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12U));
    text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    text += static_cast<char>(0xF0U | (code >> 18U));
    text += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
    text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

std::size_t line_at(std::string_view text, std::size_t position) {
  return 1 + static_cast<std::size_t>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
}

std::string from_utf16(std::string_view bytes, bool big_endian, const std::string& name) {
  if (bytes.size() % 2 != 0)
    throw InputError(std::filesystem::path(name), "UTF-16 text with an odd number of bytes");
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(big_endian ? first * 256 + second : second * 256 + first);
  };
  std::string text;
  text.reserve(bytes.size() / 2 + bytes.size() / 8);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::uint32_t code = unit(i);
    if (code >= 0xD800 && code < 0xE000) {
      const std::uint32_t next = i + 2 < bytes.size() ? unit(i + 2) : 0;
      if (code >= 0xDC00 || next < 0xDC00 || next >= 0xE000) {
        throw InputError(std::filesystem::path(name),
                         "line " + std::to_string(line_at(text, text.size())) +
                             ": half a surrogate pair; the text is damaged");
      }
      code = 0x10000 + ((code - 0xD800) << 10U) + (next - 0xDC00);
      i += 2;
    }
    append_utf8(text, code);
  }
  return text;
}

/// UTF-16 without a mark betrays itself by NUL bytes at every other place.
bool looks_like_utf16(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  if (head.size() < 4) return false;
  std::size_t nuls = 0;
  for (const char c : head) nuls += c == '\0' ? 1 : 0;
  return nuls * 3 > head.size();
}

Finding encoding_finding(const std::string& name, Severity severity, std::string message) {
  Finding finding;
  finding.kind = "encoding_found";
  finding.severity = severity;
  finding.file = name;
  finding.message = std::move(message);
  return finding;
}

}  // namespace

std::string read_bytes(const std::filesystem::path& file, std::uintmax_t limit) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error) throw InputError(file, "cannot be read: " + error.message());
  if (size > limit) {
    throw InputError(
        file, std::to_string(size) + " bytes, more than the limit of " + std::to_string(limit),
        "split the file by date");
  }
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(size, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!stream || static_cast<std::uintmax_t>(stream.gcount()) != size) {
    throw InputError(file, "cannot be read to its end");
  }
  return bytes;
}

std::size_t invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || i + size > text.size()) return i;
    for (std::size_t k = 1; k < size; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return i;
    }
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool surrogate = lead == 0xED && second >= 0xA0;
    if (overlong || surrogate || (lead == 0xF4 && second >= 0x90)) return i;
    i += size;
  }
  return std::string_view::npos;
}

std::string from_windows_1252(std::string_view bytes) {
  // 0x80-0x9F; everything else is Latin-1.
  static constexpr std::array<std::uint16_t, 32> upper{
      0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(text, byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80U] : byte);
  }
  return text;
}

Loaded<std::string> decoded(std::string bytes, const std::string& name, TextEncoding stated) {
  Loaded<std::string> text;
  const bool little = bytes.starts_with("\xFF\xFE");
  const bool big = bytes.starts_with("\xFE\xFF");
  if (little || big) {
    text.value = from_utf16(std::string_view(bytes).substr(2), big, name);
    if (stated != TextEncoding::utf16) {
      text.findings.push_back(encoding_finding(name, Severity::note,
                                               std::string("the byte order mark says UTF-16 ") +
                                                   (big ? "(big" : "(little") +
                                                   " endian); read as such"));
    }
  } else if (stated == TextEncoding::utf16) {
    text.value = from_utf16(bytes, false, name);
  } else if (looks_like_utf16(bytes)) {
    throw InputError(std::filesystem::path(name), "looks like UTF-16 without a byte order mark",
                     "save it as UTF-8, or state `encoding = \"utf-16\"` in the layer definition");
  } else if (stated == TextEncoding::windows_1252) {
    text.value = from_windows_1252(bytes);
  } else {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
    const std::size_t bad = invalid_utf8(bytes);
    if (bad == std::string::npos) {
      text.value = std::move(bytes);
    } else if (stated == TextEncoding::utf8) {
      throw InputError(std::filesystem::path(name),
                       "line " + std::to_string(line_at(bytes, bad)) + ": not valid UTF-8",
                       "state the encoding of the file in its layer definition");
    } else {
      text.value = from_windows_1252(bytes);
      text.findings.push_back(
          encoding_finding(name, Severity::warning,
                           "line " + std::to_string(line_at(bytes, bad)) +
                               " is not valid UTF-8; the file is read as Windows-1252 (Latin-1)"));
    }
  }
  const std::size_t nul = text.value.find('\0');
  if (nul != std::string::npos) {
    throw InputError(std::filesystem::path(name), "line " +
                                                      std::to_string(line_at(text.value, nul)) +
                                                      ": a NUL character; this is no text file");
  }
  return text;
}

}  // namespace quartier::io
