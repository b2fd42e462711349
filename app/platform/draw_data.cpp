#include "app/platform/draw_data.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "app/platform/changed_tiles.h"
#include "app/platform/imgui_versions.h"
#include "app/platform/texture_marks.h"

namespace meanwhile {
namespace {

// A triangle whose corners share one place of the texture is of its colours only: ImGui points them at the
// atlas's white pixel.
bool is_solid(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
  return a.uv.x == b.uv.x && a.uv.y == b.uv.y && a.uv.x == c.uv.x && a.uv.y == c.uv.y;
}

// Two triangles that are one upright box of one colour, through which nothing is seen.
bool is_opaque_box(const ImDrawVert* vertices, const ImDrawIdx* indices) {
  if (indices[3] != indices[0] || indices[4] != indices[2]) return false;
  const ImDrawVert& a = vertices[indices[0]];
  const ImDrawVert& b = vertices[indices[1]];
  const ImDrawVert& c = vertices[indices[2]];
  const ImDrawVert& d = vertices[indices[5]];
  const bool is_upright =
      a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x;
  const bool is_one_color = a.col == b.col && a.col == c.col && a.col == d.col;
  return is_upright && is_one_color && (a.col & IM_COL32_A_MASK) == IM_COL32_A_MASK && is_solid(a, b, c) &&
         is_solid(a, c, d);
}

SDL_Rect clip_of(const ImDrawCmd& command, ImVec2 origin, ImVec2 scale, int width, int height) {
  const int left = std::max(0, int((command.ClipRect.x - origin.x) * scale.x));
  const int top = std::max(0, int((command.ClipRect.y - origin.y) * scale.y));
  const int right = std::min(width, int((command.ClipRect.z - origin.x) * scale.x));
  const int bottom = std::min(height, int((command.ClipRect.w - origin.y) * scale.y));
  return {left, top, std::max(0, right - left), std::max(0, bottom - top)};
}

// With a pixel more on each side than renderers may round to. Far away ends where pictures do.
SDL_Rect box_around(const std::array<const ImDrawVert*, 3>& corners, const SDL_Rect& clip) {
  const auto [left, right] = std::minmax({corners[0]->pos.x, corners[1]->pos.x, corners[2]->pos.x});
  const auto [top, bottom] = std::minmax({corners[0]->pos.y, corners[1]->pos.y, corners[2]->pos.y});
  const auto whole = [](float edge) { return int(std::clamp(edge, -32768.0F, 32768.0F)); };
  const int x = whole(std::floor(left)) - 1;
  const int y = whole(std::floor(top)) - 1;
  const SDL_Rect box{x, y, whole(std::ceil(right)) + 1 - x, whole(std::ceil(bottom)) + 1 - y};
  SDL_Rect shown;
  return SDL_IntersectRect(&box, &clip, &shown) == SDL_TRUE ? shown : SDL_Rect{0, 0, 0, 0};
}

std::uint64_t number_of(const ImDrawVert& vertex) {
  std::array<std::uint32_t, sizeof(ImDrawVert) / sizeof(std::uint32_t)> words{};
  std::memcpy(words.data(), &vertex, sizeof words);
  std::uint64_t number = 0;
  for (const std::uint32_t word : words) number = mixed(number, word);
  return number;
}

std::uint64_t number_of(const SDL_Rect& rectangle) {
  return mixed(
      mixed(mixed(std::uint64_t(rectangle.x), std::uint64_t(rectangle.y)), std::uint64_t(rectangle.w)),
      std::uint64_t(rectangle.h));
}

}  // namespace

void DrawDataRenderer::add_run(Run run) {
  run.triangles = boxes_.size();
  const ImDrawVert* vertices = vertices_.data() + run.vertices;
  for (std::size_t i = 0; i < run.count * 3; i += 3)
    boxes_.push_back(box_around(
        {vertices + run.indices[i], vertices + run.indices[i + 1], vertices + run.indices[i + 2]}, run.clip));
  runs_.push_back(run);
}

void DrawDataRenderer::collect_command(const ImDrawCmd& command, const ImDrawIdx* indices,
                                       std::size_t vertices, const SDL_Rect& clip) {
  const Run whole{.texture = to_texture(command.GetTexID()),
                  .clip = clip,
                  .indices = indices,
                  .vertices = vertices,
                  .triangles = 0,
                  .count = command.ElemCount / 3,
                  .filling = Filling::Texture};
  if (!is_software_) return add_run(whole);
  const ImDrawVert* corners = vertices_.data() + vertices;
  const auto filling_at = [&](std::size_t i) {
    const ImDrawIdx* here = indices + i * 3;
    if (i + 1 < whole.count && is_opaque_box(corners, here)) return Filling::OpaqueBoxes;
    return is_solid(corners[here[0]], corners[here[1]], corners[here[2]]) ? Filling::Colours
                                                                          : Filling::Texture;
  };
  for (std::size_t begin = 0; begin < whole.count;) {
    Run run = whole;
    run.filling = filling_at(begin);
    const std::size_t step = run.filling == Filling::OpaqueBoxes ? 2 : 1;
    std::size_t end = begin + step;
    while (end < whole.count && filling_at(end) == run.filling) end += step;
    if (run.filling != Filling::Texture) run.texture = nullptr;
    run.indices = indices + begin * 3;
    run.count = end - begin;
    add_run(run);
    begin = end;
  }
}

void DrawDataRenderer::collect(const ImDrawData& data, int width, int height) {
  vertices_.clear();
  runs_.clear();
  boxes_.clear();
  for (int i = 0; i < data.CmdListsCount; ++i)
    vertices_.insert(vertices_.end(), data.CmdLists[i]->VtxBuffer.begin(), data.CmdLists[i]->VtxBuffer.end());
  for (ImDrawVert& vertex : vertices_) {
    vertex.pos.x = (vertex.pos.x - data.DisplayPos.x) * data.FramebufferScale.x;
    vertex.pos.y = (vertex.pos.y - data.DisplayPos.y) * data.FramebufferScale.y;
  }
  std::size_t first = 0;
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const SDL_Rect clip = clip_of(command, data.DisplayPos, data.FramebufferScale, width, height);
      if (clip.w == 0 || clip.h == 0 || command.ElemCount == 0 || command.UserCallback != nullptr) continue;
      collect_command(command, list.IdxBuffer.Data + command.IdxOffset, first + command.VtxOffset, clip);
    }
    first += std::size_t(list.VtxBuffer.Size);
  }
}

void DrawDataRenderer::note(const Run& run) {
  const std::uint64_t kind = mixed(mark_of(run.texture), number_of(run.clip));
  const ImDrawVert* vertices = vertices_.data() + run.vertices;
  for (std::size_t i = 0; i < run.count; ++i) {
    const SDL_Rect& box = boxes_[run.triangles + i];
    if (box.w == 0) continue;
    std::uint64_t number = kind;
    for (std::size_t corner = 0; corner < 3; ++corner)
      number = mixed(number, number_of(vertices[run.indices[i * 3 + corner]]));
    tiles_.add(box, number);
  }
}

// As triangles SDL would blend them, too.
void DrawDataRenderer::fill_boxes(const Run& run, const SDL_Rect& area) {
  SDL_SetRenderDrawBlendMode(renderer_, SDL_BLENDMODE_NONE);
  const ImDrawVert* vertices = vertices_.data() + run.vertices;
  for (std::size_t i = 0; i < run.count; i += 2) {
    if (SDL_HasIntersection(&boxes_[run.triangles + i], &area) == SDL_FALSE) continue;
    const ImDrawVert& from = vertices[run.indices[i * 3]];
    const ImDrawVert& to = vertices[run.indices[i * 3 + 2]];
    const SDL_FRect box{from.pos.x, from.pos.y, to.pos.x - from.pos.x, to.pos.y - from.pos.y};
    SDL_SetRenderDrawColor(renderer_, (from.col >> IM_COL32_R_SHIFT) & 0xFF,
                           (from.col >> IM_COL32_G_SHIFT) & 0xFF, (from.col >> IM_COL32_B_SHIFT) & 0xFF, 255);
    SDL_RenderFillRectF(renderer_, &box);
  }
}

// SDL looks at every vertex it is given, in each call: so it gets those of these triangles only.
void DrawDataRenderer::draw_triangles(const Run& run, const SDL_Rect& area) {
  chosen_.clear();
  for (std::size_t i = 0; i < run.count; ++i)
    if (SDL_HasIntersection(&boxes_[run.triangles + i], &area) == SDL_TRUE)
      chosen_.insert(chosen_.end(), run.indices + i * 3, run.indices + i * 3 + 3);
  if (chosen_.empty()) return;
  const auto [lowest, highest] = std::minmax_element(chosen_.begin(), chosen_.end());
  const int low = *lowest;
  const int count = *highest - low + 1;
  for (int& index : chosen_) index -= low;
  SDL_SetRenderDrawBlendMode(renderer_, SDL_BLENDMODE_BLEND);
  const ImDrawVert* vertices = vertices_.data() + run.vertices + low;
  SDL_RenderGeometryRaw(renderer_, run.texture, &vertices->pos.x, sizeof(ImDrawVert),
                        reinterpret_cast<const SDL_Color*>(&vertices->col), sizeof(ImDrawVert),
                        &vertices->uv.x, sizeof(ImDrawVert), count, chosen_.data(), int(chosen_.size()),
                        sizeof(int));
}

void DrawDataRenderer::draw(const SDL_Rect& area, SDL_Color background) {
  SDL_RenderSetClipRect(renderer_, &area);
  SDL_SetRenderDrawBlendMode(renderer_, SDL_BLENDMODE_NONE);
  SDL_SetRenderDrawColor(renderer_, background.r, background.g, background.b, background.a);
  SDL_RenderFillRect(renderer_, &area);
  for (const Run& run : runs_) {
    SDL_Rect clip;
    if (SDL_IntersectRect(&run.clip, &area, &clip) == SDL_FALSE) continue;
    SDL_RenderSetClipRect(renderer_, &clip);
    if (run.filling == Filling::OpaqueBoxes)
      fill_boxes(run, area);
    else
      draw_triangles(run, area);
  }
}

bool DrawDataRenderer::render(const ImDrawData& data, SDL_Color background) {
  one_thread_.check();
  int width = 0;
  int height = 0;
  SDL_GetRendererOutputSize(renderer_, &width, &height);
  collect(data, width, height);
  if (!is_software_) {
    draw({0, 0, width, height}, background);
    SDL_RenderSetClipRect(renderer_, nullptr);
    return true;
  }
  tiles_.begin(width, height);
  for (const Run& run : runs_) note(run);
  const std::vector<SDL_Rect> changed = tiles_.end();
  for (const SDL_Rect& area : changed) draw(area, background);
  SDL_RenderSetClipRect(renderer_, nullptr);
  return !changed.empty();
}

}  // namespace meanwhile
