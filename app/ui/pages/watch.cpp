// Watch: the clip, its timeline, and what people say about it.
#include <fmt/format.h>

#include <algorithm>

#include "app/ui/format.h"
#include "app/ui/pages/pages.h"
#include "app/ui/shortcuts.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/comments.h"
#include "app/ui/widgets/control_bar.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/stage.h"
#include "app/ui/widgets/timeline.h"
#include "app/ui/widgets/watch_extras.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr float kHeaderHeight = 60;

class WatchPage final : public Page {
 public:
  PageId id() const override { return PageId::Watch; }
  Sidebar sidebar(const UiState&) const override { return Sidebar::Hidden; }
  bool press(View& view, const KeyPress& press) override;
  void draw(View& view, const Box& area) override;

 private:
  void draw_header(View& view, Box row);
  void draw_picture(View& view, const Box& box);
  void draw_over_picture(View& view, const Box& box);
  CommentsPanel comments_;
};

bool WatchPage::press(View& view, const KeyPress& press) {
  if (press.control && press.key == Key::Enter) {
    if (can_send(view.state.watch.draft)) view.actions.send_draft();
    return true;
  }
  if (view.state.watch.load != LoadState::Ready) return false;
  if (!press.control && press.key == Key::Character && press.character == 'c') {
    if (view.state.watch.is_full_screen) view.actions.toggle_full_screen();
    comments_.focus();
    return true;
  }
  return act_on_watch_key(press, view.state.watch, view.actions);
}

float comments_width(const Pen& pen, const Box& area) {
  return area.width() > pen.px(1500) ? pen.px(400) : area.width() > pen.px(1100) ? pen.px(352) : pen.px(304);
}

void WatchPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  Box inside = area;
  if (!state.is_full_screen) {
    draw_header(view, inside.cut_top(pen.px(kHeaderHeight)));
    comments_.draw(view, inside.cut_right(comments_width(pen, area)));
  }
  inside = inside.inset(pen.px(state.is_full_screen ? 16 : 24), 0);
  inside.cut_bottom(pen.px(10));
  draw_control_bar(view, inside.cut_bottom(pen.px(kControlBarHeight)));
  inside.cut_bottom(pen.px(4));
  draw_timeline(view, inside.cut_bottom(pen.px(kTimelineHeight)));
  inside.cut_bottom(pen.px(8));
  if (!state.is_full_screen) inside.cut_top(pen.px(16));
  for (const std::string& warning : state.player.warnings) {
    inside.cut_top(draw_banner(pen, inside, BannerKind::Warning, warning));
    inside.cut_top(pen.px(8));
  }
  draw_picture(view, inside);
}

Menu more_menu(const Box& anchor, const ClipCard& clip) {
  Menu menu{.name = "more/menu", .anchor = anchor, .width_points = 200};
  menu.items.push_back({"Copy link", {}, icons::kLink});
  menu.items.push_back({"Export as MP4", {}, icons::kExport});
  menu.items.push_back(
      {"Keep offline", clip.is_kept && !clip.is_here ? "Being fetched" : "", icons::kKept, clip.is_kept});
  menu.items.push_back({clip.is_archived ? "Back to the Inbox" : "Archive",
                        {},
                        clip.is_archived ? icons::kUnarchive : icons::kArchive});
  if (clip.is_mine)
    menu.items.push_back({.label = "Delete", .detail = {}, .icon = icons::kDelete, .is_dangerous = true});
  return menu;
}

void open_more(View& view, const Box& anchor) {
  const ClipCard& clip = view.state.watch.clip;
  Menu menu = more_menu(anchor, clip);
  Overlays* overlays = &view.overlays;  // outlives every menu in it
  menu.choose = [id = clip.id, is_kept = clip.is_kept, is_archived = clip.is_archived, overlays](
                    Actions& actions, std::size_t item) {
    if (item == 0) actions.copy_link(id);
    if (item == 1) actions.export_clip(id);
    if (item == 2) actions.keep_clip(id, !is_kept);
    if (item == 3) actions.archive_clip(id, !is_archived);
    if (item == 4)
      overlays->ask({"Delete this update?", "It disappears for everyone, with its comments.", "Delete",
                     [id](Actions& later) { later.delete_clip(id); }});
  };
  view.overlays.open(std::move(menu));
}

std::string byline(const ClipCard& clip) {
  std::string line = fmt::format("{} · {}", clip.is_mine ? "You" : isolated(clip.author.name), clip.age);
  if (!clip.channel.empty()) line += " · # " + isolated(clip.channel);
  return line;
}

void WatchPage::draw_header(View& view, Box row) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  pen.line({row.left, row.bottom - 1, row.right, row.bottom}, pen.theme.border);
  row = row.inset(pen.px(12), 0);
  const auto square = [&](Box strip) { return strip.centered(pen.px(36), pen.px(36)); };
  if (draw_icon_button(pen, square(row.cut_left(pen.px(36))),
                       {.name = "back", .icon = icons::kBack, .tip = "Back", .shortcut = "Esc"}))
    view.actions.go_back();
  row.cut_left(pen.px(10));
  const Box more = square(row.cut_right(pen.px(36)));
  if (draw_icon_button(pen, more, {.name = "more", .icon = icons::kMore, .tip = "More"}))
    open_more(view, more);
  const Box help = square(row.cut_right(pen.px(36)));
  if (draw_icon_button(pen, help,
                       {.name = "help", .icon = icons::kHelp, .tip = "Keyboard shortcuts", .shortcut = "?"}))
    view.actions.show_shortcuts(true);
  row.cut_right(pen.px(12));
  const std::string& busy = state.export_progress.empty() ? state.clip.upload : state.export_progress;
  if (!busy.empty()) {
    const Box pill = row.cut_right(pill_width(pen, busy));
    draw_pill(pen, pill.centered(pill.width(), pen.px(22)), pen.theme.accent_tint, pen.theme.accent, busy);
    row.cut_right(pen.px(12));
  }
  draw_queue(view, row);
  draw_seen_by(view, row);
  draw_avatar(pen, row.cut_left(pen.px(34)).centered(pen.px(34), pen.px(34)), state.clip.author);
  row.cut_left(pen.px(12));
  Box words = row.centered(row.width(), pen.px(40));
  pen.text(words.cut_top(pen.px(22)), TextStyle::Heading, pen.theme.text,
           title_or_untitled(state.clip.title));
  pen.text(words, TextStyle::Caption, pen.theme.soft_text, byline(state.clip));
}

void WatchPage::draw_picture(View& view, const Box& box) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const ImU32 ground = state.is_full_screen ? pen.theme.window : pen.theme.stage;
  if (!state.is_full_screen) pen.fill(box, ground, 12);
  if (state.load == LoadState::Failed || state.player.failure) {
    const std::string why = state.player.failure ? state.player.failure->message : state.failure;
    const Box place = draw_empty(pen, box, icons::kFailure, "This update can't be played", why);
    const Button back{.name = "failed/back", .label = "Back to the Inbox"};
    if (draw_button(pen, place.centered(button_width(pen, back), place.height()), back))
      view.actions.go_back();
    return;
  }
  const Response response = pen.input.part("picture", box, Focus::Skips);
  const Box inside = state.is_full_screen ? box : box.inset(pen.px(12));
  draw_stage(pen, inside,
             {.slot = "watch",
              .screen = state.screen,
              .camera = state.camera,
              .layout = state.layout,
              .pointer = state.pointer,
              .behind = ground});
  draw_over_picture(view, box);
  draw_next_up(view, box);
  if (response.is_clicked) view.actions.play_pause();
}

void WatchPage::draw_over_picture(View& view, const Box& box) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const bool has_picture = state.screen || state.camera;
  if (state.load == LoadState::Loading || (!has_picture && (state.has_screen || state.has_camera))) {
    draw_empty(pen, box, icons::kSync, "Opening…", "The first picture is on its way.");
  } else if (!has_picture) {
    draw_empty(pen, box, icons::kMicrophone, "Voice only", "This update has sound, but no picture.");
  } else if (state.player.is_waiting) {
    const std::string_view text = "Waiting for the library…";
    const float width = pill_width(pen, text);
    draw_pill(pen, box_at(box.middle().x - width / 2, box.bottom - pen.px(48), width, pen.px(24)),
              IM_COL32(10, 11, 16, 220), IM_COL32_WHITE, text);
  }
}

}  // namespace

std::unique_ptr<Page> make_watch_page() {
  return std::make_unique<WatchPage>();
}

}  // namespace meanwhile
