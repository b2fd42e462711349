// Small pictures of a track while it is recorded, for whoever looks for a place in the clip later.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

struct ThumbSheet {
  Bytes jpeg;       // all of them, in rows
  std::string vtt;  // which one stands for which time, as players know it: "thumbs.jpg#xywh=160,0,160,90"
};

// One each 2 s of a short clip, at most kMost of a long one, none where the picture stands still. One thread
// at a time.
class ThumbStrip {
 public:
  static constexpr std::size_t kMost = 100;
  static constexpr int kLongestSide = 160;
  static constexpr int kColumns = 10;

  // The picture that is on show from pts on; never changed afterwards. YUV420P, always of one size. Scales
  // one in a while, a millisecond each.
  void offer(const AVFrame& frame, MediaTime pts);
  // Forgets what is at or after `end`.
  void cut(MediaTime end);
  [[nodiscard]] bool is_empty() const { return tiles_.empty(); }
  // end: of the clip. file: the JPEG's name. Errors: Unsupported, Internal.
  [[nodiscard]] Result<ThumbSheet> sheet(MediaTime end, const std::string& file);

 private:
  struct Tile {
    MediaTime at{};
    FramePtr picture;
  };
  void add(const AVFrame& frame, MediaTime pts);
  void add_waiting();
  void thin_out();

  std::vector<Tile> tiles_;
  MediaTime interval_ = std::chrono::seconds(2);
  // The newest picture, too soon after the last tile: it becomes one if nothing follows it for a while.
  FramePtr waiting_;
  MediaTime waiting_since_{};
  ScalerPtr scaler_;
};

}  // namespace meanwhile
