// Reads and decodes a track's pictures in this process.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/play/decoder.h"
#include "media/play/track_demuxer.h"
#include "media/play/video_reader.h"

namespace meanwhile {

class FrameMemory;

class LocalVideoReader final : public VideoReader {
 public:
  // memory: where its pictures lie; must outlive them. nullptr: on the heap. Errors: as TrackDemuxer::open
  // and Decoder::open; Corrupt (no video).
  static Result<std::unique_ptr<LocalVideoReader>> open(std::shared_ptr<ByteSource> track,
                                                        std::function<bool()> is_newer_wanted,
                                                        FrameMemory* memory = nullptr);

  Result<void> seek(MediaTime time) override;
  using VideoReader::next;
  Result<PicturePtr> next(MediaTime moment, MediaTime reach) override;
  PicturePtr take_passed() override;
  Result<MediaTime> end() override { return demuxer_->end(); }

 private:
  LocalVideoReader(std::unique_ptr<TrackDemuxer> demuxer, std::unique_ptr<Decoder> decoder,
                   std::function<bool()> is_newer_wanted);
  Result<void> move_to(MediaTime time);
  Result<void> look_ahead(MediaTime moment);
  [[nodiscard]] bool may_let_go() const;
  void leave_out(MediaTime time);
  void feed(MediaTime moment);
  [[nodiscard]] bool is_replaced(MediaTime time, MediaTime moment) const;
  PicturePtr finish(FramePtr frame, MediaTime time);

  const std::unique_ptr<TrackDemuxer> demuxer_;
  const std::unique_ptr<Decoder> decoder_;
  const std::function<bool()> is_newer_wanted_;
  std::deque<PacketPtr> ahead_;        // read, not yet given to the decoder
  std::vector<MediaTime> pending_;     // times of the packets read whose pictures haven't come out
  std::optional<MediaTime> last_out_;  // of the decoder since it moved, given or passed over
  MonotonicTime moved_at_{};
  FramePtr passed_;
  std::optional<MediaTime> last_left_out_;
  bool is_at_end_ = false;  // of the packets
  bool is_drained_ = false;
  ScalerPtr scaler_;
};

}  // namespace meanwhile
