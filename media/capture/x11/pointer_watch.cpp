#include "media/capture/x11/pointer_watch.h"

#include <xcb/xfixes.h>

#include <algorithm>
#include <utility>

namespace meanwhile {
namespace {

// A program that draws a new pointer for every moment (a drag with a preview) must not fill the take with
// shapes.
constexpr std::size_t kMostShapes = 512;

std::uint8_t straight(std::uint32_t premultiplied, std::uint32_t alpha) {
  if (alpha == 0) return 0;
  return static_cast<std::uint8_t>(std::min((premultiplied * 255 + alpha / 2) / alpha, 255U));
}

// What tells shapes apart.
std::vector<std::uint8_t> key_of(const PointerShape& shape) {
  std::vector<std::uint8_t> key = shape.rgba;
  for (const int number : {shape.width, shape.hot_x, shape.hot_y}) {
    key.push_back(static_cast<std::uint8_t>(number & 0xff));
    key.push_back(static_cast<std::uint8_t>(number >> 8));
  }
  return key;
}

bool is_same(const PointerSample& a, const PointerSample& b) {
  return a.x == b.x && a.y == b.y && a.shape == b.shape && a.buttons == b.buttons;
}

}  // namespace

std::vector<std::uint8_t> straight_rgba(const std::uint32_t* argb, std::size_t count) {
  std::vector<std::uint8_t> rgba;
  rgba.reserve(count * 4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t alpha = argb[i] >> 24;
    for (const int shift : {16, 8, 0}) rgba.push_back(straight((argb[i] >> shift) & 0xff, alpha));
    rgba.push_back(static_cast<std::uint8_t>(alpha));
  }
  return rgba;
}

void PointerWatch::tick(bool has_new_shape, MonotonicTime at, int origin_x, int origin_y, PointerSink& sink) {
  if (has_new_shape || shapes_.empty()) shape_ = current_shape(sink);
  const auto sample = look(at, origin_x, origin_y);
  if (!sample || shapes_.empty() || (last_ && is_same(*sample, *last_))) return;
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
  return index_of(std::move(shape), sink);
}

int PointerWatch::index_of(PointerShape shape, PointerSink& sink) {
  auto key = key_of(shape);
  if (const auto known = shapes_.find(key); known != shapes_.end()) return known->second;
  if (shapes_.size() >= kMostShapes) return shape_;
  shape.index = static_cast<int>(shapes_.size());
  shapes_.emplace(std::move(key), shape.index);
  const int index = shape.index;
  sink.on_shape(std::move(shape));
  return index;
}

std::optional<PointerSample> PointerWatch::look(MonotonicTime at, int origin_x, int origin_y) {
  xcb_connection_t* connection = x_.connection.get();
  const auto reply =
      owned(xcb_query_pointer_reply(connection, xcb_query_pointer(connection, x_.screen->root), nullptr));
  if (!reply || !reply->same_screen) return std::nullopt;
  constexpr int kFirstButton = 8;  // XCB_BUTTON_MASK_1 is bit 8
  return PointerSample{.at = at,
                       .x = reply->root_x - origin_x,
                       .y = reply->root_y - origin_y,
                       .shape = shape_,
                       .buttons = static_cast<std::uint32_t>(reply->mask >> kFirstButton) & 7U};
}

}  // namespace meanwhile
