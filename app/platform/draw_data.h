// Puts what Dear ImGui drew onto an SDL renderer.
#pragma once

#include <SDL.h>
#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "app/platform/changed_tiles.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

// Main thread. Blocks for as long as the renderer takes.
//
// SDL's software renderer draws into memory that keeps its pixels: there only what differs from the frame
// before is drawn again; triangles of one colour are given without the font's texture, and boxes through
// which nothing is seen as boxes, which are filled much faster. What others have on the screen after a frame
// nobody knows: they get all of it each time.
class DrawDataRenderer {
 public:
  DrawDataRenderer(SDL_Renderer* renderer, bool is_software)
      : renderer_(renderer), is_software_(is_software) {}

  // Over `background`. false: it looks as it did, and nothing was drawn.
  bool render(const ImDrawData& data, SDL_Color background);
  // The renderer's pixels were lost.
  void forget() { tiles_.forget(); }

 private:
  // OpaqueBoxes: two triangles each.
  enum class Filling : std::uint8_t { Texture, Colours, OpaqueBoxes };
  // Triangles of one texture, or (nullptr) of colours.
  struct Run {
    SDL_Texture* texture;
    SDL_Rect clip;
    const ImDrawIdx* indices;
    std::size_t vertices;   // where theirs begin in vertices_
    std::size_t triangles;  // where theirs begin in boxes_
    std::size_t count;      // of triangles
    Filling filling;
  };
  void collect(const ImDrawData& data, int width, int height);
  void collect_command(const ImDrawCmd& command, const ImDrawIdx* indices, std::size_t vertices,
                       const SDL_Rect& clip);
  void add_run(Run run);
  void note(const Run& run);
  void draw(const SDL_Rect& area, SDL_Color background);
  void fill_boxes(const Run& run, const SDL_Rect& area);
  void draw_triangles(const Run& run, const SDL_Rect& area);

  SDL_Renderer* const renderer_;
  const bool is_software_;
  ChangedTiles tiles_;
  // Of the frame in work, in pixels.
  std::vector<ImDrawVert> vertices_;
  std::vector<Run> runs_;
  std::vector<SDL_Rect> boxes_;  // around each triangle, within its clip
  std::vector<int> chosen_;      // of the call in work
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
