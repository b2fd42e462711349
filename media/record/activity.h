// How much happens in a track of pictures: so that pauses can be found without looking at a single one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

// Bytes that changed pictures took in each quarter of a second. One thread at a time.
class Activity {
 public:
  static constexpr int kPerSecond = 4;
  static constexpr int kUnitBytes = 64;

  // A picture that isn't like the one before, and no keyframe: that is large whatever happened.
  void note(MediaTime pts, std::int64_t bytes);
  // Forgets what is at or after `end`.
  void cut(MediaTime end);
  [[nodiscard]] bool is_empty() const { return bytes_.empty(); }
  // end: of the take. {"format":1,"per_second":4,"unit_bytes":64,"levels":[0 to 255, ...]}
  [[nodiscard]] std::string to_json(MediaTime end) const;

 private:
  std::vector<std::int64_t> bytes_;
};

}  // namespace meanwhile
