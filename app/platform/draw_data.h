// Puts what Dear ImGui drew onto an SDL renderer.
#pragma once

#include <SDL.h>
#include <imgui.h>

#include <vector>

#include "media/base/thread_checker.h"

namespace meanwhile {

// Apart: triangles of one colour are given without the font's texture. SDL's software renderer fills those
// much faster.
enum class SolidTriangles { AsTextured, Apart };

// Main thread. Blocks for as long as the renderer takes.
class DrawDataRenderer {
 public:
  DrawDataRenderer(SDL_Renderer* renderer, SolidTriangles solid) : renderer_(renderer), solid_(solid) {}

  void render(const ImDrawData& data);

 private:
  void render_command(const ImDrawList& list, const ImDrawCmd& command, SDL_Texture* texture);
  void submit(const ImDrawList& list, const ImDrawCmd& command, SDL_Texture* texture, unsigned first,
              unsigned count);
  void scale_vertices(const ImDrawList& list, ImVec2 scale, ImVec2 origin);

  SDL_Renderer* const renderer_;
  const SolidTriangles solid_;
  std::vector<ImDrawVert> scaled_;  // of the list in work, in pixels
  std::vector<int> run_;            // of the triangles in work
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
