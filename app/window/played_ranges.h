// What of a clip was played, from the positions that the player shows frame by frame. Pure.
#pragma once

#include <optional>
#include <vector>

#include "app/library/events.h"
#include "app/library/ranges.h"
#include "media/base/media_time.h"

namespace meanwhile {

class PlayedRanges {
 public:
  // true: playing has just stopped.
  bool follow(MediaTime position, bool is_playing);
  // Ends the range that is being played; it goes on as another.
  void cut();
  // Counts as played, too.
  void add(const MomentRange& range) { ranges_.push_back(range); }
  void clear() { ranges_.clear(); }

  bool is_playing() const { return since_.has_value(); }
  bool empty() const { return ranges_.empty(); }
  // Sorted, apart.
  std::vector<MomentRange> all() const { return union_of(ranges_); }
  MediaTime position() const { return position_; }

 private:
  std::vector<MomentRange> ranges_;
  std::optional<MediaTime> since_;
  MediaTime position_{};
};

}  // namespace meanwhile
