// One track into its crash-safe file.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/record/fragment_muxer.h"
#include "media/record/track_file.h"

namespace meanwhile {

// Holds each packet back until the next one's time is known, so that durations in the file are exact, and
// hands whole fragments to the disk: a new one at each keyframe and after kFragmentDuration. Thread: the
// encoder's.
class TrackWriter {
 public:
  // Half a second of media, the time until the next packet, and a sync: on the disk well within the promised
  // 2 s.
  static constexpr MediaTime kFragmentDuration = std::chrono::milliseconds(500);

  // encoder: opened, with AV_CODEC_FLAG_GLOBAL_HEADER; file: empty, or to be continued. Errors: Unsupported
  // (the file was begun by an encoder with other parameters), Internal.
  static Result<std::unique_ptr<TrackWriter>> create(const AVCodecContext& encoder, TrackFilePtr file);
  // The same, from what such an encoder said of itself.
  static Result<std::unique_ptr<TrackWriter>> create(const AVCodecParameters& parameters,
                                                     AVRational time_base, TrackFilePtr file);

  // packet: dts strictly rising, pts == dts (no B-frames), in the encoder's time base; at or after the last
  // flush's end. Errors: Internal.
  Result<void> push(PacketPtr packet);

  // Hands over everything at once. end: where the last packet's picture stops, for now; nullopt: as long as
  // the packet itself says.
  Result<void> flush(std::optional<MediaTime> end);

  // Start to end of what was pushed and is no longer held back.
  MediaTime end() const;
  std::int64_t packets() const { return packets_; }

 private:
  TrackWriter(const AVCodecParameters& parameters, AVRational time_base, TrackFilePtr file)
      : time_base_(time_base),
        is_video_(parameters.codec_type == AVMEDIA_TYPE_VIDEO),
        file_(std::move(file)) {}
  Result<void> begin(const AVCodecParameters& parameters);
  MediaTime to_media_time(std::int64_t time) const;
  Result<void> add_held(std::int64_t duration);
  Result<void> cut();

  const AVRational time_base_;
  const bool is_video_;
  const TrackFilePtr file_;
  std::unique_ptr<FragmentMuxer> muxer_;
  PacketPtr held_;
  std::optional<std::int64_t> fragment_start_;  // of a fragment with packets in it
  std::int64_t end_ = 0;
  std::int64_t packets_ = 0;
  std::int64_t fragment_packets_ = 0;
};

}  // namespace meanwhile
