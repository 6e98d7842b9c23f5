#pragma once
/// Errors: what stops an operation, and the promises a caller must keep.

#include <concepts>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace quartier {

/// An operation that cannot finish. The message names the place (file, layer, field) and the cause;
/// `way_out` says, where there is one, what the reader can do about it.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, std::string way_out = {})
      : std::runtime_error(message), way_out_(std::move(way_out)) {}
  [[nodiscard]] const std::string& way_out() const noexcept { return way_out_; }

 private:
  std::string way_out_;
};

/// A file, layer, row, key or value that cannot be used.
class InputError : public Error {
 public:
  using Error::Error;
  /// Takes paths only, so that two texts are message and way out.
  template <std::same_as<std::filesystem::path> Path>
  InputError(const Path& file, const std::string& message, std::string way_out = {})
      : Error(file.string() + ": " + message, std::move(way_out)) {}
  /// The same for a place that is no path: a file as the user knows it, a column.
  InputError(const std::string& place, const std::string& message, std::string way_out)
      : Error(place + ": " + message, std::move(way_out)) {}
};

/// A shape that cannot be repaired or measured.
class GeometryError : public Error {
 public:
  using Error::Error;
};

/// A coordinate reference system that is unknown, missing or does not fit its coordinates.
class CrsError : public Error {
 public:
  using Error::Error;
};

/// A graphics context, shader or picture that could not be made.
class RenderError : public Error {
 public:
  using Error::Error;
};

/// The command line does not say what to do (exit code 2).
class UsageError : public Error {
 public:
  using Error::Error;
};

/// A promise of the caller. @throws std::logic_error with `promise` when `kept` is false
inline void expects(bool kept, const char* promise) {
  if (!kept) throw std::logic_error(promise);
}

}  // namespace quartier
