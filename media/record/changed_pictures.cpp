#include "media/record/changed_pictures.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/covered_picture.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/removed_parts.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"

namespace meanwhile {
namespace {

constexpr std::uint8_t kBlackLuma = 16;
constexpr std::uint8_t kNoColour = 128;

// Of the same size and colours.
FramePtr frame_like(const AVFrame& frame) {
  FramePtr made = make_frame();
  made->format = frame.format;
  made->width = frame.width;
  made->height = frame.height;
  if (av_frame_get_buffer(made.get(), 0) < 0 || av_frame_copy_props(made.get(), &frame) < 0)
    throw std::bad_alloc();
  return made;
}

FramePtr black_like(const AVFrame& frame) {
  FramePtr black = frame_like(frame);
  const int luma = frame.color_range == AVCOL_RANGE_JPEG ? 0 : kBlackLuma;
  for (int i = 0; i < 3; ++i) {
    const int height = i == 0 ? frame.height : (frame.height + 1) / 2;
    std::memset(black->data[i], i == 0 ? luma : kNoColour,
                static_cast<std::size_t>(black->linesize[i]) * static_cast<std::size_t>(height));
  }
  return black;
}

// The frame itself where none of the areas lies in it.
FramePtr covered_frame(const AVFrame& frame, CoverTrack track, const std::vector<const CoveredArea*>& areas) {
  const PicturePtr picture = to_picture(reference(frame), {});
  const PicturePtr changed = covered(picture, track, areas);
  if (changed == picture) return reference(frame);
  FramePtr made = frame_like(frame);
  std::array<const std::uint8_t*, 4> planes{changed->planes[0], changed->planes[1], changed->planes[2],
                                            nullptr};
  const std::array<int, 4> strides{changed->strides[0], changed->strides[1], changed->strides[2], 0};
  av_image_copy(made->data, made->linesize, planes.data(), strides.data(), AV_PIX_FMT_YUV420P, frame.width,
                frame.height);
  return made;
}

void add_ends(const TimeRange& range, std::vector<MediaTime>& changes) {
  changes.push_back(range.from);
  changes.push_back(range.to);
}

}  // namespace

ChangedPictures::ChangedPictures(const RemovedParts& removed, CoverTrack track,
                                 const std::vector<MediaTime>& key_times, Show show)
    : removed_(removed), track_(track), key_times_(key_times), show_(std::move(show)) {
  for (const TimeRange& blank : removed.blank) add_ends(blank, changes_);
  for (const CoveredArea& area : removed.covered)
    if (area.track == track) add_ends(area.range, changes_);
  std::ranges::sort(changes_);
}

Result<void> ChangedPictures::take(FramePtr frame, MediaTime at) {
  // Another name for the same bytes: the range is told beside the format.
  if (frame->format == AV_PIX_FMT_YUVJ420P) {
    frame->format = AV_PIX_FMT_YUV420P;
    frame->color_range = AVCOL_RANGE_JPEG;
  }
  if (frame->format != AV_PIX_FMT_YUV420P)
    return fail(ErrorCode::Unsupported, tr("the track's pictures are of another kind than Meanwhile's"));
  MEANWHILE_TRY(show_changes_before(at));
  held_ = std::move(frame);
  return show_at(at);
}

Result<void> ChangedPictures::finish(MediaTime end) {
  return show_changes_before(end);
}

// Up to the first picture there is nothing to change.
Result<void> ChangedPictures::show_changes_before(MediaTime moment) {
  for (; next_change_ < changes_.size() && changes_[next_change_] < moment; ++next_change_) {
    const bool is_again = next_change_ > 0 && changes_[next_change_] == changes_[next_change_ - 1];
    if (held_ && !is_again) MEANWHILE_TRY(show_at(changes_[next_change_]));
  }
  while (next_change_ < changes_.size() && changes_[next_change_] == moment) ++next_change_;
  return {};
}

// A long blank part has keyframes as often as the recording had.
Result<void> ChangedPictures::show_at(MediaTime at) {
  const bool was_blank = std::exchange(is_blank_, removed_.is_blank(at));
  const bool had_key = next_key_ < key_times_.size() && key_times_[next_key_] <= at;
  while (next_key_ < key_times_.size() && key_times_[next_key_] <= at) ++next_key_;
  const bool is_key = had_key || was_blank != is_blank_;
  if (is_blank_) return is_key ? emit(*black_like(*held_), at, true) : Result<void>();
  std::vector<const CoveredArea*> areas;
  for (const CoveredArea& area : removed_.covered)
    if (area.range.from <= at && at < area.range.to) areas.push_back(&area);
  return emit(*covered_frame(*held_, track_, areas), at, is_key);
}

Result<void> ChangedPictures::emit(const AVFrame& frame, MediaTime at, bool is_key) {
  const FramePtr shown = reference(frame);
  shown->pict_type = is_key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  return show_(*shown, at);
}

}  // namespace meanwhile
