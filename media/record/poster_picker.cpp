#include "media/record/poster_picker.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "media/base/media_time.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kStep = 8;
// A later frame must be clearly richer: the beginning is what people remember of a clip.
constexpr double kMustBeat = 1.1;

// Mean difference between neighbours: edges, letters and faces have much of it, empty areas none.
double detail_of(const AVFrame& frame) {
  long long total = 0;
  long long count = 0;
  for (int y = 0; y < frame.height; y += kStep) {
    const std::uint8_t* row = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
    for (int x = 0; x + 1 < frame.width; x += kStep, ++count) total += std::abs(row[x + 1] - row[x]);
  }
  return count == 0 ? 0 : static_cast<double>(total) / static_cast<double>(count);
}

}  // namespace

void PosterPicker::offer(const AVFrame& frame, MediaTime pts) {
  if (is_done(pts) || (best_ && pts < next_)) return;
  next_ = pts + kInterval;
  const double score = detail_of(frame);
  if (best_ && score <= best_score_ * kMustBeat) return;
  best_ = reference(frame);
  best_score_ = score;
}

}  // namespace meanwhile
