#include "app/platform/draw_data.h"

#include <imgui.h>

#include <algorithm>

#include "app/platform/imgui_versions.h"

namespace meanwhile {
namespace {

// A triangle whose corners share one place of the texture is solid: ImGui points them at the atlas's white
// pixel.
bool is_solid(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
  return a.uv.x == b.uv.x && a.uv.y == b.uv.y && a.uv.x == c.uv.x && a.uv.y == c.uv.y;
}

SDL_Rect clip_of(const ImDrawCmd& command, ImVec2 origin, ImVec2 scale, int width, int height) {
  const int left = std::max(0, int((command.ClipRect.x - origin.x) * scale.x));
  const int top = std::max(0, int((command.ClipRect.y - origin.y) * scale.y));
  const int right = std::min(width, int((command.ClipRect.z - origin.x) * scale.x));
  const int bottom = std::min(height, int((command.ClipRect.w - origin.y) * scale.y));
  return {left, top, std::max(0, right - left), std::max(0, bottom - top)};
}

}  // namespace

void DrawDataRenderer::scale_vertices(const ImDrawList& list, ImVec2 scale, ImVec2 origin) {
  scaled_.assign(list.VtxBuffer.begin(), list.VtxBuffer.end());
  for (ImDrawVert& vertex : scaled_) {
    vertex.pos.x = (vertex.pos.x - origin.x) * scale.x;
    vertex.pos.y = (vertex.pos.y - origin.y) * scale.y;
  }
}

// SDL looks at every vertex it is given, in each call: so it gets those of this run of triangles only.
void DrawDataRenderer::submit(const ImDrawList& list, const ImDrawCmd& command, SDL_Texture* texture,
                              unsigned first, unsigned count) {
  const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset + first;
  const auto [lowest, highest] = std::minmax_element(indices, indices + count);
  run_.resize(count);
  std::transform(indices, indices + count, run_.begin(), [low = *lowest](ImDrawIdx i) { return i - low; });
  const ImDrawVert* vertices = scaled_.data() + command.VtxOffset + *lowest;
  SDL_RenderGeometryRaw(renderer_, texture, &vertices->pos.x, sizeof(ImDrawVert),
                        reinterpret_cast<const SDL_Color*>(&vertices->col), sizeof(ImDrawVert),
                        &vertices->uv.x, sizeof(ImDrawVert), *highest - *lowest + 1, run_.data(), int(count),
                        sizeof(int));
}

void DrawDataRenderer::render_command(const ImDrawList& list, const ImDrawCmd& command,
                                      SDL_Texture* texture) {
  if (solid_ == SolidTriangles::AsTextured) return submit(list, command, texture, 0, command.ElemCount);
  const ImDrawVert* vertices = scaled_.data() + command.VtxOffset;
  const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
  const auto solid_at = [&](unsigned i) {
    return is_solid(vertices[indices[i]], vertices[indices[i + 1]], vertices[indices[i + 2]]);
  };
  unsigned begin = 0;
  while (begin < command.ElemCount) {
    const bool solid = solid_at(begin);
    unsigned end = begin + 3;
    while (end < command.ElemCount && solid_at(end) == solid) end += 3;
    submit(list, command, solid ? nullptr : texture, begin, end - begin);
    begin = end;
  }
}

void DrawDataRenderer::render(const ImDrawData& data) {
  one_thread_.check();
  int width = 0;
  int height = 0;
  SDL_GetRendererOutputSize(renderer_, &width, &height);
  SDL_SetRenderDrawBlendMode(renderer_, SDL_BLENDMODE_BLEND);
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    scale_vertices(list, data.FramebufferScale, data.DisplayPos);
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const SDL_Rect clip = clip_of(command, data.DisplayPos, data.FramebufferScale, width, height);
      if (clip.w == 0 || clip.h == 0 || command.ElemCount == 0 || command.UserCallback != nullptr) continue;
      SDL_RenderSetClipRect(renderer_, &clip);
      render_command(list, command, to_texture(command.GetTexID()));
    }
  }
  SDL_RenderSetClipRect(renderer_, nullptr);
}

}  // namespace meanwhile
