// The pictures of one track in order, from any exact moment on.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/play/decoder.h"
#include "media/play/track_demuxer.h"

namespace meanwhile {

// Thread: one at a time.
class VideoReader {
 public:
  // Stands before the first picture. Errors: as TrackDemuxer::open and Decoder::open; Corrupt (no video).
  static Result<std::unique_ptr<VideoReader>> open(std::shared_ptr<ByteSource> track);

  // Asked between packets: true makes next() answer Aborted, and go on where it was when it is called again.
  void set_interrupt(std::function<bool()> interrupt) { interrupt_ = std::move(interrupt); }

  // Moves to the last keyframe at or before time, unless going on decoding leads there no later.
  Result<void> seek(MediaTime time);

  // The next picture, but none that another one has replaced by `moment`: after seek(moment), next(moment) is
  // what is on show then (the track's first picture, where it begins later). Frames that nobody will see and
  // that no other stands on aren't decoded. Errors: EndOfStream, Aborted (interrupt, or the source), and the
  // source's. Damage in the picture is passed over: is_damaged().
  Result<PicturePtr> next(MediaTime moment) { return next(moment, MediaTime{}); }
  // The same, but with the pictures of the last `reach` before it, one a call: until is_on_show_at(moment).
  Result<PicturePtr> next(MediaTime moment, MediaTime reach);
  // Nothing replaces the picture that next() gave last by `moment`, as far as it was called with it.
  [[nodiscard]] bool is_on_show_at(MediaTime moment) const { return last_ && !is_replaced(*last_, moment); }

  // The newest picture that next() passed over since the last move or picture: a glimpse of the way there.
  // nullptr: none.
  PicturePtr take_passed();

  // So far behind `moment` with packets that are still to be decoded that a seek there is quicker. A picture
  // that simply lasts long is no delay.
  [[nodiscard]] bool is_hopelessly_late(MediaTime moment) const;

  // Time of the last picture that next() gave since the last move.
  [[nodiscard]] std::optional<MediaTime> last() const { return last_; }
  // Pictures were left out between that one and the one before it.
  [[nodiscard]] bool followed_gap() const { return followed_gap_; }
  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] bool is_damaged() const { return is_damaged_; }
  Result<MediaTime> end() { return demuxer_->end(); }

 private:
  VideoReader(std::unique_ptr<TrackDemuxer> demuxer, std::unique_ptr<Decoder> decoder);
  Result<void> move_to(MediaTime time);
  Result<void> look_ahead(MediaTime moment);
  void leave_out(MediaTime time);
  void feed(MediaTime moment);
  [[nodiscard]] bool is_replaced(MediaTime time, MediaTime moment) const;
  PicturePtr finish(FramePtr frame, MediaTime time);

  const std::unique_ptr<TrackDemuxer> demuxer_;
  const std::unique_ptr<Decoder> decoder_;
  const Size size_;
  std::function<bool()> interrupt_;
  std::deque<PacketPtr> ahead_;         // read, not yet given to the decoder
  std::vector<MediaTime> pending_;      // times of the packets read whose pictures haven't come out
  std::optional<MediaTime> last_read_;  // decode time
  std::optional<MediaTime> last_;
  std::optional<MediaTime> last_out_;  // of the decoder, given or passed over
  FramePtr passed_;
  std::optional<MediaTime> last_left_out_;
  bool followed_gap_ = false;
  bool is_at_end_ = false;  // of the packets
  bool is_drained_ = false;
  bool is_damaged_ = false;
  ScalerPtr scaler_;
};

}  // namespace meanwhile
