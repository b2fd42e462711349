#include "media/capture/x11/pointer_watch.h"

#include <xcb/xfixes.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "media/base/clock.h"
#include "media/capture/pointer_shapes.h"
#include "media/capture/screen_picture.h"
#include "media/capture/sinks.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {
namespace {

bool is_same(const PointerSample& a, const PointerSample& b) {
  return a.x == b.x && a.y == b.y && a.shape == b.shape && a.buttons == b.buttons;
}

}  // namespace

void PointerWatch::tick(bool has_new_shape, MonotonicTime at, const PointerGround& ground,
                        const ScreenPicture& picture, PointerSink& sink) {
  if (has_new_shape || shapes_.is_empty()) shape_ = current_shape(sink);
  const auto sample = look(at, ground, picture);
  if (!sample || shapes_.is_empty() || (last_ && is_same(*sample, *last_))) return;
  last_ = sample;
  sink.on_pointer(*sample);
}

int PointerWatch::current_shape(PointerSink& sink) {
  xcb_connection_t* connection = x_.connection.get();
  const auto reply =
      owned(xcb_xfixes_get_cursor_image_reply(connection, xcb_xfixes_get_cursor_image(connection), nullptr));
  if (!reply) return shape_;
  const auto count = static_cast<std::size_t>(xcb_xfixes_get_cursor_image_cursor_image_length(reply.get()));
  PointerShape shape{.index = 0,
                     .width = reply->width,
                     .height = reply->height,
                     .hot_x = reply->xhot,
                     .hot_y = reply->yhot,
                     .rgba = straight_rgba(xcb_xfixes_get_cursor_image_cursor_image(reply.get()), count)};
  return shapes_.index_of(std::move(shape), sink).value_or(shape_);
}

std::optional<PointerSample> PointerWatch::look(MonotonicTime at, const PointerGround& ground,
                                                const ScreenPicture& picture) const {
  const auto pointer = query(ground.window);
  if (!pointer || !pointer->same_screen) return std::nullopt;
  const PicturePoint point = ground.is_visible && !is_over_another(ground)
                                 ? picture.place(pointer->win_x - ground.x, pointer->win_y - ground.y)
                                 : kPointerElsewhere;
  constexpr int kFirstButton = 8;  // XCB_BUTTON_MASK_1 is bit 8
  return PointerSample{.at = at,
                       .x = point.x,
                       .y = point.y,
                       .shape = shape_,
                       .buttons = static_cast<std::uint32_t>(pointer->mask >> kFirstButton) & 7U};
}

// What covers a window isn't in its picture, and the pointer has no business with the window there.
bool PointerWatch::is_over_another(const PointerGround& ground) const {
  if (ground.frame == 0) return false;
  const auto pointer = query(x_.screen->root);
  return pointer && pointer->child != XCB_NONE && pointer->child != ground.frame;
}

XReply<xcb_query_pointer_reply_t> PointerWatch::query(xcb_window_t window) const {
  xcb_connection_t* connection = x_.connection.get();
  return owned(xcb_query_pointer_reply(connection, xcb_query_pointer(connection, window), nullptr));
}

}  // namespace meanwhile
