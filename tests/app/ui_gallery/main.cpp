// Draws every state of the window into PNG files, to be looked at:
//   ui_gallery FOLDER [WIDTH HEIGHT [SCALE [THEME [NAME-PART [LANGUAGE]]]]]
// THEME: dark, light, dark-contrast, light-contrast. LANGUAGE: de, es, ...; long and rtl are pseudo-languages
// (tests/support/pseudo_language.h).
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/languages/languages.h"
#include "app/ui/ui.h"
#include "media/base/translation.h"
#include "tests/app/ui/recorded_actions.h"
#include "tests/app/ui_states/scripted_states.h"
#include "tests/offscreen/offscreen.h"
#include "tests/support/pseudo_language.h"

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

ThemeChoice theme_called(std::string_view name) {
  if (name == "light") return ThemeChoice::Light;
  if (name == "dark-contrast") return ThemeChoice::DarkContrast;
  return name == "light-contrast" ? ThemeChoice::LightContrast : ThemeChoice::Dark;
}

void speak(std::string_view language) {
  const auto nothing = [](const std::string&) { return std::nullopt; };
  if (language == "long")
    set_catalog(make_pseudo_language(Pseudo::Long));
  else if (language == "rtl")
    set_catalog(make_pseudo_language(Pseudo::RightToLeft));
  else
    use_language(choose_language(language, nothing), nothing);
}

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
    return fmt::print(stderr,
                      "usage: ui_gallery FOLDER [WIDTH HEIGHT [SCALE [THEME [NAME-PART [LANGUAGE]]]]]\n"),
           2;
  Wanted wanted{.folder = argv[1]};
  if (argc > 3) wanted.width = std::atoi(argv[2]), wanted.height = std::atoi(argv[3]);
  if (argc > 4) wanted.scale = std::strtof(argv[4], nullptr);
  if (argc > 5) wanted.theme = theme_called(argv[5]);
  if (argc > 6) wanted.part = argv[6];
  if (argc > 7) speak(argv[7]);
  std::filesystem::create_directories(wanted.folder);
  bool all_done = true;
  for (const NamedState& named : all_states())
    if (named.name.find(wanted.part) != std::string::npos) all_done = draw_one(wanted, named) && all_done;
  return all_done ? 0 : 1;
}
