#include "media/record/fragment_muxer.h"

extern "C" {
#include <libavutil/dict.h>
}

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// We cut the fragments; the first one's time is kept although it isn't 0 (frag_discont); offsets count from
// the moof, so that a segment stands for itself; no index at the end, for what is written never changes its
// meaning.
constexpr const char* kMuxerFlags =
    "+empty_moov+default_base_moof+frag_custom+frag_discont+cmaf+skip_trailer";

Result<void> write_header(AVFormatContext& format, int next_fragment) {
  AVDictionary* raw_options = nullptr;
  av_dict_set_int(&raw_options, "fragment_index", next_fragment, 0);
  av_dict_set(&raw_options, "movflags", kMuxerFlags, 0);
  av_dict_set(&raw_options, "use_editlist", "0", 0);
  const int code = avformat_write_header(&format, &raw_options);
  const std::unique_ptr<AVDictionary, AvDeleter> options(raw_options);
  if (code < 0) return av_failure(code, tr("starting the track's file"));
  return {};
}

}  // namespace

FragmentMuxer::FragmentMuxer(AVRational time_base)
    : writer_([this](std::span<const std::byte> bytes) -> Result<void> {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return {};
      }),
      time_base_(time_base) {}

Result<std::unique_ptr<FragmentMuxer>> FragmentMuxer::create(const AVCodecParameters& parameters,
                                                             AVRational time_base, int next_fragment) {
  std::unique_ptr<FragmentMuxer> muxer(new FragmentMuxer(time_base));
  AVFormatContext* format = nullptr;
  int code = avformat_alloc_output_context2(&format, nullptr, "mp4", nullptr);
  if (code < 0) return av_failure(code, tr("making a track's file"));
  muxer->format_.reset(format);
  format->pb = muxer->writer_.context();
  format->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
  format->avoid_negative_ts = 0;  // never shifts anything: tracks meet on the take's timeline

  AVStream* stream = avformat_new_stream(format, nullptr);
  if (!stream) return fail(ErrorCode::Internal, tr("making a track's file failed"));
  stream->time_base = time_base;
  code = avcodec_parameters_copy(stream->codecpar, &parameters);
  if (code < 0) return av_failure(code, tr("making a track's file"));
  MEANWHILE_TRY(write_header(*format, next_fragment));
  return muxer;
}

Result<void> FragmentMuxer::add(PacketPtr packet) {
  const AVStream& stream = *format_->streams[0];
  packet->stream_index = 0;
  av_packet_rescale_ts(packet.get(), time_base_, stream.time_base);
  const int code = av_write_frame(format_.get(), packet.get());
  if (code < 0) return av_failure(code, tr("adding to the track"));
  return {};
}

Result<Bytes> FragmentMuxer::cut() {
  const int code = av_write_frame(format_.get(), nullptr);
  if (code < 0) return av_failure(code, tr("ending a fragment"));
  MEANWHILE_TRY(writer_.flush());
  return std::exchange(bytes_, {});
}

}  // namespace meanwhile
