#include "media/play/file_survey.h"

extern "C" {
#include <libavcodec/version.h>
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/ffmpeg/turn.h"
#include "media/play/file_format.h"
#include "media/play/file_reader.h"

namespace meanwhile {
namespace {

// FFmpeg 6.1 gave these other names and later took the old ones away; the numbers are the codecs' own.
constexpr int kBaseline = 66;
constexpr int kConstrainedBaseline = 66 | (1 << 9);
constexpr int kMain = 77;
constexpr int kHigh = 100;
constexpr int kAacLow = 1;
constexpr int kVersionByte = 1;  // of an avcC (ISO/IEC 14496-15 s. 5.3.3.1)
constexpr std::size_t kShortestAvcc = 7;
constexpr MediaTime kLongestGroup = std::chrono::seconds(10);
constexpr MediaTime kLatestStart = std::chrono::milliseconds(25);
constexpr MediaTime kJitter = std::chrono::milliseconds(10);

bool may_copy_pictures(const AVStream& stream) {
  const AVCodecParameters& track = *stream.codecpar;
  const bool has_profile = track.profile == kBaseline || track.profile == kConstrainedBaseline ||
                           track.profile == kMain || track.profile == kHigh;
  const bool has_avcc = static_cast<std::size_t>(std::max(track.extradata_size, 0)) >= kShortestAvcc &&
                        static_cast<std::size_t>(track.extradata_size) <= kLongestExtradata &&
                        track.extradata[0] == kVersionByte && (track.extradata[4] & 3) == 3;
  const bool is_square =
      track.sample_aspect_ratio.num == 0 || av_cmp_q(track.sample_aspect_ratio, {1, 1}) == 0;
  const bool is_even = track.width % 2 == 0 && track.height % 2 == 0 && track.width >= 16 &&
                       track.height >= 16 && std::max(track.width, track.height) <= kLongestFileSide;
  const bool is_progressive =
      track.field_order == AV_FIELD_PROGRESSIVE || track.field_order == AV_FIELD_UNKNOWN;
  return track.codec_id == AV_CODEC_ID_H264 && track.format == AV_PIX_FMT_YUV420P && has_profile &&
         has_avcc && is_square && is_even && is_progressive && track.video_delay == 0 &&
         turn_of(stream).is_none();
}

bool may_copy_sound(const AVStream& stream) {
  const AVCodecParameters& track = *stream.codecpar;
  const bool has_extradata =
      track.extradata_size >= 2 && static_cast<std::size_t>(track.extradata_size) <= kLongestExtradata;
  return track.codec_id == AV_CODEC_ID_AAC && track.profile == kAacLow &&
         track.sample_rate == kFileSampleRate && track.ch_layout.nb_channels >= 1 &&
         track.ch_layout.nb_channels <= 2 && has_extradata;
}

// What was seen of a stream's packets.
class Seen {
 public:
  explicit Seen(bool is_picture) : is_picture_(is_picture) {}

  void note(const AVPacket& packet, AVRational base) {
    const bool is_left_out = (packet.flags & AV_PKT_FLAG_DISCARD) != 0;
    if (is_left_out && !is_picture_ && !first_) return;  // what an edit list leaves out at the front
    if (packet.pts == AV_NOPTS_VALUE || is_left_out || packet.size == 0 ||
        av_packet_get_side_data(&packet, AV_PKT_DATA_NEW_EXTRADATA, nullptr)) {
      fits_ = false;
      return;
    }
    const MediaTime at(av_rescale_q(packet.pts, base, kMicroseconds));
    is_picture_ ? note_picture(packet, at) : note_sound(at);
    if (!first_) first_ = at;
    last_ = at;
    ++count_;
  }

  [[nodiscard]] bool fits(MediaTime origin) const {
    return fits_ && first_ && *first_ - origin <= kLatestStart && last_ - last_keyframe_ <= kLongestGroup;
  }
  [[nodiscard]] std::optional<MediaTime> first() const { return first_; }

 private:
  void note_picture(const AVPacket& packet, MediaTime at) {
    const bool is_keyframe = (packet.flags & AV_PKT_FLAG_KEY) != 0;
    const bool is_reordered = packet.dts != AV_NOPTS_VALUE && packet.dts != packet.pts;
    if (is_reordered || (first_ && at <= last_) || (!first_ && !is_keyframe)) fits_ = false;
    if (first_ && at - last_keyframe_ > kLongestGroup) fits_ = false;
    if (is_keyframe) last_keyframe_ = at;
  }
  // Its place by counting is its place by its time.
  void note_sound(MediaTime at) {
    last_keyframe_ = at;
    const MediaTime counted =
        first_.value_or(at) + MediaTime(av_rescale(count_ * kAacSamples, 1'000'000, kFileSampleRate));
    if (std::chrono::abs(at - counted) > kJitter) fits_ = false;
  }

  const bool is_picture_;
  bool fits_ = true;
  std::optional<MediaTime> first_;
  MediaTime last_{};
  MediaTime last_keyframe_{};
  std::int64_t count_ = 0;
};

std::set<int> fitting(const std::map<int, Seen>& seen, const std::set<int>& candidates) {
  MediaTime origin = MediaTime::max();
  for (const auto& [number, stream] : seen)
    if (stream.first()) origin = std::min(origin, *stream.first());
  std::set<int> found;
  for (const int number : candidates)
    if (const auto stream = seen.find(number); stream != seen.end() && stream->second.fits(origin))
      found.insert(number);
  return found;
}

}  // namespace

std::set<int> streams_to_copy(ByteSource& file, const AVFormatContext& format) {
  std::set<int> candidates;
  for (unsigned i = 0; i < format.nb_streams; ++i)
    if (may_copy_pictures(*format.streams[i]) || may_copy_sound(*format.streams[i]))
      candidates.insert(static_cast<int>(i));
  if (candidates.empty()) return {};
  AvioReader io(file);
  const auto opened = open_file_format(file, io);
  if (!opened || opened->format->nb_streams != format.nb_streams) return {};
  std::map<int, Seen> seen;
  const PacketPtr packet = make_packet();
  while (av_read_frame(opened->format.get(), packet.get()) >= 0) {
    const AVStream& stream = *opened->format->streams[packet->stream_index];
    const bool is_picture = stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
    if (is_picture || stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO)
      seen.try_emplace(packet->stream_index, is_picture).first->second.note(*packet, stream.time_base);
    av_packet_unref(packet.get());
  }
  return fitting(seen, candidates);
}

}  // namespace meanwhile
