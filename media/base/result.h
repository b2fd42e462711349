// How fallible functions answer, everywhere in Meanwhile.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace meanwhile {

enum class ErrorCode {
  // Control outcomes: expected ways to end, not failures; they are passed on, never logged.
  Aborted,
  EndOfStream,
  TryAgain,
  // Failures. Those that may pass by themselves, so that a retry makes sense:
  Unavailable,
  NoSpace,
  // and those that won't:
  InvalidArgument,
  NotFound,
  AlreadyExists,
  PermissionDenied,
  Unsupported,
  Corrupt,
  Io,
  Internal,
};

// message: one sentence for a person, what was being done first, then why it failed; never a credential.
struct Error {
  ErrorCode code;
  std::string message;

  [[nodiscard]] bool is_control() const { return code <= ErrorCode::TryAgain; }
  [[nodiscard]] bool may_pass() const { return code == ErrorCode::Unavailable || code == ErrorCode::NoSpace; }
};

template <typename T = void>
using Result = std::expected<T, Error>;

[[nodiscard]] std::unexpected<Error> fail(ErrorCode code, std::string message);

// The same error, one level up: "doing: why".
[[nodiscard]] std::unexpected<Error> fail(std::string_view doing, Error error);

// Passes a failure of EXPRESSION (any Result) on to the caller.
#define MEANWHILE_TRY(EXPRESSION)                                                                           \
  do {                                                                                                      \
    if (auto try_result = (EXPRESSION); !try_result) return std::unexpected(std::move(try_result).error()); \
  } while (false)

}  // namespace meanwhile
