#include "media/play/file_format.h"

extern "C" {
#include <libavutil/mem.h>
}

#include <algorithm>
#include <array>
#include <cerrno>
#include <expected>
#include <new>
#include <string_view>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// What libavformat takes for a guess.
constexpr int kCertainScore = AVPROBE_SCORE_RETRY + 1;
constexpr int kLeastScore = AVPROBE_SCORE_EXTENSION / 2;
constexpr std::array<std::string_view, 6> kLists{"hls", "dash", "concat", "sdp", "rtp", "imf"};

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

bool is_single_picture(std::string_view format) {
  return format.ends_with("_pipe") || format == "image2";
}

}  // namespace

std::unexpected<Error> file_failure(AvioReader& io, int number, const char* otherwise) {
  if (auto error = io.take_error()) return std::unexpected(std::move(*error));
  if (number == AVERROR(ENOMEM))
    return fail(ErrorCode::Corrupt, tr("is damaged or larger than this computer can read"));
  return fail(ErrorCode::Corrupt, tr(otherwise));
}

Result<OpenedFormat> open_file_format(ByteSource& file, AvioReader& io) {
  const auto size = file.size();
  if (!size) return std::unexpected(size.error());
  if (*size == 0) return fail(ErrorCode::Corrupt, tr("is empty"));
  const AVInputFormat* kind = nullptr;
  const int score = av_probe_input_buffer2(io.context(), &kind, nullptr, nullptr, 0, 0);
  if (score < kLeastScore || !kind) return file_failure(io, score, kNoMediaFile);
  OpenedFormat opened{.format = nullptr, .is_certain = score >= kCertainScore};
  const char* const trouble = opened.is_certain ? kDamagedFile : kNoMediaFile;
  if (std::ranges::find(kLists, std::string_view(kind->name)) != kLists.end())
    return fail(ErrorCode::Unsupported, tr("only says where a video is; import the video itself"));
  AVFormatContext* context = avformat_alloc_context();
  if (!context) throw std::bad_alloc();
  context->pb = io.context();
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  context->io_open = refuse_to_open;
  // An empty list would allow all.
  context->protocol_whitelist = av_strdup("none");
  const int result = avformat_open_input(&context, "", kind, nullptr);  // frees on failure
  if (result < 0) return file_failure(io, result, trouble);
  opened.format.reset(context);
  if (is_single_picture(kind->name)) return fail(ErrorCode::Unsupported, tr(kSinglePictureFile));
  const int found = avformat_find_stream_info(context, nullptr);
  if (found < 0) return file_failure(io, found, trouble);
  return opened;
}

}  // namespace meanwhile
