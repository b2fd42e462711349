#include "app/platform/window_versions.h"

#include <SDL.h>
#include <fmt/format.h>
#include <imgui.h>

#include <string>

namespace meanwhile {

std::string window_versions() {
  SDL_version linked{};
  SDL_GetVersion(&linked);
  return fmt::format("SDL {}.{}.{}, Dear ImGui {}", linked.major, linked.minor, linked.patch,
                     ImGui::GetVersion());
}

}  // namespace meanwhile
