// Rectangles that layouts are cut from.
#pragma once

#include <imgui.h>

#include <algorithm>

namespace meanwhile {

// In units of the window's coordinates. cut_*: takes a strip off and gives it back; what is left becomes
// smaller.
struct Box {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;

  float width() const { return right - left; }
  float height() const { return bottom - top; }
  ImVec2 min() const { return {left, top}; }
  ImVec2 max() const { return {right, bottom}; }
  ImVec2 middle() const { return {(left + right) / 2, (top + bottom) / 2}; }
  bool contains(ImVec2 p) const { return p.x >= left && p.x < right && p.y >= top && p.y < bottom; }
  bool is_empty() const { return right <= left || bottom <= top; }

  Box cut_left(float size) {
    const float edge = std::min(right, left + size);
    const Box strip{left, top, edge, bottom};
    left = edge;
    return strip;
  }
  Box cut_right(float size) {
    const float edge = std::max(left, right - size);
    const Box strip{edge, top, right, bottom};
    right = edge;
    return strip;
  }
  Box cut_top(float size) {
    const float edge = std::min(bottom, top + size);
    const Box strip{left, top, right, edge};
    top = edge;
    return strip;
  }
  Box cut_bottom(float size) {
    const float edge = std::max(top, bottom - size);
    const Box strip{left, edge, right, bottom};
    bottom = edge;
    return strip;
  }

  Box inset(float x, float y) const { return {left + x, top + y, right - x, bottom - y}; }
  Box inset(float all) const { return inset(all, all); }
  Box moved(float x, float y) const { return {left + x, top + y, right + x, bottom + y}; }
  // A box of this size in the middle of this one.
  Box centered(float wide, float high) const {
    const float x = left + (width() - wide) / 2;
    const float y = top + (height() - high) / 2;
    return {x, y, x + wide, y + high};
  }
  Box clipped_to(const Box& other) const {
    return {std::max(left, other.left), std::max(top, other.top), std::min(right, other.right),
            std::min(bottom, other.bottom)};
  }
};

inline Box box_at(float left, float top, float width, float height) {
  return {left, top, left + width, top + height};
}

}  // namespace meanwhile
