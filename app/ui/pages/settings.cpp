// Settings: who you are, where the library lies, and how the window looks.
#include "app/library/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/icons.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pages/pages.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/person_settings.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/section.h"
#include "app/ui/widgets/setting_switch.h"
#include "app/ui/widgets/text_field.h"

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
constexpr std::array<int, 5> kScales{100, 125, 150, 175, 200};

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
  void draw_libraries(View& view, Box& area);
  void draw_creating(View& view, Section& section);
  LibraryKind draw_kind(View& view, Section& section);
  static void draw_recovery_key(View& view, Section& section);
  void draw_looks(View& view, Box& area);
  void draw_watching(View& view, Box& area);
  void draw_recording(View& view, Box& area);
  void draw_sending(View& view, Box& area);

  PersonSettings person_;
  // What is typed, until Enter or the button uses it: half an address is none.
  std::string typed_library_;
  int library_added_ = 0;
  std::string library_name_;           // of one that may be created
  std::optional<bool> sealed_chosen_;  // of the library that is to be made; nullopt: as recommended
  std::string asked_for_;              // the address that it was asked about: the field has had the keyboard
};

void SettingsPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  Box inside = area;
  inside.cut_top(pen.px(24));
  Box head = inside.cut_top(pen.px(40)).inset(pen.px(24), 0);
  const float width = std::min(pen.px(kWidest), area.width() - pen.px(48));
  head = head.centered(width, head.height());
  pen.text(head, TextStyle::Title, pen.theme.text, "Settings");
  inside.cut_top(pen.px(16));
  ScrollArea scroll(pen, "settings/scroll", inside);
  Box rest = scroll.content().centered(width, scroll.content().height());
  rest.bottom = rest.top + 1e6F;
  const float top = rest.top;
  person_.draw(view, rest);
  draw_libraries(view, rest);
  draw_looks(view, rest);
  draw_watching(view, rest);
  draw_recording(view, rest);
  draw_sending(view, rest);
  pen.text(rest.cut_top(pen.px(20)), TextStyle::Caption, pen.theme.faint_text, view.state.settings.version);
  scroll.set_height(rest.top - top + pen.px(24));
}

Menu library_menu(const Box& anchor, const LibraryView& library) {
  using Choice = std::function<void(Actions&)>;
  Menu menu{.name = "library/menu", .anchor = anchor, .width_points = 330};
  std::vector<Choice> choices;
  const auto add = [&](MenuItem item, Choice choice) {
    menu.items.push_back(std::move(item));
    choices.push_back(std::move(choice));
  };
  const std::string& url = library.url;
  if (!library.is_first)
    add({"Publish here by default", {}, icons::kUpload},
        [url](Actions& actions) { actions.libraries.use(url); });
  if (!library.id.empty()) {
    add({"Copy invitation", "", icons::kLink},
        [url](Actions& actions) { actions.libraries.copy_invitation(url, false); });
    if (library.has_secret)
      add({"Copy invitation with the password", "", icons::kLink, false, true},
          [url](Actions& actions) { actions.libraries.copy_invitation(url, true); });
    add({library.usage.empty() ? "Show storage use" : "Hide storage use", "", icons::kCloud},
        [url](Actions& actions) { actions.libraries.ask_storage_use(url); });
  }
  menu.choose = [choices](Actions& actions, std::size_t item) { choices[item](actions); };
  return menu;
}

Question leave_question(const LibraryView& library) {
  const std::string waiting =
      library.waiting > 0
          ? fmt::format("{} not sent yet: kept here, and sent only if you join again. ",
                        library.waiting == 1 ? "One thing is" : fmt::format("{} things are", library.waiting))
          : "";
  // What can't be opened may hold things that nobody can count now.
  const std::string unknown =
      library.id.empty()
          ? "It can't be opened now, so nobody knows whether something waits to be sent there: "
            "if so, it is kept here. "
          : "";
  return {"Leave this library?",
          fmt::format("{}: ", library.name.empty() ? library.url : library.name) + waiting + unknown +
              "Its clips are not shown any more. Nothing in the storage is touched, and recordings that "
              "aren't published stay.",
          "Leave", [url = library.url](Actions& actions) { actions.libraries.leave(url); }};
}

// Name and address, how it stands, and what can be done with it.
void draw_library_row(View& view, Section& section, const LibraryView& library, bool can_leave) {
  Pen& pen = view.pen;
  Box row = section.row(library.name.empty() ? library.url : library.name,
                        library.name.empty() ? std::string_view() : std::string_view(library.url));
  const std::string more = "library/" + library.url + "/more";
  const std::string leave = "library/" + library.url + "/leave";
  if (can_leave) {
    const Button button{.name = leave, .label = "Leave", .kind = ButtonKind::Ghost};
    if (draw_button(pen, row.cut_right(button_width(pen, button)), button))
      view.overlays.ask(leave_question(library));
    row.cut_right(pen.px(6));
  }
  if (!library.id.empty() || !library.is_first) {
    const Button button{.name = more, .label = "More", .kind = ButtonKind::Secondary};
    const Box place = row.cut_right(button_width(pen, button));
    if (draw_button(pen, place, button)) view.overlays.open(library_menu(place, library));
    row.cut_right(pen.px(8));
  }
  const ImU32 color = library.is_well ? pen.theme.success : pen.theme.danger;
  pen.icon(row.cut_left(pen.px(20)), library.is_well ? icons::kResolved : icons::kFailure, IconSize::Small,
           color);
  row.cut_left(pen.px(8));
  pen.text(row, TextStyle::Caption, library.is_well ? pen.theme.soft_text : color, library.state);
}

void draw_usage_row(Pen& pen, Section& section, const UsageLine& line) {
  pen.text(section.row("    " + line.label, ""), TextStyle::Body, pen.theme.soft_text, line.value);
}

void SettingsPage::draw_libraries(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  if (std::exchange(library_added_, settings.library_added) != settings.library_added) {
    typed_library_.clear();
    library_name_.clear();
  }
  int rows = settings.missing_library.empty() ? 1 : 3;
  if (!settings.recovery_key.empty()) rows += 2;
  for (const LibraryView& library : settings.libraries) rows += 1 + int(library.usage.size());
  Section section(pen, area,
                  settings.libraries.size() > 1 ? "Libraries: what you publish goes to the first" : "Library",
                  rows);
  for (const LibraryView& library : settings.libraries) {
    draw_library_row(view, section, library, settings.libraries.size() > 1);
    for (const UsageLine& line : library.usage) draw_usage_row(pen, section, line);
  }
  if (!settings.recovery_key.empty()) draw_recovery_key(view, section);
  Box place = section.row("Add one", "By an invitation, or by its address");
  const Button add{.name = "add-library",
                   .label = settings.is_adding ? "Looking…" : "Add",
                   .is_enabled = !typed_library_.empty() && !settings.is_adding};
  const bool is_pressed = draw_button(pen, place.cut_right(button_width(pen, add)), add);
  const Button cancel{.name = "cancel-adding", .label = "Cancel", .tip = "Don't wait for its answer"};
  if (settings.is_adding) {
    place.cut_right(pen.px(8));
    if (draw_button(pen, place.cut_right(button_width(pen, cancel)), cancel))
      view.actions.libraries.cancel_adding();
  }
  place.cut_right(pen.px(8));
  const auto typed = draw_text_field(pen, place,
                                     {.name = "library",
                                      .text = typed_library_,
                                      .hint = "meanwhile-invitation:… or folder:/srv/team",
                                      .generation = settings.library_added});
  if (typed.edited) typed_library_ = *typed.edited;
  const bool is_wanted = is_pressed || typed.is_submitted;
  if (is_wanted && !typed_library_.empty() && !settings.is_adding) view.actions.libraries.add(typed_library_);
  if (settings.missing_library.empty()) {
    asked_for_.clear();
    sealed_chosen_.reset();
  } else {
    draw_creating(view, section);
  }
}

// It can't be asked for again.
void SettingsPage::draw_recovery_key(View& view, Section& section) {
  Pen& pen = view.pen;
  const std::string key = view.state.settings.recovery_key;
  Box row = section.row("Recovery key of your new library", "It is shown this once");
  const Button kept{.name = "recovery-key/kept", .label = "I have kept it"};
  const Button copy{.name = "recovery-key/copy", .label = "Copy", .kind = ButtonKind::Secondary};
  if (draw_button(pen, row.cut_right(button_width(pen, kept)), kept))
    view.actions.libraries.put_recovery_key_away();
  row.cut_right(pen.px(8));
  if (draw_button(pen, row.cut_right(button_width(pen, copy)), copy))
    view.actions.libraries.copy_recovery_key();
  const Box place =
      section.row("Print it, and keep it safe", "Without it and any member's device all is lost");
  Box lines = place.centered(place.width(), 2 * pen.px(17));
  const std::size_t half = std::min(key.size() / 2 + 1, key.size());
  pen.text(lines.cut_top(pen.px(17)), TextStyle::Body, pen.theme.text, key.substr(0, half));
  pen.text(lines, TextStyle::Body, pen.theme.text, key.substr(half));
}

// Recommended where others run the storage.
LibraryKind SettingsPage::draw_kind(View& view, Section& section) {
  const bool is_on_server = !view.state.settings.missing_library.starts_with("folder:");
  const bool is_sealed = sealed_chosen_.value_or(is_on_server);
  if (draw_switch_row(
          view.pen, section, "library-sealed", "Sealed: only those whom you invite can read it",
          is_on_server ? "Not who runs the storage. Recommended" : "Not whoever can read the folder",
          is_sealed, "Everything is encrypted on your devices"))
    sealed_chosen_ = !is_sealed;
  return sealed_chosen_.value_or(is_on_server) ? LibraryKind::Sealed : LibraryKind::Open;
}

void SettingsPage::draw_creating(View& view, Section& section) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Box place = section.row("There is no library there yet. Create one?", settings.missing_library);
  const Button create{.name = "create-library", .label = "Create", .is_enabled = !library_name_.empty()};
  const Button cancel{.name = "create-none", .label = "Cancel", .kind = ButtonKind::Ghost};
  bool is_wanted = draw_button(pen, place.cut_right(button_width(pen, create)), create);
  place.cut_right(pen.px(8));
  if (draw_button(pen, place.cut_right(button_width(pen, cancel)), cancel))
    return view.actions.libraries.cancel_adding();
  place.cut_right(pen.px(8));
  const auto typed = draw_text_field(
      pen, place,
      {.name = "library-name",
       .text = library_name_,
       .hint = "Its name, for the team",
       .generation = settings.library_added,
       .takes_focus = std::exchange(asked_for_, settings.missing_library) != settings.missing_library});
  if (typed.edited) library_name_ = *typed.edited;
  is_wanted |= typed.is_submitted;
  const LibraryKind kind = draw_kind(view, section);
  if (is_wanted && !library_name_.empty())
    view.actions.libraries.create(settings.missing_library, library_name_, kind);
}

void SettingsPage::draw_looks(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Section section(pen, area, "Looks", 3);
  if (const auto chosen = draw_segments(pen, section.row("Theme", "System: as the desktop has it"), "theme",
                                        {"System", "Dark", "Light"}, int(settings.chosen.theme)))
    view.actions.settings.change(
        [theme = ThemeSetting(*chosen)](Settings& changed) { changed.theme = theme; });
  std::vector<std::string> labels;
  for (const int scale : kScales) labels.push_back(std::to_string(scale));
  if (const auto scale = draw_segments(pen, section.row("Size", "Percent"), "scale", labels,
                                       chosen_of(kScales, scale_percent(settings.chosen))))
    view.actions.settings.change(
        [percent = kScales[std::size_t(*scale)]](Settings& changed) { changed.scale = percent / 100.0; });
  draw_setting_switch(
      view, section,
      {&Settings::motion, "motion", "Motion", "Fades, and pictures that glide to their places",
       "Off: everything is at its place at once"});
}

void SettingsPage::draw_watching(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Section section(pen, area, "Watching", 4);
  draw_setting_switch(
      view, section,
      {&Settings::highlight_clicks, "highlight-clicks", "Show clicks", "A spot where a button is pressed",
       "A spot where a button is pressed, in exports too"});
  draw_setting_switch(view, section,
                      {&Settings::pause_when_writing, "pause-when-writing", "Pause when I write",
                       "Comments hang where it stopped", "Playing pauses with a comment's first letter"});
  if (const auto ahead = draw_segments(
          pen,
          section.row("Fetch new clips ahead, MB", settings.is_metered
                                                       ? "This connection is metered: only posters now"
                                                       : "On metered connections only posters"),
          "prefetch", {"Off", "100", "300", "2000"}, chosen_of(kPrefetches, settings.chosen.prefetch_mb)))
    view.actions.settings.change([megabytes = kPrefetches[std::size_t(*ahead)]](Settings& changed) {
      changed.prefetch_mb = megabytes;
    });
  if (const auto cache =
          draw_segments(pen, section.row("Room for fetched clips, GB", "Kept ones come on top"), "cache",
                        {"1", "4", "16", "64"}, chosen_of(kCaches, int(settings.chosen.cache_limit_gb))))
    view.actions.settings.change([gigabytes = kCaches[std::size_t(*cache)]](Settings& changed) {
      changed.cache_limit_gb = gigabytes;
    });
}

void SettingsPage::draw_recording(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Section section(pen, area, "Recording", 3);
  draw_setting_switch(view, section,
                      {&Settings::countdown, "countdown", "Count down 3, 2, 1", "Before a recording starts",
                       "Before a recording starts"});
  if (const auto width = draw_segments(
          pen, section.row("Widest picture of a screen", "Larger ones are scaled down"), "max-width",
          {"1920", "2560", "3840", "As it is"}, chosen_of(kWidths, settings.chosen.max_width)))
    view.actions.settings.change(
        [pixels = kWidths[std::size_t(*width)]](Settings& changed) { changed.max_width = pixels; });
  Box folder = section.row("Recordings and settings", "Kept on this machine");
  const Button open{.name = "open-folder", .label = "Open", .icon = icons::kFolder};
  if (draw_button(pen, folder.cut_right(button_width(pen, open)), open))
    view.actions.settings.open_data_folder();
  folder.cut_right(pen.px(12));
  pen.text(folder, TextStyle::Body, pen.theme.soft_text, settings.data_folder);
}

void SettingsPage::draw_sending(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  const bool is_uploading = settings.chosen.upload_while_recording;
  Section section(pen, area, "Sending", is_uploading ? 4 : 3);
  draw_setting_switch(view, section,
                      {&Settings::upload_while_recording, "upload-while-recording", "Upload while recording",
                       "Nobody sees it before you publish",
                       "So that it can be watched the moment you publish; what you discard is removed"});
  if (is_uploading)
    draw_setting_switch(view, section,
                        {&Settings::watch_while_recording, "watch-while-recording",
                         "Let others watch meanwhile", "Some seconds behind; from the next recording on",
                         "What you take back or throw away may have been seen by then"});
  if (draw_switch_row(pen, section, "pause-sending", "Pause", "Clips wait here; words still go",
                      settings.sending_paused, "For a line that is dear or busy"))
    view.actions.settings.pause_sending(!settings.sending_paused);
  const auto limit =
      draw_segments(pen, section.row("At most", "Megabits a second, for all clips together"), "sending-limit",
                    {"0.5", "1", "2", "5", "No limit"}, chosen_limit(settings.sending_limit_kbit));
  if (limit) view.actions.settings.limit_sending(kLimits[std::size_t(*limit)]);
}

}  // namespace

std::unique_ptr<Page> make_settings_page() {
  return std::make_unique<SettingsPage>();
}

}  // namespace meanwhile
