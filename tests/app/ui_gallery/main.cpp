// Draws every state of the window into PNG files, to be looked at:
//   ui_gallery FOLDER [WIDTH HEIGHT [SCALE [dark|light [NAME-PART]]]]
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "app/ui/ui.h"
#include "tests/app/ui/recorded_actions.h"
#include "tests/app/ui/scripted_states.h"
#include "tests/offscreen/offscreen.h"

namespace {

using namespace meanwhile;

struct Wanted {
  std::filesystem::path folder;
  int width = 1280;
  int height = 800;
  float scale = 1;
  ThemeChoice theme = ThemeChoice::Dark;
  std::string_view part;
};

bool draw_one(const Wanted& wanted, NamedState named) {
  auto window = Offscreen::create(wanted.width, wanted.height, wanted.scale);
  if (!window) return fmt::print(stderr, "{}\n", window.error().message), false;
  named.state.settings.theme = wanted.theme;
  Ui ui;
  RecordedActions actions;
  for (int i = 0; i < 4; ++i)
    (*window)->frame([&](Painter& painter) { ui.draw(named.state, actions.all, painter); });
  const auto saved = (*window)->save(wanted.folder / (named.name + ".png"));
  if (!saved) fmt::print(stderr, "{}\n", saved.error().message);
  return saved.has_value();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2)
    return fmt::print(stderr, "usage: ui_gallery FOLDER [WIDTH HEIGHT [SCALE [dark|light [NAME-PART]]]]\n"),
           2;
  Wanted wanted{.folder = argv[1]};
  if (argc > 3) wanted.width = std::atoi(argv[2]), wanted.height = std::atoi(argv[3]);
  if (argc > 4) wanted.scale = std::strtof(argv[4], nullptr);
  if (argc > 5 && std::string_view(argv[5]) == "light") wanted.theme = ThemeChoice::Light;
  if (argc > 6) wanted.part = argv[6];
  std::filesystem::create_directories(wanted.folder);
  bool all_done = true;
  for (const NamedState& named : all_states())
    if (named.name.find(wanted.part) != std::string::npos) all_done = draw_one(wanted, named) && all_done;
  return all_done ? 0 : 1;
}
