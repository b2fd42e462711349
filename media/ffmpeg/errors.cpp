#include "media/ffmpeg/errors.h"

extern "C" {
#include <libavutil/error.h>
}

#include <array>
#include <cerrno>
#include <string>
#include <string_view>

#include "media/base/files.h"
#include "media/base/result.h"

namespace meanwhile {

Error error_from_av(int number, std::string_view doing) {
  if (number == AVERROR_EOF) return {ErrorCode::EndOfStream, std::string(doing)};
  if (number == AVERROR(EAGAIN)) return {ErrorCode::TryAgain, std::string(doing)};
  if (number == AVERROR_EXIT) return {ErrorCode::Aborted, std::string(doing)};
  if (number == AVERROR(ENOENT) || number == AVERROR(ENOSPC) || number == AVERROR(EACCES)) {
    return error_from_errno(AVUNERROR(number), doing);
  }
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(number, text.data(), text.size());
  const bool is_bad_data = number == AVERROR_INVALIDDATA || number == AVERROR_PATCHWELCOME;
  const bool is_missing = number == AVERROR_DEMUXER_NOT_FOUND || number == AVERROR_DECODER_NOT_FOUND ||
                          number == AVERROR_ENCODER_NOT_FOUND || number == AVERROR_PROTOCOL_NOT_FOUND;
  const ErrorCode code = is_bad_data                 ? ErrorCode::Corrupt
                         : is_missing                ? ErrorCode::Unsupported
                         : number == AVERROR(EBUSY)  ? ErrorCode::Unavailable
                         : number == AVERROR(EINVAL) ? ErrorCode::InvalidArgument
                                                     : ErrorCode::Io;
  return {code, std::string(doing) + ": " + text.data()};
}

}  // namespace meanwhile
