#include "app/platform/mirror.h"

#include <imgui.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

namespace meanwhile {
namespace {

constexpr float kTurned = std::numeric_limits<float>::max();

bool contains(const ImVec4& box, ImVec2 point) {
  return point.x >= box.x && point.x < box.z && point.y >= box.y && point.y < box.w;
}

bool is_within(const ImVec4& inner, const ImVec4& outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.z <= outer.z && inner.w <= outer.w;
}

}  // namespace

void Mirror::begin_frame(float width) {
  pieces_.clear();
  areas_.clear();
  width_ = width;
}

void Mirror::keep(const ImDrawList& list, int first) {
  if (first < list.VtxBuffer.Size) pieces_.push_back({&list, first, list.VtxBuffer.Size, std::nullopt});
}

void Mirror::keep_within(const ImDrawList& list, int first, const ImVec4& box, Children children) {
  pieces_.push_back({&list, first, list.VtxBuffer.Size, Extent{box.x, box.z}});
  areas_.push_back({&list, box, true, children == Children::Yes});
}

void Mirror::cover(const ImVec4& box) {
  areas_.push_back({nullptr, box, false, false});
}

Mirror::Extent Mirror::extent_of(const Piece& piece) {
  if (piece.extent) return *piece.extent;
  Extent extent{std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest()};
  for (int i = piece.first; i < piece.end; ++i) {
    const float x = piece.list->VtxBuffer.Data[i].pos.x;
    extent = {std::min(extent.left, x), std::max(extent.right, x)};
  }
  return extent;
}

const Mirror::Area* Mirror::area_of(const ImDrawList& list, const ImVec4& clip) const {
  for (const Area& area : areas_) {
    if (area.is_kept && (area.list == &list || area.has_children) && is_within(clip, area.box)) return &area;
  }
  return nullptr;
}

void Mirror::apply(ImDrawList& list) {
  shifts_.assign(std::size_t(list.VtxBuffer.Size), kTurned);
  ImDrawVert* const vertices = list.VtxBuffer.Data;
  for (const Piece& piece : pieces_) {
    if (piece.list != &list) continue;
    std::fill(shifts_.begin() + piece.first, shifts_.begin() + piece.end, shift_of(extent_of(piece)));
  }
  for (ImDrawCmd& command : list.CmdBuffer) {
    ImVec4& clip = command.ClipRect;
    if (const Area* area = area_of(list, clip)) {
      const float shift = shift_of({area->box.x, area->box.z});
      for (unsigned i = 0; i < command.ElemCount; ++i)
        shifts_[command.VtxOffset + list.IdxBuffer.Data[command.IdxOffset + i]] = shift;
      clip = {clip.x + shift, clip.y, clip.z + shift, clip.w};
    } else {
      clip = {turned(clip.z), clip.y, turned(clip.x), clip.w};
    }
  }
  for (int i = 0; i < list.VtxBuffer.Size; ++i) {
    float& x = vertices[i].pos.x;
    x = shifts_[std::size_t(i)] == kTurned ? turned(x) : x + shifts_[std::size_t(i)];
  }
  straighten(list);
}

// A box that was turned around begins at its upper right corner. SDL's software renderer draws such a one a
// pixel off: it begins at the upper left again, like all others.
void Mirror::straighten(ImDrawList& list) const {
  ImDrawVert* const vertices = list.VtxBuffer.Data;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    const ImDrawIdx* const indices = list.IdxBuffer.Data + command.IdxOffset;
    for (unsigned i = 0; i + 6 <= command.ElemCount; i += 3) {
      const ImDrawIdx* const box = indices + i;
      const ImDrawIdx first = box[0];
      const bool is_box = box[1] == first + 1 && box[2] == first + 2 && box[3] == first &&
                          box[4] == first + 2 && box[5] == first + 3;
      const std::size_t at = command.VtxOffset + first;
      if (!is_box || shifts_[at] != kTurned) continue;
      std::swap(vertices[at], vertices[at + 1]);
      std::swap(vertices[at + 2], vertices[at + 3]);
      i += 3;
    }
  }
}

void Mirror::apply(const ImDrawData& data) {
  for (int i = 0; i < data.CmdListsCount; ++i) apply(*data.CmdLists[i]);
  last_areas_ = std::exchange(areas_, {});
  last_width_ = width_;
}

ImVec2 Mirror::laid_out(ImVec2 seen) const {
  // As Dear ImGui says that there is no pointer.
  if (seen.x < std::numeric_limits<float>::lowest() / 2) return seen;
  const ImVec2 turned_point(last_width_ - seen.x, seen.y);
  for (const Area& area : last_areas_ | std::views::reverse) {
    const float shift = last_width_ - area.box.x - area.box.z;
    if (!area.is_kept && contains(area.box, turned_point)) break;
    if (area.is_kept && contains(area.box, {seen.x - shift, seen.y})) return {seen.x - shift, seen.y};
  }
  return turned_point;
}

ImVec4 Mirror::seen(const ImVec4& laid_out) const {
  for (const Area& area : last_areas_) {
    if (!area.is_kept || !is_within(laid_out, area.box)) continue;
    const float shift = shift_of({area.box.x, area.box.z});
    return {laid_out.x + shift, laid_out.y, laid_out.z + shift, laid_out.w};
  }
  return {turned(laid_out.z), laid_out.y, turned(laid_out.x), laid_out.w};
}

ImVec4 Mirror::outside(const ImVec4& laid_out) const {
  const ImVec4 there = seen(laid_out);
  return {turned(there.z), there.y, turned(there.x), there.w};
}

}  // namespace meanwhile
