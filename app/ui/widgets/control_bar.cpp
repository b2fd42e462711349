#include "app/ui/widgets/control_bar.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/shortcuts.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/caption_menu.h"
#include "app/ui/widgets/chapters.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/slider.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/play/player.h"

namespace meanwhile {
namespace {

struct LayoutChoice {
  Layout layout;
  std::string_view name;
  const char* tip;
  std::string_view key;
};
constexpr std::array<LayoutChoice, 4> kLayouts{
    {{Layout::SideBySide, "layout/side", tr_later("Side by side"), "1"},
     {Layout::Screen, "layout/screen", tr_later("Screen only"), "2"},
     {Layout::Camera, "layout/camera", tr_later("Camera only"), "3"},
     {Layout::Bubble, "layout/bubble", tr_later("Camera in a bubble"), "4"}}};

// Small pictures of the layouts: no icon font has these.
void draw_layout_sign(Pen& pen, const Box& box, Layout layout, ImU32 color) {
  const KeptDirection kept = pen.keep_direction(box);
  const Box frame = box.centered(pen.px(20), pen.px(14));
  switch (layout) {
    case Layout::SideBySide: {
      Box left = frame;
      Box right = left.cut_right(pen.px(7));
      left.cut_right(pen.px(2));
      pen.outline(left, color, 2, 1.5F);
      pen.fill(right.centered(right.width(), pen.px(9)), color, 2);
      return;
    }
    case Layout::Screen:
      return pen.outline(frame, color, 2, 1.5F);
    case Layout::Camera: {
      const ImVec2 c = frame.middle();
      pen.disc(ImVec2(c.x, c.y - pen.px(3)), pen.px(3.2F), color);
      pen.fill(Box{c.x - pen.px(6), c.y + pen.px(2), c.x + pen.px(6), c.y + pen.px(7)}, color, 3);
      return;
    }
    case Layout::Bubble:
      pen.outline(frame, color, 2, 1.5F);
      pen.disc(ImVec2(frame.right - pen.px(4), frame.bottom - pen.px(4)), pen.px(4), color);
  }
}

void draw_layouts(View& view, Box row) {
  Pen& pen = view.pen;
  for (const LayoutChoice& choice : kLayouts) {
    const Box box = row.cut_left(pen.px(36)).centered(pen.px(34), pen.px(34));
    const bool is_on = view.state.watch.layout == choice.layout;
    const Response response = pen.input.part(
        choice.name, box,
        {.role = AccessibleRole::Choice, .name = tr(choice.tip), .shortcut = choice.key, .is_on = is_on});
    if (is_on) pen.fill(box, pen.theme.accent_tint, 8);
    pen.fill(box, faded(pen.theme.hover, response.glow), 8);
    if (response.is_focused) pen.ring(box, 8);
    draw_layout_sign(pen, box, choice.layout,
                     is_on ? pen.theme.accent : mixed(pen.theme.soft_text, pen.theme.text, response.glow));
    pen.tooltip(choice.name, box, tr(choice.tip), choice.key);
    if (response.is_clicked) view.actions.watch.set_layout(choice.layout);
  }
}

void draw_volume_slider(View& view, const Box& box) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const double volume = state.is_muted ? 0 : state.player.volume;
  const std::string words = fmt::format("{:.0f} %", volume * 100);
  const auto wanted = draw_slider(
      pen, box, {.name = "volume", .share = volume, .spoken = tr("Volume"), .words = words}, pen.theme.text);
  pen.tooltip("volume", box, tr("Volume"), tr("Up / Down"));
  if (!wanted) return;
  if (state.is_muted) view.actions.watch.set_muted(false);
  view.actions.watch.set_volume(*wanted);
}

Menu speed_menu(const Box& anchor, double current) {
  Menu menu{.name = "speed/menu", .anchor = anchor, .width_points = 140};
  for (const double speed : speeds())
    menu.items.push_back(
        {speed == 1 ? tr_in("speed", "Normal") : format_speed(speed), {}, std::nullopt, speed == current});
  menu.choose = [](Actions& actions, std::size_t item) { actions.watch.set_speed(speeds()[item]); };
  return menu;
}

void draw_speed(View& view, const Box& box) {
  const double speed = view.state.watch.player.speed;
  const std::string label = format_speed(speed);
  const std::string spoken = tr_format("Speed: {}", label);
  if (draw_button(view.pen, box,
                  {.name = "speed",
                   .label = label,
                   .kind = ButtonKind::Ghost,
                   .tip = tr("Speed"),
                   .shortcut = "< / >",
                   .spoken = spoken}))
    view.overlays.open(speed_menu(box, speed));
}

// Nothing where nothing is known of pauses, or there is no room for it and what is beside it.
void draw_skip_pauses(View& view, Box& row, float beside) {
  Pen& pen = view.pen;
  const PlayTools& tools = view.state.watch.tools;
  if (!tools.pauses || tools.pauses->empty()) return;
  const std::string saved = format_moment(length_of(*tools.pauses));
  const std::string label =
      tools.skips_pauses ? tr_format("Skipping pauses (saves {})", saved) : tr("Skip pauses");
  const std::string tip = tools.skips_pauses ? tr_format("Silent pauses are passed over: {} less", saved)
                                             : tr_format("Pass over silent pauses, which saves {}", saved);
  const Button button{.name = "skip-pauses",
                      .label = label,
                      .kind = tools.skips_pauses ? ButtonKind::Secondary : ButtonKind::Ghost,
                      .tip = tip,
                      .shortcut = "P"};
  const float width = button_width(pen, button);
  if (row.width() < width + beside) return;
  row.cut_right(pen.px(6));
  if (draw_button(pen, row.cut_right(width).centered(width, pen.px(34)), button))
    view.actions.watch.set_skip_pauses(!tools.skips_pauses);
}

void draw_captions_button(View& view, Box& row) {
  const PlayTools& tools = view.state.watch.tools;
  if (!tools.captions) return;
  Pen& pen = view.pen;
  row.cut_right(pen.px(6));
  const Box box = row.cut_right(pen.px(44)).centered(pen.px(44), pen.px(34));
  if (draw_button(pen, box,
                  {.name = "captions",
                   // TRANSLATORS: short for closed captions, of two letters
                   .label = tr("CC"),
                   .kind = tools.caption_look.is_on ? ButtonKind::Secondary : ButtonKind::Ghost,
                   .tip = tr("Captions"),
                   .shortcut = tr("Shift+C"),
                   .spoken = tr("Captions")}))
    view.overlays.open(caption_menu(box, tools));
}

void draw_play(View& view, const Box& box) {
  Pen& pen = view.pen;
  const PlayerStatus& player = view.state.watch.player;
  const Response response = pen.input.part("play", box,
                                           {.role = AccessibleRole::Button,
                                            .name = player.is_playing ? tr_in("button", "Pause")
                                                    : player.is_ended ? tr("Play again")
                                                                      : tr_in("button", "Play"),
                                            .shortcut = tr("Space")});
  pen.disc(box.middle(), box.width() / 2, mixed(pen.theme.text, pen.theme.accent, response.glow * 0.5F));
  if (response.is_focused)
    pen.list().AddCircle(box.middle(), box.width() / 2 + pen.px(3), pen.theme.accent, 48, pen.px(2));
  const Icon icon = player.is_playing ? icons::kPause : player.is_ended ? icons::kReplay : icons::kPlay;
  pen.icon(box, icon, IconSize::Medium, pen.theme.window);
  pen.tooltip("play", box, player.is_playing ? tr_in("button", "Pause") : tr_in("button", "Play"),
              tr("Space"));
  if (response.is_clicked) view.actions.watch.play_pause();
}

Box control_icon_box(const Pen& pen, Box strip) {
  return strip.centered(pen.px(34), pen.px(34));
}

// Play, the time, the sound.
void draw_playing(View& view, Box& row) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  draw_play(view, row.cut_left(pen.px(36)).centered(pen.px(36), pen.px(36)));
  row.cut_left(pen.px(14));
  row.cut_left(
      draw_time_of(pen, row, format_moment(shown_position(state)), format_moment(shown_duration(state))) +
      pen.px(14));
  const Icon sound = state.is_muted || state.player.volume == 0 ? icons::kMuted
                     : state.player.volume < 0.5                ? icons::kVolumeLow
                                                                : icons::kVolume;
  if (draw_icon_button(pen, control_icon_box(pen, row.cut_left(pen.px(34))),
                       {.name = "mute",
                        .icon = sound,
                        .tip = state.is_muted ? tr("Sound on") : tr("Sound off"),
                        .shortcut = "M"}))
    view.actions.watch.set_muted(!state.is_muted);
}

// From the right: how large it is shown, the layout, the speed, captions, pauses. beside: what else needs
// room.
void draw_looks_and_speed(View& view, Box& row, float beside) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  if (draw_icon_button(pen, control_icon_box(pen, row.cut_right(pen.px(34))),
                       {.name = "full-screen",
                        .icon = state.is_full_screen ? icons::kLeaveFullScreen : icons::kFullScreen,
                        .tip = state.is_full_screen ? tr("Leave full screen") : tr("Full screen"),
                        .shortcut = "F"}))
    view.actions.app.toggle_full_screen();
  row.cut_right(pen.px(2));
  if (draw_icon_button(
          pen, control_icon_box(pen, row.cut_right(pen.px(34))),
          {.name = "mini", .icon = icons::kMini, .tip = tr("Small window over all others"), .shortcut = "W"}))
    view.actions.app.set_mini(true);
  if (state.has_screen && state.has_camera) {
    row.cut_right(pen.px(6));
    draw_layouts(view, row.cut_right(pen.px(36 * 4)));
  }
  row.cut_right(pen.px(6));
  const Box speed = row.cut_right(pen.px(64));
  draw_speed(view, speed.centered(speed.width(), pen.px(34)));
  draw_captions_button(view, row);
  draw_skip_pauses(view, row, beside);
}

constexpr float kOneControlRow = 560;
constexpr float kControlRow = 48;
constexpr float kSecondControlRow = 40;

}  // namespace

float control_bar_height(const Pen& pen, float width) {
  return pen.px(kControlRow) + (width < pen.px(kOneControlRow) ? pen.px(kSecondControlRow) : 0);
}

void draw_control_bar(View& view, Box row) {
  Pen& pen = view.pen;
  if (row.width() < pen.px(kOneControlRow)) {
    Box second = row.cut_bottom(pen.px(kSecondControlRow));
    draw_playing(view, row);
    draw_looks_and_speed(view, second, pen.px(8));
  } else {
    draw_playing(view, row);
    draw_looks_and_speed(view, row, pen.px(180));
  }
  if (row.width() > pen.px(70))
    draw_volume_slider(view, row.cut_left(pen.px(96)).centered(pen.px(96), pen.px(24)));
  row.cut_left(pen.px(8));
  draw_chapters_button(view, row);
}

}  // namespace meanwhile
