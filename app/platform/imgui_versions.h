// The one place that knows what changed between the versions of Dear ImGui that distributions ship (1.86
// to 1.92).
#pragma once

#include <SDL.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <cstdint>

#if __has_include(<imgui_impl_sdl2.h>)
#include <imgui_impl_sdl2.h>  // since 1.89.2
#else
#include <imgui_impl_sdl.h>
#endif

#ifdef MEANWHILE_IMGUI_FREETYPE
#include <imgui_freetype.h>
#endif

namespace meanwhile {

// A pointer before 1.91.4, a number since.
inline ImTextureID to_texture_id(SDL_Texture* texture) {
  return (ImTextureID) reinterpret_cast<std::intptr_t>(texture);  // NOLINT: the cast that fits both
}
inline SDL_Texture* to_texture(ImTextureID id) {
  return reinterpret_cast<SDL_Texture*>((std::intptr_t)id);  // NOLINT
}

// Hinted glyphs, where the library was built with FreeType.
inline void use_best_rasterizer(ImFontAtlas& atlas) {
#if defined(MEANWHILE_IMGUI_FREETYPE) && IMGUI_VERSION_NUM >= 19200
  atlas.SetFontLoader(ImGuiFreeType::GetFontLoader());
#elif defined(MEANWHILE_IMGUI_FREETYPE)
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
#else
  (void)atlas;
#endif
}

// Since 1.87 the back end wants to know the renderer as well.
template <typename SdlWindow, typename SdlRenderer>
bool start_platform_back_end(SdlWindow* window, SdlRenderer* renderer) {
  if constexpr (requires { ImGui_ImplSDL2_InitForSDLRenderer(window, renderer); })
    return ImGui_ImplSDL2_InitForSDLRenderer(window, renderer);
  else
    return ImGui_ImplSDL2_InitForSDLRenderer(window);
}

// Which modifiers were down when the key was. Before 1.87 the back end asks which are down by now: a quick
// Ctrl+Enter was an Enter, and a letter before a quick Ctrl was lost.
inline void feed_modifiers([[maybe_unused]] const SDL_KeyboardEvent& key) {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = (key.keysym.mod & KMOD_CTRL) != 0;
  io.KeyShift = (key.keysym.mod & KMOD_SHIFT) != 0;
  io.KeyAlt = (key.keysym.mod & KMOD_ALT) != 0;
  io.KeySuper = (key.keysym.mod & KMOD_GUI) != 0;
#endif
}

// Input without a window, for drawing into memory.
inline void feed_mouse(float x, float y, bool down, bool right_down, float wheel) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddMousePosEvent(x, y);
  io.AddMouseButtonEvent(0, down);
  io.AddMouseButtonEvent(1, right_down);
  if (wheel != 0) io.AddMouseWheelEvent(0, wheel);
#else
  io.MousePos = ImVec2(x, y);
  io.MouseDown[0] = down;
  io.MouseDown[1] = right_down;
  io.MouseWheel = wheel;
#endif
}

// Before a frame: where the pointer is, as `place` has it, wherever it comes from. Since 1.87 places wait in
// a queue, of which some may be left for the next frame.
template <typename Place>
void point_everywhere([[maybe_unused]] int already, Place place) {
#if IMGUI_VERSION_NUM >= 18700
  auto& queue = ImGui::GetCurrentContext()->InputEventsQueue;
  for (int i = already; i < queue.Size; ++i) {
    if (queue[i].Type != ImGuiInputEventType_MousePos) continue;
    const ImVec2 there = place(ImVec2(queue[i].MousePos.PosX, queue[i].MousePos.PosY));
    queue[i].MousePos.PosX = there.x;
    queue[i].MousePos.PosY = there.y;
  }
#else
  ImGui::GetIO().MousePos = place(ImGui::GetIO().MousePos);
#endif
}
// How many events are left of it.
inline int waiting_events() {
#if IMGUI_VERSION_NUM >= 18700
  return ImGui::GetCurrentContext()->InputEventsQueue.Size;
#else
  return 0;
#endif
}

// Keys that text fields act on. Before 1.87 they were an array with indices of the back end's choosing.
inline void feed_editing_key(ImGuiKey key, bool down) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(key, down);
#else
  io.KeyMap[key] = key;
  io.KeysDown[key] = down;
#endif
}

}  // namespace meanwhile
