// libav's error numbers in our terms.
#pragma once

#include <expected>
#include <string_view>

#include "media/base/result.h"

namespace meanwhile {

// number: a negative AVERROR; doing: "opening the camera /dev/video0". AVERROR_EOF is EndOfStream,
// AVERROR(EAGAIN) TryAgain, AVERROR_EXIT Aborted.
Error error_from_av(int number, std::string_view doing);

inline std::unexpected<Error> av_failure(int number, std::string_view doing) {
  return std::unexpected(error_from_av(number, doing));
}

}  // namespace meanwhile
