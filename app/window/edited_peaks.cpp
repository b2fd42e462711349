#include "app/window/edited_peaks.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "media/base/edit_list.h"
#include "media/base/media_time.h"

namespace meanwhile {

std::vector<float> edited_peaks(const std::vector<float>& peaks, const EditList& edits, MediaTime duration) {
  std::vector<float> edited(peaks.size());
  for (std::size_t i = 0; i < edited.size(); ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(edited.size());
    const MediaTime at = edits.recorded(from_seconds(share * to_seconds(edits.duration())));
    if (at >= duration) continue;
    const auto place =
        static_cast<std::size_t>(to_seconds(at) / to_seconds(duration) * static_cast<double>(peaks.size()));
    edited[i] = peaks[std::min(place, peaks.size() - 1)];
  }
  return edited;
}

}  // namespace meanwhile
