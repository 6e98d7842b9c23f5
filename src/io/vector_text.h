#pragma once
/// Text of vector files in the encodings they come in, made UTF-8. Private to io.

#include <memory>
#include <string>
#include <string_view>

namespace quartier::io {

/// True for well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates).
bool is_utf8(std::string_view text);
bool is_ascii(std::string_view text);

/// `text` with each byte that is not part of well-formed UTF-8 replaced by U+FFFD.
std::string repaired_utf8(std::string_view text);

/// `text` between quotation marks, safe to show in a message.
std::string in_quotes(std::string_view text);

/// Turns text of one encoding into UTF-8.
class TextDecoder {
 public:
  /// @param encoding  as `iconv -l` names it, "UTF-8", "ISO-8859-1", "windows-1252" or a code page
  ///                  number ("1252", "65001")
  /// @throws InputError for an encoding that nobody knows
  explicit TextDecoder(const std::string& encoding);

  /// @param complete  set to false where a byte had no meaning and became U+FFFD
  std::string decoded(std::string_view text, bool& complete) const;

  [[nodiscard]] const std::string& encoding() const { return encoding_; }

 private:
  struct Close {
    void operator()(void* handle) const noexcept;
  };
  std::string encoding_;
  std::unique_ptr<void, Close> handle_;
};

}  // namespace quartier::io
