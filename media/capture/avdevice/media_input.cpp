#include "media/capture/avdevice/media_input.h"

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>

extern "C" {
#include <libavdevice/avdevice.h>
#include <libavutil/dict.h>
#include <libavutil/mathematics.h>
}

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/ffmpeg/turn.h"

namespace meanwhile {
namespace {

constexpr auto kOpeningLimit = std::chrono::seconds(10);
// More damaged packets in a row than a lossy network has: it isn't this format.
constexpr int kMostBadPackets = 200;

using DictionaryPtr = std::unique_ptr<AVDictionary, AvDeleter>;

DictionaryPtr dictionary_of(const std::map<std::string, std::string>& options) {
  AVDictionary* dictionary = nullptr;
  for (const auto& [name, value] : options) av_dict_set(&dictionary, name.c_str(), value.c_str(), 0);
  return DictionaryPtr(dictionary);
}

// libav's errors for an input, where they mean something else than in a file.
Error opening_error(int number, const InputSpec& spec) {
  const std::string doing = tr_format("opening {}", spec.name);
  const bool is_gone = number == AVERROR(ENODEV) || number == AVERROR(ENXIO);
  if (is_gone) return {ErrorCode::NotFound, tr_format("{}: there is no such device", doing)};
  if (number == AVERROR(EBUSY))
    return {ErrorCode::Unavailable, tr_format("{}: another program is using it", doing)};
  if (number == AVERROR_EXIT) return {ErrorCode::Unavailable, tr_format("{}: it doesn't answer", doing)};
  Error error = error_from_av(number, doing);
  if (error.is_control()) error = {ErrorCode::Corrupt, tr_format("{}: it is empty or cut off", doing)};
  if (spec.format == "lavfi" && error.code != ErrorCode::NotFound) error.code = ErrorCode::InvalidArgument;
  if (spec.is_live && error.code == ErrorCode::Io) error.code = ErrorCode::Unavailable;
  return error;
}

}  // namespace

Result<std::unique_ptr<MediaInput>> MediaInput::open(const InputSpec& spec, AVMediaType type) {
  std::unique_ptr<MediaInput> input(new MediaInput(spec.name));
  input->set_limit(kOpeningLimit);
  MEANWHILE_TRY(input->open_format(spec));
  MEANWHILE_TRY(input->open_decoder(type));
  return input;
}

Result<void> MediaInput::open_format(const InputSpec& spec) {
  avdevice_register_all();
  const AVInputFormat* format = spec.format.empty() ? nullptr : av_find_input_format(spec.format.c_str());
  if (!format && !spec.format.empty()) {
    return fail(ErrorCode::Unsupported,
                tr_format("opening {}: this FFmpeg has no {}", spec.name, spec.format));
  }
  AVFormatContext* context = avformat_alloc_context();
  context->interrupt_callback = {is_interrupted, this};
  if (spec.is_device) context->flags |= AVFMT_FLAG_NONBLOCK;
  AVDictionary* options = dictionary_of(spec.options).release();
  // On failure the context is freed by libavformat.
  const int opened = avformat_open_input(&context, spec.url.c_str(), format, &options);
  const DictionaryPtr unused(options);
  if (opened < 0) return std::unexpected(opening_error(opened, spec));
  format_.reset(context);
  // A device says all that is to be known when it is opened, and would make this wait for its first frame.
  if (spec.is_device) return {};
  const int found = avformat_find_stream_info(format_.get(), nullptr);
  if (found < 0) return std::unexpected(opening_error(found, spec));
  return {};
}

Result<void> MediaInput::open_decoder(AVMediaType type) {
  const AVCodec* codec = nullptr;
  const int index = av_find_best_stream(format_.get(), type, -1, -1, &codec, 0);
  const bool is_video = type == AVMEDIA_TYPE_VIDEO;
  if (index == AVERROR_DECODER_NOT_FOUND) {
    return fail(ErrorCode::Unsupported,
                is_video ? tr_format("opening {}: its pictures can't be decoded here", name_)
                         : tr_format("opening {}: its sound can't be decoded here", name_));
  }
  if (index < 0)
    return fail(ErrorCode::InvalidArgument, is_video
                                                ? tr_format("opening {}: there are no pictures in it", name_)
                                                : tr_format("opening {}: there are no sound in it", name_));
  stream_ = format_->streams[index];
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    if (format_->streams[i] != stream_) format_->streams[i]->discard = AVDISCARD_ALL;
  }
  decoder_.reset(avcodec_alloc_context3(codec));
  avcodec_parameters_to_context(decoder_.get(), stream_->codecpar);
  decoder_->pkt_timebase = stream_->time_base;
  decoder_->thread_count = 1;  // each further one would hold a frame back
  // A cable's damage shows as green blocks; the picture before it is better.
  if (stream_->codecpar->codec_id == AV_CODEC_ID_MJPEG) decoder_->err_recognition |= AV_EF_EXPLODE;
  const int opened = avcodec_open2(decoder_.get(), codec, nullptr);
  if (opened < 0) return av_failure(opened, tr_format("decoding {}", name_));
  return {};
}

Result<FramePtr> MediaInput::next(std::chrono::milliseconds limit) {
  one_thread_.check();
  set_limit(limit);
  FramePtr frame = make_frame();
  for (;;) {
    const int received = avcodec_receive_frame(decoder_.get(), frame.get());
    if (received == 0) {
      bad_packets_ = 0;
      return frame;
    }
    if (received != AVERROR(EAGAIN)) return av_failure(received, tr_format("decoding {}", name_));
    MEANWHILE_TRY(feed());
  }
}

// One more packet for the decoder; a damaged one is left out.
Result<void> MediaInput::feed() {
  const int read = av_read_frame(format_.get(), packet_.get());
  if (read == AVERROR_EOF) {
    avcodec_send_packet(decoder_.get(), nullptr);
    return {};
  }
  if (read < 0) return av_failure(read, tr_format("reading {}", name_));
  // An empty packet (a frame that the camera spoilt) would mean the end to the decoder.
  const bool is_ours = packet_->stream_index == stream_->index && packet_->size > 0;
  const int sent = is_ours ? avcodec_send_packet(decoder_.get(), packet_.get()) : 0;
  av_packet_unref(packet_.get());
  if (sent >= 0) return {};
  if (++bad_packets_ < kMostBadPackets) return {};
  return av_failure(sent, tr_format("decoding {}", name_));
}

Result<void> MediaInput::rewind() {
  one_thread_.check();
  set_limit(kOpeningLimit);
  const int sought = avformat_seek_file(format_.get(), -1, INT64_MIN, INT64_MIN, INT64_MAX, 0);
  const int fallback = sought < 0 ? av_seek_frame(format_.get(), stream_->index, 0, AVSEEK_FLAG_BACKWARD) : 0;
  avcodec_flush_buffers(decoder_.get());
  if (fallback < 0) return fail(ErrorCode::Unsupported, tr_format("{} can't be played again", name_));
  return {};
}

Turn MediaInput::turn() const {
  return turn_of(*stream_);
}

std::optional<MediaTime> MediaInput::time_of(const AVFrame& frame) const {
  if (frame.best_effort_timestamp == AV_NOPTS_VALUE) return std::nullopt;
  return MediaTime(av_rescale_q(frame.best_effort_timestamp, stream_->time_base, kMicroseconds));
}

void MediaInput::set_limit(std::chrono::milliseconds limit) {
  deadline_ = std::chrono::steady_clock::now() + limit;
}

int MediaInput::is_interrupted(void* self) {
  const auto* input = static_cast<const MediaInput*>(self);
  return input->is_aborted_ || std::chrono::steady_clock::now() > input->deadline_ ? 1 : 0;
}

}  // namespace meanwhile
