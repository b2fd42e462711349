// Settings: who you are, where the library lies, and how the window looks.
#include "app/library/settings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pages/pages.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/library_settings.h"
#include "app/ui/widgets/person_settings.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/section.h"
#include "app/ui/widgets/setting_switch.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kWidest = 680;
// Of a recorded screen, in pixels; the last is no limit, for no screen is as wide.
constexpr std::array<int, 4> kWidths{1920, 2560, 3840, 16'384};
// Of sending, in kbit/s; 0: none.
constexpr std::array<int, 5> kLimits{500, 1000, 2000, 5000, 0};
// Megabytes of new clips fetched ahead, gigabytes of cache.
constexpr std::array<int, 4> kPrefetches{0, 100, 300, 2000};
constexpr std::array<int, 4> kCaches{1, 4, 16, 64};
// Percent; 0: as the desktop says.
constexpr std::array<int, 6> kScales{0, 100, 125, 150, 175, 200};

// The last of the rising choices that isn't above the value.
template <std::size_t Count>
int chosen_of(const std::array<int, Count>& choices, int value) {
  int chosen = 0;
  for (std::size_t i = 0; i < Count; ++i)
    if (choices[i] <= value) chosen = int(i);
  return chosen;
}

// Another one may have been set by the command line: the next smaller counts.
int chosen_limit(int kilobits) {
  return kilobits == 0 ? int(kLimits.size()) - 1
                       : chosen_of(std::to_array({500, 1000, 2000, 5000}), kilobits);
}

class SettingsPage final : public Page {
 public:
  PageId id() const override { return PageId::Settings; }
  void draw(View& view, const Box& area) override;

 private:
  static void draw_language(View& view, const Box& box);
  void draw_looks(View& view, Box& area);
  void draw_watching(View& view, Box& area);
  void draw_recording(View& view, Box& area);
  void draw_sending(View& view, Box& area);

  PersonSettings person_;
  LibrarySettings libraries_;
};

void SettingsPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  Box inside = area;
  inside.cut_top(pen.px(24));
  Box head = inside.cut_top(pen.px(40)).inset(pen.px(24), 0);
  const float width = std::min(pen.px(kWidest), area.width() - pen.px(area.width() < pen.px(500) ? 36 : 48));
  head = head.centered(width, head.height());
  // In a low window the heading scrolls away, too.
  const bool is_low = area.height() < pen.px(420);
  if (is_low) {
    inside = area;
  } else {
    pen.text(head, TextStyle::Title, pen.theme.text, tr("Settings"));
    inside.cut_top(pen.px(16));
  }
  ScrollArea scroll(pen, "settings/scroll", inside);
  Box rest = scroll.content().centered(width, scroll.content().height());
  rest.bottom = rest.top + 1e6F;
  const float top = rest.top;
  if (is_low) pen.text(rest.cut_top(pen.px(56)), TextStyle::Title, pen.theme.text, tr("Settings"));
  person_.draw(view, rest);
  libraries_.draw(view, rest);
  draw_looks(view, rest);
  draw_watching(view, rest);
  draw_recording(view, rest);
  draw_sending(view, rest);
  pen.text(rest.cut_top(pen.px(20)), TextStyle::Caption, pen.theme.faint_text, view.state.settings.version);
  scroll.set_height(rest.top - top + pen.px(24));
}

void SettingsPage::draw_language(View& view, const Box& box) {
  const SettingsState& settings = view.state.settings;
  const auto chosen = std::ranges::find(settings.languages, settings.chosen.language, &LanguageView::code);
  const std::string desktops = tr_in("language", "System");
  const std::string label = chosen == settings.languages.end() ? desktops : chosen->name;
  if (!draw_picker(view.pen, box, "language", icons::kEarth, label, settings.chosen.language)) return;
  Menu menu{.name = "language/menu", .anchor = box, .width_points = 240};
  menu.items.push_back(
      {.label = desktops, .detail = {}, .icon = {}, .is_checked = chosen == settings.languages.end()});
  for (const LanguageView& language : settings.languages)
    menu.items.push_back({.label = language.name,
                          .detail = {},
                          .icon = {},
                          .is_checked = language.code == settings.chosen.language});
  menu.choose = [languages = settings.languages](Actions& actions, std::size_t item) {
    actions.settings.change(
        [code = item == 0 ? "" : languages[item - 1].code](Settings& changed) { changed.language = code; });
  };
  view.overlays.open(std::move(menu));
}

void SettingsPage::draw_looks(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Section section(pen, area, tr("Appearance"), 5);
  draw_language(view, section.row(tr("Language"), tr("Of the window, commands and pages")));
  if (const auto chosen =
          draw_segments(pen, section.row(tr("Theme"), tr("System: as the desktop has it")), "theme",
                        {tr_in("theme", "System"), tr_in("theme", "Dark"), tr_in("theme", "Light")},
                        int(settings.chosen.theme)))
    view.actions.settings.change(
        [theme = ThemeSetting(*chosen)](Settings& changed) { changed.theme = theme; });
  if (const auto chosen = draw_segments(
          pen, section.row(tr("Contrast"), tr("High: black and white, and lines that are seen")), "contrast",
          {tr_in("contrast", "System"), tr_in("contrast", "Normal"), tr_in("contrast", "High")},
          int(settings.chosen.contrast)))
    view.actions.settings.change(
        [contrast = ContrastSetting(*chosen)](Settings& changed) { changed.contrast = contrast; });
  std::vector<std::string> labels;
  for (const int scale : kScales)
    labels.push_back(scale == 0 ? tr_in("text size", "System") : std::to_string(scale));
  if (const auto scale =
          draw_segments(pen, section.row(tr("Text size"), tr("Percent")), "scale", labels,
                        chosen_of(kScales, int(std::lround(window_scale(settings.chosen) * 100)))))
    view.actions.settings.change(
        [percent = kScales[std::size_t(*scale)]](Settings& changed) { changed.scale = percent / 100.0; });
  draw_setting_switch(
      view, section,
      {&Settings::motion, "motion", tr("Animations"), tr("Fades, and pictures that glide to their places"),
       tr("Off: everything is at its place at once")});
}

void SettingsPage::draw_watching(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Section section(pen, area, tr("Watching"), 4);
  draw_setting_switch(
      view, section,
      {&Settings::highlight_clicks, "highlight-clicks", tr("Show clicks"),
       tr("A spot where a button is pressed"), tr("A spot where a button is pressed, in exports too")});
  draw_setting_switch(view, section,
                      {&Settings::pause_when_writing, "pause-when-writing", tr("Pause when I start typing"),
                       tr("Comments go to the moment where playback paused"),
                       tr("Playback pauses with a comment's first letter")});
  if (const auto ahead =
          draw_segments(pen,
                        section.row(tr("Download new updates in advance (MB)"),
                                    settings.is_metered ? tr("This connection is metered: only posters now")
                                                        : tr("On metered connections only posters")),
                        "prefetch", {tr_in("downloading in advance", "Off"), "100", "300", "2000"},
                        chosen_of(kPrefetches, settings.chosen.prefetch_mb)))
    view.actions.settings.change([megabytes = kPrefetches[std::size_t(*ahead)]](Settings& changed) {
      changed.prefetch_mb = megabytes;
    });
  if (const auto cache = draw_segments(
          pen, section.row(tr("Space for downloaded updates (GB)"), tr("Offline updates don't count")),
          "cache", {"1", "4", "16", "64"}, chosen_of(kCaches, int(settings.chosen.cache_limit_gb))))
    view.actions.settings.change([gigabytes = kCaches[std::size_t(*cache)]](Settings& changed) {
      changed.cache_limit_gb = gigabytes;
    });
}

void SettingsPage::draw_recording(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Section section(pen, area, tr("Recording"), 6);
  draw_setting_switch(view, section,
                      {&Settings::countdown, "countdown", tr("Count down 3, 2, 1"),
                       tr("Before a recording starts"), tr("Before a recording starts")});
  if (const auto width = draw_segments(
          pen, section.row(tr("Maximum screen width"), tr("Larger ones are scaled down")), "max-width",
          {"1920", "2560", "3840", tr_in("width of a recorded screen", "Original")},
          chosen_of(kWidths, settings.chosen.max_width)))
    view.actions.settings.change(
        [pixels = kWidths[std::size_t(*width)]](Settings& changed) { changed.max_width = pixels; });
  draw_setting_switch(view, section,
                      {&Settings::warning_sound, "warning-sound", tr("Sound a warning while recording"),
                       tr("When a microphone, a camera or the screen fails; for headphones"),
                       tr("Without headphones the microphone would record it, too")});
  draw_setting_switch(
      view, section,
      {&Settings::write_down, "write-down", tr("Write down what I say"), settings.speech,
       tr("Captions for your drafts and updates, made on this machine while nothing is recorded; "
          "nothing of it leaves it but the captions of what you publish")});
  Box keys = section.row(tr("Keys while recording"), tr("From any program"));
  pen.paragraph(keys, TextStyle::Caption, pen.theme.soft_text, settings.hotkeys);
  Box folder = section.row(tr("Recordings and settings"), tr("Kept on this machine"));
  const Button open{.name = "open-folder", .label = tr_in("button", "Open"), .icon = icons::kFolder};
  if (draw_button(pen, folder.cut_right(button_width(pen, open)), open))
    view.actions.settings.open_data_folder();
  folder.cut_right(pen.px(12));
  pen.text(folder, TextStyle::Body, pen.theme.soft_text, settings.data_folder);
}

void SettingsPage::draw_sending(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  const bool is_uploading = settings.chosen.upload_while_recording;
  Section section(pen, area, tr("Sending"), is_uploading ? 4 : 3);
  draw_setting_switch(view, section,
                      {&Settings::upload_while_recording, "upload-while-recording",
                       tr("Upload while recording"), tr("Nobody sees it before you publish"),
                       tr("So that it can be watched the moment you publish; what you discard is removed")});
  if (is_uploading)
    draw_setting_switch(
        view, section,
        {&Settings::watch_while_recording, "watch-while-recording", tr("Let others watch while I record"),
         tr("Some seconds behind; from the next recording on"),
         tr("What you take back or throw away may have been seen by then")});
  if (draw_switch_row(pen, section, "pause-sending", tr("Pause uploads"), tr("Comments are still sent"),
                      settings.sending_paused, tr("For a slow or metered connection")))
    view.actions.settings.pause_sending(!settings.sending_paused);
  const auto limit = draw_segments(
      pen,
      section.row(tr_in("how fast it is sent", "At most"), tr("Megabits a second, for all uploads together")),
      "sending-limit", {"0.5", "1", "2", "5", tr("No limit")}, chosen_limit(settings.sending_limit_kbit));
  if (limit) view.actions.settings.limit_sending(kLimits[std::size_t(*limit)]);
}

}  // namespace

std::unique_ptr<Page> make_settings_page() {
  return std::make_unique<SettingsPage>();
}

}  // namespace meanwhile
