#include "media/record/slide_changes.h"

extern "C" {
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "media/base/media_time.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kSamplesAside = 4;  // looked at in each part, in a row and in a column
// Text that gives way to other text changes a part's brightness by more than this.
constexpr int kOtherBrightness = 10;
// One in so many parts: a window, a menu or a picture in a slide is less.
constexpr std::size_t kOtherParts = 5;

}  // namespace

SlideChanges::Look SlideChanges::look_of(const AVFrame& frame) {
  Look look{};
  for (std::size_t part = 0; part < look.size(); ++part) {
    const auto left = static_cast<int>(part % kColumns) * frame.width;
    const auto top = static_cast<int>(part / kColumns) * frame.height;
    int sum = 0;
    for (int i = 0; i < kSamplesAside * kSamplesAside; ++i) {
      const int x = (left + i % kSamplesAside * frame.width / kSamplesAside) / int{kColumns};
      const int y = (top + i / kSamplesAside * frame.height / kSamplesAside) / int{kRows};
      sum += frame.data[0][static_cast<std::ptrdiff_t>(y) * frame.linesize[0] + x];
    }
    look[part] = static_cast<std::uint8_t>(sum / (kSamplesAside * kSamplesAside));
  }
  return look;
}

bool SlideChanges::is_other(const Look& a, const Look& b) {
  std::size_t others = 0;
  for (std::size_t part = 0; part < a.size(); ++part)
    if (std::abs(int{a[part]} - int{b[part]}) > kOtherBrightness) ++others;
  return others * kOtherParts > a.size();
}

bool SlideChanges::is_change(MediaTime until) const {
  return standing_ && newest_ && until - since_ >= kStands && is_other(*standing_, *newest_);
}

void SlideChanges::offer(const AVFrame& frame, MediaTime pts) {
  if (frame.format != AV_PIX_FMT_YUV420P && frame.format != AV_PIX_FMT_YUVJ420P) return;
  const Look look = look_of(frame);
  if (is_change(pts) && changes_.size() < kMost) changes_.push_back(since_);
  const bool stood = newest_ && pts - since_ >= kStands;
  if (stood) standing_ = newest_;
  if (!newest_ || is_other(*newest_, look)) since_ = pts;
  newest_ = look;
}

void SlideChanges::cut(MediaTime end) {
  std::erase_if(changes_, [&](MediaTime at) { return at >= end; });
  // What stands on the screen goes on from there.
  since_ = std::min(since_, end);
}

std::vector<MediaTime> SlideChanges::found(MediaTime end) const {
  std::vector<MediaTime> all = changes_;
  if (is_change(end) && all.size() < kMost) all.push_back(since_);
  return all;
}

}  // namespace meanwhile
