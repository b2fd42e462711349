#include "media/export/composer.h"

extern "C" {
#include <libavutil/pixfmt.h>
}

#include <libyuv/planar_functions.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <new>
#include <optional>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/export/fitted_picture.h"
#include "media/export/pixels.h"
#include "media/export/scene.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// Between and around the pictures: a dark grey (18, 18, 22) that looks the same in players that show black
// bars; as Y, U and V, so near to grey that both matrices agree.
constexpr int kBackground[] = {32, 130, 128};

// An antialiased disc that fills it; on the way to another layout it isn't quite round.
FramePtr make_disc(Size size) {
  FramePtr frame = make_frame();
  frame->width = size.width;
  frame->height = size.height;
  frame->format = AV_PIX_FMT_GRAY8;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  const double radius = std::min(size.width, size.height) / 2.0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double across = (2 * (x + 0.5) / size.width - 1) * radius;
      const double down = (2 * (y + 0.5) / size.height - 1) * radius;
      const double inside = radius - std::hypot(across, down) + 0.5;
      frame->data[0][static_cast<std::ptrdiff_t>(y) * frame->linesize[0] + x] =
          static_cast<std::uint8_t>(std::clamp(inside, 0.0, 1.0) * 255);
    }
  }
  return frame;
}

double area(const Rect& rect) {
  return is_empty(rect) ? 0 : static_cast<double>(rect.width) * rect.height;
}

}  // namespace

Composer::Composer(Size size, bool bt709)
    : canvas_(make_picture_frame(size)), screen_({.bt709 = bt709}), camera_({.bt709 = bt709}) {
  canvas_->color_range = AVCOL_RANGE_MPEG;
  canvas_->colorspace = bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  clear();
}

void Composer::clear() {
  libyuv::I420Rect(canvas_->data[0], canvas_->linesize[0], canvas_->data[1], canvas_->linesize[1],
                   canvas_->data[2], canvas_->linesize[2], 0, 0, canvas_->width, canvas_->height,
                   kBackground[0], kBackground[1], kBackground[2]);
}

bool Composer::Layer::moves(const std::optional<PlacedPicture>& placed) const {
  if (!shown || !placed) return shown.has_value() != placed.has_value();
  return !is_same(shown->to, placed->to) || shown->is_round != placed->is_round;
}

void Composer::Layer::prepare(const std::optional<PlacedPicture>& placed, bool is_cleared) {
  if (!placed)
    changed = {};
  else
    changed = is_cleared ? placed->to : fitted.changes(*placed);
  shown = placed;
}

double Composer::prepare(const Scene& scene) {
  is_rearranged_ = screen_.moves(scene.screen) || camera_.moves(scene.camera);
  screen_.prepare(scene.screen, is_rearranged_);
  camera_.prepare(scene.camera, is_rearranged_);
  if (is_rearranged_) return 1;
  const double changed = area(screen_.changed) + area(camera_.changed);
  return std::min(changed / (static_cast<double>(canvas_->width) * canvas_->height), 1.0);
}

Result<void> Composer::draw() {
  if (is_rearranged_) clear();
  if (!is_empty(screen_.changed)) MEANWHILE_TRY(draw_screen(*screen_.shown, screen_.changed));
  if (!camera_.shown) return {};
  const bool is_covered = is_below_camera(screen_.changed);
  if (camera_.shown->is_round && (is_covered || is_rearranged_)) keep_below(camera_.shown->to);
  if (is_empty(camera_.changed) && !is_covered) return {};
  return draw_camera(*camera_.shown);
}

bool Composer::is_below_camera(const Rect& area) const {
  return camera_.shown && !is_empty(area) && !is_empty(intersected(area, camera_.shown->to));
}

Result<void> Composer::draw_screen(const PlacedPicture& placed, const Rect& changed) {
  const auto pixels = screen_.fitted.fit(placed);
  if (!pixels) return std::unexpected(pixels.error());
  const auto draw = [&](const Rect& part) {
    if (is_empty(part)) return;
    put(*canvas_, part.x, part.y,
        part_of(*pixels, {part.x - placed.to.x, part.y - placed.to.y, part.width, part.height}));
  };
  draw(changed);
  // All that is below, as it is without the camera.
  if (is_below_camera(changed)) draw(intersected(placed.to, camera_.shown->to));
  return {};
}

void Composer::keep_below(const Rect& place) {
  if (!below_ || below_->width != place.width || below_->height != place.height)
    below_ = make_picture_frame({place.width, place.height});
  put(*below_, 0, 0, part_of(view_of(*canvas_), place));
}

Result<void> Composer::draw_camera(const PlacedPicture& placed) {
  const auto pixels = camera_.fitted.fit(placed);
  if (!pixels) return std::unexpected(pixels.error());
  if (placed.is_round)
    put_blended(*canvas_, placed.to.x, placed.to.y, *pixels, view_of(*below_),
                disc({placed.to.width, placed.to.height}));
  else
    put(*canvas_, placed.to.x, placed.to.y, *pixels);
  return {};
}

const AVFrame& Composer::disc(Size size) {
  if (!disc_ || disc_->width != size.width || disc_->height != size.height) disc_ = make_disc(size);
  return *disc_;
}

}  // namespace meanwhile
