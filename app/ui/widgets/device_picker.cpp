#include "app/ui/widgets/device_picker.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/settings.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/setting_switch.h"
#include "media/base/layout.h"
#include "media/base/translation.h"
#include "media/capture/devices.h"
#include "media/capture/recorded_place.h"

namespace meanwhile {
namespace {

struct PickerLook {
  DeviceKind kind;
  std::string_view name;
  const char* title;
  const char* none;
  Icon icon;
  Icon none_icon;
};

constexpr PickerLook kScreen{DeviceKind::Screen,    "device/screen", tr_later("Screen"),
                             tr_later("No screen"), icons::kScreen,  icons::kScreen};
constexpr PickerLook kCamera{DeviceKind::Camera,    "device/camera", tr_later("Camera"),
                             tr_later("No camera"), icons::kCamera,  icons::kNoCamera};
constexpr PickerLook kMicrophone{DeviceKind::Microphone,    "device/microphone", tr_later("Microphone"),
                                 tr_later("No microphone"), icons::kMicrophone,  icons::kNoMicrophone};

// In the menu: no device, but the way to choose an area.
constexpr std::string_view kAreaChoice = "area";

std::string area_name(const Rect& area) {
  // TRANSLATORS: its width, its height, and where it begins
  return tr_format("Area {} x {} at {}, {}", area.width, area.height, area.x, area.y);
}

std::string input_name(const Device& device, int input) {
  // TRANSLATORS: one of the inputs of a microphone
  return tr_format("{}, Input {}", device.name, input);
}

const Device* default_of(const DeviceChoice& choice) {
  const auto found = std::ranges::find_if(choice.devices, &Device::is_default);
  if (found != choice.devices.end()) return &*found;
  return choice.devices.empty() ? nullptr : &choice.devices.front();
}

std::string default_label(const DeviceChoice& choice) {
  const Device* device = default_of(choice);
  return device != nullptr ? tr_format("Default ({})", device->name) : tr("Default (none found)");
}

Menu menu_of(const Box& anchor, const PickerLook& look, const DeviceChoice& choice, bool can_choose_area) {
  Menu menu{.name = std::string(look.name) + "/menu", .anchor = anchor, .width_points = 300};
  std::vector<std::string> specs;
  const auto add = [&](std::string label, std::string detail, const std::string& spec) {
    menu.items.push_back({std::move(label), std::move(detail), std::nullopt, choice.chosen == spec});
    specs.push_back(spec);
  };
  add(default_label(choice), {}, "default");
  for (const Device& device : choice.devices) {
    add(device.name, device.details, device.spec);
    for (int input = 1; device.inputs > 1 && input <= device.inputs; ++input)
      add(input_name(device, input), tr("this input alone"), input_spec(device, input));
  }
  const bool has_area = can_choose_area && look.kind == DeviceKind::Screen;
  if (has_area) add(tr("An area of the screen…"), tr("drag a frame over it"), std::string(kAreaChoice));
  if (const auto area = area_of_spec(choice.chosen); has_area && area)
    add(area_name(*area), tr("chosen last"), choice.chosen);
  add(tr(look.none), {}, "none");
  menu.choose = [specs, kind = look.kind](Actions& actions, std::size_t item) {
    if (specs[item] == kAreaChoice) return actions.record.choose_area();
    actions.record.choose_device(kind, specs[item]);
  };
  return menu;
}

void draw_one(View& view, Box& area, const PickerLook& look, const DeviceChoice& choice) {
  Pen& pen = view.pen;
  pen.input.narration().set_label(tr(look.title));
  pen.text(area.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text, tr(look.title));
  area.cut_top(pen.px(4));
  const Box box = area.cut_top(pen.px(kControlHeight));
  const bool is_none = choice.chosen == "none";
  if (draw_picker(pen, box, look.name, is_none ? look.none_icon : look.icon,
                  chosen_name(choice, tr(look.none)), {}))
    view.overlays.open(menu_of(box, look, choice, view.state.record.can_choose_area));
}

// Of the screen and the camera.
void draw_frame_rate(View& view, Box& area) {
  Pen& pen = view.pen;
  constexpr std::array kRates{15, 30, 60};
  Box row = area.cut_top(pen.px(kControlHeight));
  const Box choice = row.cut_right(pen.px(132));
  pen.input.narration().set_label(tr("Frame rate"));
  pen.text(row, TextStyle::Body, pen.theme.text, tr("Frame rate"));
  const auto found = std::ranges::find(kRates, view.state.record.frames_per_second);
  const int chosen = found == kRates.end() ? -1 : static_cast<int>(found - kRates.begin());
  if (const auto picked = draw_segments(pen, choice, "frame-rate", {"15", "30", "60"}, chosen))
    view.actions.record.choose_frame_rate(kRates[static_cast<std::size_t>(*picked)]);
}

void draw_switch_row(View& view, Box& area, const SettingSwitch& shown) {
  Box row = area.cut_top(view.pen.px(32));
  draw_setting_switch(view, row.cut_right(view.pen.px(44)), shown);
  view.pen.text(row, TextStyle::Body, view.pen.theme.text, shown.label);
}

}  // namespace

std::string chosen_name(const DeviceChoice& choice, std::string_view none_label) {
  if (choice.chosen == "none") return std::string(none_label);
  if (choice.chosen == "default" || choice.chosen.empty()) return default_label(choice);
  const auto found = std::ranges::find(choice.devices, choice.chosen, &Device::spec);
  if (found != choice.devices.end()) return found->name;
  if (const auto area = area_of_spec(choice.chosen)) return area_name(*area);
  for (const Device& device : choice.devices) {
    for (int input = 1; input <= device.inputs; ++input) {
      if (choice.chosen == input_spec(device, input)) return input_name(device, input);
    }
  }
  return choice.chosen;
}

void draw_device_panel(View& view, Box& area) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  draw_one(view, area, kScreen, record.screen);
  area.cut_top(pen.px(8));
  if (record.screen.chosen != "none") draw_frame_rate(view, area);
  area.cut_top(pen.px(8));
  draw_one(view, area, kCamera, record.camera);
  area.cut_top(pen.px(16));
  draw_one(view, area, kMicrophone, record.microphone);
  area.cut_top(pen.px(10));
  draw_level_meter(pen, area.cut_top(pen.px(10)),
                   record.microphone.chosen == "none" ? 0 : record.status.voice_peak);
  area.cut_top(pen.px(20));
  pen.line(area.cut_top(1), pen.theme.border);
  area.cut_top(pen.px(12));
  draw_switch_row(view, area,
                  {&Settings::system_audio,
                   "system-audio",
                   tr("Record the system's sound"),
                   {},
                   tr("What the loudspeaker plays becomes a track")});
  area.cut_top(pen.px(4));
  draw_switch_row(
      view, area,
      {&Settings::clean_sound,
       "clean-sound",
       tr("Clean up sound"),
       {},
       tr("Hum and noise are taken off your voice when it is played; whoever watches can switch it off")});
  area.cut_top(pen.px(4));
  draw_switch_row(view, area,
                  {&Settings::countdown,
                   "countdown",
                   tr("Count down 3, 2, 1"),
                   {},
                   tr("A moment to sit up before the recording starts")});
  area.cut_top(pen.px(4));
  draw_switch_row(
      view, area,
      {&Settings::stand_aside, "stand-aside", tr("Hide Meanwhile while recording"), {}, record.aside_words});
  if (!record.aside_words.empty()) {
    area.cut_top(pen.px(2));
    area.cut_top(pen.paragraph(area, TextStyle::Caption, pen.theme.faint_text, record.aside_words));
  }
  area.cut_top(pen.px(8));
  const Button refresh{.name = "refresh",
                       .label = tr("Look for devices again"),
                       .icon = icons::kSync,
                       .kind = ButtonKind::Ghost};
  Box row = area.cut_top(pen.px(kControlHeight));
  if (draw_button(pen, row.cut_left(button_width(pen, refresh)).moved(-pen.px(14), 0), refresh))
    view.actions.record.refresh_devices();
}

}  // namespace meanwhile
