#include "media/record/thumb_strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"
#include "media/ffmpeg/owners.h"
#include "media/record/stills.h"

namespace meanwhile {
namespace {

int even_side(int value) {
  return std::max(2, value / 2 * 2);
}

// In its own shape; nullptr: no memory.
FramePtr empty_picture(int width, int height, const AVFrame& like) {
  FramePtr frame = make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = AV_PIX_FMT_YUV420P;
  frame->color_range = like.color_range;
  frame->colorspace = like.colorspace;
  return av_frame_get_buffer(frame.get(), 0) < 0 ? nullptr : std::move(frame);
}

void make_black(AVFrame& frame) {
  std::fill_n(frame.data[0], static_cast<std::ptrdiff_t>(frame.linesize[0]) * frame.height, std::uint8_t{16});
  for (int plane = 1; plane < 3; ++plane)
    std::fill_n(frame.data[plane], static_cast<std::ptrdiff_t>(frame.linesize[plane]) * (frame.height / 2),
                std::uint8_t{128});
}

void copy_into(const AVFrame& from, AVFrame& to, int left, int top) {
  for (int plane = 0; plane < 3; ++plane) {
    const int half = plane == 0 ? 1 : 2;
    for (int y = 0; y < from.height / half; ++y) {
      const std::uint8_t* row = from.data[plane] + static_cast<std::ptrdiff_t>(y) * from.linesize[plane];
      std::copy_n(
          row, from.width / half,
          to.data[plane] + static_cast<std::ptrdiff_t>(top / half + y) * to.linesize[plane] + left / half);
    }
  }
}

}  // namespace

void ThumbStrip::offer(const AVFrame& frame, MediaTime pts) {
  if (frame.format != AV_PIX_FMT_YUV420P && frame.format != AV_PIX_FMT_YUVJ420P) return;
  if (waiting_ && pts - waiting_since_ >= interval_) add_waiting();
  if (tiles_.empty() || pts - tiles_.back().at >= interval_) {
    waiting_.reset();
    return add(frame, pts);
  }
  waiting_ = reference(frame);
  waiting_since_ = pts;
}

void ThumbStrip::add_waiting() {
  const FramePtr frame = std::exchange(waiting_, nullptr);
  if (frame) add(*frame, waiting_since_);
}

void ThumbStrip::add(const AVFrame& frame, MediaTime pts) {
  const int longest = std::max(frame.width, frame.height);
  const int width = even_side(frame.width * kLongestSide / longest);
  const int height = even_side(frame.height * kLongestSide / longest);
  scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height, AV_PIX_FMT_YUV420P, width,
                                     height, AV_PIX_FMT_YUV420P, SWS_AREA, nullptr, nullptr, nullptr));
  FramePtr small = empty_picture(width, height, frame);
  if (!scaler_ || !small) return;
  sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, small->data, small->linesize);
  tiles_.push_back({pts, std::move(small)});
  if (tiles_.size() > kMost) thin_out();
}

// Twice as far apart from now on.
void ThumbStrip::thin_out() {
  interval_ *= 2;
  std::optional<MediaTime> last;
  std::erase_if(tiles_, [&](const Tile& tile) {
    const bool is_kept = !last || tile.at - *last >= interval_;
    if (is_kept) last = tile.at;
    return !is_kept;
  });
}

void ThumbStrip::cut(MediaTime end) {
  std::erase_if(tiles_, [&](const Tile& tile) { return tile.at >= end; });
  if (waiting_since_ >= end) waiting_.reset();
}

Result<ThumbSheet> ThumbStrip::sheet(MediaTime end, const std::string& file) {
  add_waiting();
  if (tiles_.empty()) return fail(ErrorCode::Internal, tr("making thumbnails: there are no pictures"));
  const AVFrame& first = *tiles_.front().picture;
  const int count = static_cast<int>(tiles_.size());
  const int rows = (count + kColumns - 1) / kColumns;
  const FramePtr sheet = empty_picture(std::min(count, kColumns) * first.width, rows * first.height, first);
  if (!sheet) return fail(ErrorCode::Internal, tr("making thumbnails: there is no memory"));
  make_black(*sheet);
  std::vector<VttCue> cues;
  for (int i = 0; i < count; ++i) {
    const Tile& tile = tiles_[static_cast<std::size_t>(i)];
    const int left = i % kColumns * first.width;
    const int top = i / kColumns * first.height;
    copy_into(*tile.picture, *sheet, left, top);
    const MediaTime to =
        i + 1 < count ? tiles_[static_cast<std::size_t>(i) + 1].at : std::max(end, tile.at + interval_);
    cues.push_back({i == 0 ? MediaTime{} : tile.at, to,
                    fmt::format("{}#xywh={},{},{},{}", file, left, top, first.width, first.height)});
  }
  auto jpeg = encode_thumbs(*sheet);
  if (!jpeg) return std::unexpected(jpeg.error());
  return ThumbSheet{.jpeg = std::move(*jpeg), .vtt = to_web_vtt(cues)};
}

}  // namespace meanwhile
