#include "tests/offscreen/offscreen.h"

#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/draw_data.h"
#include "app/platform/imgui_versions.h"
#include "app/platform/png.h"
#include "app/platform/sdl_owners.h"
#include "media/base/result.h"

namespace meanwhile {

Result<std::unique_ptr<Offscreen>> Offscreen::create(int width, int height, float scale) {
  SdlSurfacePtr surface(SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888));
  if (!surface)
    return fail(ErrorCode::Internal, std::string("Making a picture to draw on: ") + SDL_GetError());
  SdlRendererPtr renderer(SDL_CreateSoftwareRenderer(surface.get()));
  if (!renderer) return fail(ErrorCode::Internal, std::string("Making a renderer: ") + SDL_GetError());
  return std::unique_ptr<Offscreen>(new Offscreen(std::move(surface), std::move(renderer), scale));
}

Offscreen::Offscreen(SdlSurfacePtr surface, SdlRendererPtr renderer, float scale)
    : surface_(std::move(surface)), renderer_(std::move(renderer)), canvas_(renderer_.get(), scale) {}

void Offscreen::move_mouse(float x, float y) {
  mouse_x_ = x;
  mouse_y_ = y;
}

void Offscreen::type(std::string_view text) {
  canvas_.make_current();
  ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
}

void Offscreen::frame(const Draw& draw) {
  canvas_.prepare_frame();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(float(surface_->w), float(surface_->h));
  io.DeltaTime = 1.0F / 60;
  io.KeyShift = shift_held_;
  feed_mouse(mouse_x_, mouse_y_, mouse_down_, right_down_, wheel_);
  wheel_ = 0;
  canvas_.begin_frame();
  draw(canvas_);
  canvas_.end_frame();
  SDL_RenderFlush(renderer_.get());
}

void Offscreen::click(float x, float y, const Draw& draw) {
  move_mouse(x, y);
  frame(draw);
  set_mouse_down(true);
  frame(draw);
  set_mouse_down(false);
  frame(draw);
  frame(draw);
}

void Offscreen::click_right(float x, float y, const Draw& draw) {
  move_mouse(x, y);
  frame(draw);
  right_down_ = true;
  frame(draw);
  right_down_ = false;
  frame(draw);
  frame(draw);
}

void Offscreen::draw_anew() {
  canvas_.make_current();
  DrawDataRenderer(renderer_.get(), true)
      .render(*ImGui::GetDrawData(), {.r = 16, .g = 16, .b = 16, .a = 255});
  SDL_RenderFlush(renderer_.get());
}

std::vector<std::uint32_t> Offscreen::pixels() const {
  const auto* rows = static_cast<const std::uint32_t*>(surface_->pixels);
  return {rows, rows + std::ptrdiff_t(surface_->pitch) / 4 * surface_->h};
}

Result<void> Offscreen::save(const std::filesystem::path& png) const {
  return write_png(renderer_.get(), png);
}

}  // namespace meanwhile
