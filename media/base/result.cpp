#include "media/base/result.h"

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace meanwhile {

std::unexpected<Error> fail(ErrorCode code, std::string message) {
  return std::unexpected(Error{code, std::move(message)});
}

std::unexpected<Error> fail(std::string_view doing, Error error) {
  if (!error.is_control()) error.message = std::string(doing) + ": " + error.message;
  return std::unexpected(std::move(error));
}

}  // namespace meanwhile
