// The packets of one track, from any keyframe on.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/owners.h"
#include "media/play/fragment_stream.h"

namespace meanwhile {

// Thread: one at a time.
class TrackDemuxer {
 public:
  // Reads the init part alone; the first packet is the track's first unless seek() says otherwise. Errors:
  // Corrupt, NotFound, Unavailable, Io (the track can't be read or is no track).
  static Result<std::unique_ptr<TrackDemuxer>> open(std::shared_ptr<ByteSource> track);

  [[nodiscard]] const AVCodecParameters& parameters() const { return *format_->streams[0]->codecpar; }

  // The next packet is the keyframe of the last fragment at or before time that starts with one. Costs one
  // open of the demuxer, well under a millisecond, and reads nothing in between. Errors: as open.
  Result<void> seek(MediaTime time);
  // One such fragment further back than the last seek went. False: that was the first.
  Result<bool> seek_further_back();
  // Whether seek(time) would land ahead of `position`, in decode time.
  Result<bool> is_shortcut(MediaTime time, MediaTime position);
  // In decoding order; pts and dts in microseconds of the clip. Errors: EndOfStream (also before a torn end),
  // Aborted, Unavailable, Corrupt, Io.
  Result<PacketPtr> read();
  // Errors: as read.
  Result<MediaTime> end() { return stream_->end(); }

 private:
  explicit TrackDemuxer(std::unique_ptr<FragmentStream> stream) : stream_(std::move(stream)) {}
  Result<void> start_at(const Fragment& fragment);
  Result<void> open_format();
  Error error_from(int number, const char* doing);

  const std::unique_ptr<FragmentStream> stream_;
  std::unique_ptr<AvioReader> reader_;
  InputContextPtr format_;
  std::optional<Fragment> fragment_;  // nullopt: not started yet
};

}  // namespace meanwhile
