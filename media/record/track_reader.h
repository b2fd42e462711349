// Decodes a track file from its beginning: for posters, waveforms and checks. What is in it may be from
// elsewhere (an import): frames are decoded where the program wants that done (frame_decoder.h).
#pragma once

#include <memory>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/frame_decoder.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// One medium, one thread.
class TrackReader {
 public:
  // track must outlive the reader. Errors: Corrupt, Unsupported, the source's own.
  static Result<std::unique_ptr<TrackReader>> open(ByteSource& track);

  const AVCodecParameters& parameters() const { return *stream().codecpar; }
  AVRational time_base() const { return stream().time_base; }
  // What the pictures' parameter sets claim, once one was decoded; 0/1: nothing.
  AVRational frame_rate() const { return decoder_ ? decoder_->frame_rate() : AVRational{0, 1}; }

  // read_frame() gives these alone, which is much quicker than all.
  void decode_only_keyframes() { wants_keyframes_ = true; }

  // The next packet as it is in the file. Errors: EndOfStream, Corrupt, the source's own.
  Result<PacketPtr> read_packet();
  // The next decoded frame; frame->pts in time_base(). Errors: as read_packet.
  Result<FramePtr> read_frame();
  // frame->pts on the take's timeline.
  MediaTime time_of(const AVFrame& frame) const;

 private:
  explicit TrackReader(ByteSource& track) : io_(track) {}
  const AVStream& stream() const { return *format_->streams[0]; }
  Result<void> feed_decoder();

  AvioReader io_;
  InputContextPtr format_;
  std::unique_ptr<FrameDecoder> decoder_;  // from the first frame that is wanted on
  bool wants_keyframes_ = false;           // alone
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
