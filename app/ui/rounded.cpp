#include "app/ui/rounded.h"

#include <algorithm>
#include <cmath>

#include "app/platform/painter.h"
#include "app/ui/box.h"

namespace meanwhile {
namespace {

Box on_whole_pixels(const Box& box) {
  return {std::round(box.left), std::round(box.top), std::round(box.right), std::round(box.bottom)};
}

float radius_within(const Box& box, float radius) {
  return std::min(std::round(radius), std::floor(std::min(box.width(), box.height()) / 2));
}

void fill_box(ImDrawList& list, float left, float top, float right, float bottom, ImU32 color) {
  if (right > left && bottom > top) list.AddRectFilled({left, top}, {right, bottom}, color);
}

// The quarters of a mask of 2 radius x 2 radius in the corners of the box.
void draw_corners(ImDrawList& list, ImTextureID mask, const Box& box, float radius, ImU32 color) {
  const auto corner = [&](float left, float top, ImVec2 from) {
    list.AddImage(mask, {left, top}, {left + radius, top + radius}, from, {from.x + 0.5F, from.y + 0.5F},
                  color);
  };
  corner(box.left, box.top, {0, 0});
  corner(box.right - radius, box.top, {0.5F, 0});
  corner(box.left, box.bottom - radius, {0, 0.5F});
  corner(box.right - radius, box.bottom - radius, {0.5F, 0.5F});
}

}  // namespace

void fill_rounded(ImDrawList& list, Painter& painter, const Box& box, ImU32 color, float radius) {
  const Box whole = on_whole_pixels(box);
  const float round = radius_within(whole, radius);
  const ImTextureID mask = round >= 1 ? painter.round_mask(int(round), 0) : ImTextureID{};
  if (!mask) return list.AddRectFilled(whole.min(), whole.max(), color);
  draw_corners(list, mask, whole, round, color);
  fill_box(list, whole.left + round, whole.top, whole.right - round, whole.top + round, color);
  fill_box(list, whole.left, whole.top + round, whole.right, whole.bottom - round, color);
  fill_box(list, whole.left + round, whole.bottom - round, whole.right - round, whole.bottom, color);
}

void outline_rounded(ImDrawList& list, Painter& painter, const Box& box, ImU32 color, float radius,
                     float width) {
  const Box whole = on_whole_pixels(box);
  const float line = std::max(1.0F, std::round(width));
  float round = std::max(radius_within(whole, radius), 0.0F);
  const ImTextureID mask = round >= 1 ? painter.round_mask(int(round), int(line)) : ImTextureID{};
  if (mask)
    draw_corners(list, mask, whole, round, color);
  else
    round = 0;
  const float beside = std::max(round, line);
  fill_box(list, whole.left + round, whole.top, whole.right - round, whole.top + line, color);
  fill_box(list, whole.left + round, whole.bottom - line, whole.right - round, whole.bottom, color);
  fill_box(list, whole.left, whole.top + beside, whole.left + line, whole.bottom - beside, color);
  fill_box(list, whole.right - line, whole.top + beside, whole.right, whole.bottom - beside, color);
}

void fill_disc(ImDrawList& list, Painter& painter, ImVec2 center, float radius, ImU32 color) {
  const float side = std::round(radius) * 2;
  const ImVec2 from(std::round(center.x - side / 2), std::round(center.y - side / 2));
  const ImTextureID mask = painter.round_mask(int(side / 2), 0);
  if (mask) list.AddImage(mask, from, {from.x + side, from.y + side}, {0, 0}, {1, 1}, color);
}

}  // namespace meanwhile
