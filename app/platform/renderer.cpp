#include "app/platform/renderer.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/platform/window.h"
#include "app/platform/window_place.h"
#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

enum class Drawing { Software, Accelerated };

// Asking OpenGL loads all of Mesa, a quarter of a second where there is only llvmpipe: the device files tell
// sooner.
bool may_have_gpu() {
#ifdef __linux__
  std::error_code ignored;
  return std::filesystem::exists("/dev/dri", ignored) || std::filesystem::exists("/dev/nvidia0", ignored);
#else
  return true;
#endif
}

bool is_computed(std::string_view gl_renderer) {
  constexpr std::array<std::string_view, 4> kComputed{"llvmpipe", "softpipe", "swrast", "SWR"};
  return std::ranges::any_of(kComputed,
                             [&](auto name) { return gl_renderer.find(name) != std::string_view::npos; });
}

// SDL's "opengl" renderers are accelerated in name only where Mesa computes.
bool is_really_accelerated(SDL_Renderer* renderer) {
  SDL_RendererInfo info{};
  if (SDL_GetRendererInfo(renderer, &info) != 0 || (info.flags & SDL_RENDERER_ACCELERATED) == 0) return false;
  if (!std::string_view(info.name).starts_with("opengl")) return true;
  using GetString = const unsigned char* (*)(unsigned);
  constexpr unsigned kGlRenderer = 0x1F01;
  const auto get_string = reinterpret_cast<GetString>(SDL_GL_GetProcAddress("glGetString"));
  const unsigned char* name = get_string != nullptr ? get_string(kGlRenderer) : nullptr;
  return name != nullptr && !is_computed(reinterpret_cast<const char*>(name));
}

std::vector<Rect> work_areas() {
  std::vector<Rect> areas;
  for (int i = 0; i < SDL_GetNumVideoDisplays(); ++i) {
    SDL_Rect usable{};
    if (SDL_GetDisplayUsableBounds(i, &usable) == 0)
      areas.push_back({usable.x, usable.y, usable.w, usable.h});
  }
  if (areas.empty()) areas.push_back({0, 0, 1280, 800});
  return areas;
}

Result<WindowAndRenderer> make(const WindowOptions& options, Drawing drawing) {
  const Rect place = window_place(options.place, int(options.width * options.scale),
                                  int(options.height * options.scale), work_areas());
  WindowAndRenderer made;
  const Uint32 state = options.is_minimised ? SDL_WINDOW_MINIMIZED : 0;
  made.window.reset(SDL_CreateWindow(options.title.c_str(), place.x, place.y, place.width, place.height,
                                     SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | state));
  if (!made.window) return fail(ErrorCode::Unavailable, tr_format("Making a window: {}", SDL_GetError()));
  const Uint32 flags = drawing == Drawing::Software ? SDL_RENDERER_SOFTWARE
                                                    : SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC;
  made.renderer.reset(SDL_CreateRenderer(made.window.get(), -1, flags));
  if (!made.renderer)
    return fail(ErrorCode::Unavailable, tr_format("Drawing in a window: {}", SDL_GetError()));
  return made;
}

}  // namespace

Result<WindowAndRenderer> make_window_and_renderer(const WindowOptions& options) {
  // The window's surface must not be an OpenGL texture in disguise.
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  const bool is_decided = std::getenv("SDL_RENDER_DRIVER") != nullptr;
  if (is_decided || may_have_gpu()) {
    auto made = make(options, Drawing::Accelerated);
    if (made && (is_decided || is_really_accelerated(made->renderer.get()))) return made;
  }
  if (auto made = make(options, Drawing::Software)) return made;
  // Under Wayland SDL 2 has no surfaces but OpenGL's, even where Mesa computes them.
  return make(options, Drawing::Accelerated);
}

}  // namespace meanwhile
