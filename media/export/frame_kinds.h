// Tells the encoder which frames may stand on others, where that is known without a search.
#pragma once

#include <cstdint>  // IWYU pragma: keep: libavutil/common.h wants its constants

extern "C" {
#include <libavutil/avutil.h>
}

#include <optional>

#include "media/base/media_time.h"

namespace meanwhile {

class FrameKinds {
 public:
  // A frame at `at` of which that share is drawn anew, and the one behind it; nullopt: it is the last one.
  struct Upcoming {
    MediaTime at{};
    double changes = 1;
  };
  // NONE: the encoder finds out. B: only with others that are told.
  AVPictureType of(const Upcoming& frame, const std::optional<Upcoming>& next);

 private:
  [[nodiscard]] bool is_key(MediaTime at) const;

  std::optional<MediaTime> last_key_;
  double last_changes_ = 0;
  bool is_after_search_ = false;  // the encoder chose the kind of the frame before
  int between_ = 0;               // B frames since the last that isn't one
};

}  // namespace meanwhile
