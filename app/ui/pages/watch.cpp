// Watch: the clip, its timeline, and what people say about it.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pages/pages.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/shortcuts.h"
#include "app/ui/state.h"
#include "app/ui/widgets/arrange_form.h"
#include "app/ui/widgets/arrange_marks.h"
#include "app/ui/widgets/ask_card.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/captions.h"
#include "app/ui/widgets/clip_form.h"
#include "app/ui/widgets/comments.h"
#include "app/ui/widgets/control_bar.h"
#include "app/ui/widgets/drawing_layer.h"
#include "app/ui/widgets/export_form.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/reactions.h"
#include "app/ui/widgets/share_form.h"
#include "app/ui/widgets/side_tabs.h"
#include "app/ui/widgets/stage.h"
#include "app/ui/widgets/stage_divider.h"
#include "app/ui/widgets/timeline.h"
#include "app/ui/widgets/transcript_panel.h"
#include "app/ui/widgets/watch_extras.h"
#include "app/ui/widgets/watch_menu.h"
#include "app/ui/zoom.h"
#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kHeaderHeight = 60;
// Points of the page's width; and the heights of what is stacked below.
constexpr float kCommentsBeside = 800;
constexpr float kCommentsBelow = 420;
constexpr float kLeastPicture = 120;
constexpr MediaTime kResumedShown = std::chrono::seconds(4);
constexpr std::chrono::milliseconds kCloserFrame{16};

class WatchPage final : public Page {
 public:
  PageId id() const override { return PageId::Watch; }
  Sidebar sidebar(const UiState&) const override { return Sidebar::Hidden; }
  bool press(View& view, const KeyPress& press) override;
  void draw(View& view, const Box& area) override;
  float least_height(const View& view, float width) const override;

 private:
  void draw_header(View& view, Box row);
  void draw_words(View& view, const Box& column);
  void draw_picture(View& view, const Box& box);
  std::optional<Box> draw_over_picture(View& view, const Box& box);
  bool act_on_look_key(View& view, const KeyPress& press);
  void draw_mini(View& view, const Box& area);
  void look_closer(View& view, const Response& response, const std::optional<Box>& screen);
  CommentsPanel comments_;
  TranscriptPanel transcript_;
  ClipForm form_;
  ExportFormWidget export_form_;
  CaptionSearch search_;
  DrawingLayer drawing_;
  Zoom zoom_;
  ZoomedPicture zoomed_;
  StageMotion motion_;
  ArrangeMarks arrange_marks_;
  StageDivider divider_;
  bool is_stacked_ = false;
  std::string clip_;          // that the above are of
  bool was_dragged_ = false;  // since the button went down
};

// It is said for a while.
bool has_just_resumed(const WatchState& state) {
  const auto& from = state.tools.resumed_at;
  return from && state.player.position >= *from && state.player.position - *from < kResumedShown;
}

bool is_arranging_draft(const WatchState& state) {
  return state.arrange && state.arrange->is_draft;
}

// Ctrl+Enter.
void send_by_key(View& view) {
  const WatchState& state = view.state.watch;
  if (state.arrange) return view.actions.arrange.save_arrangement();
  if (state.share) return view.actions.shares.make_share();
  if (state.export_form) return view.actions.clips.start_export();
  if (state.clip_edit) return view.actions.clips.save_edit();
  if (state.answers.edit) return view.actions.answers.send_edit();
  if (can_send(state.draft)) view.actions.answers.send_draft();
}

bool WatchPage::press(View& view, const KeyPress& press) {
  if (press.control && press.key == Key::Enter) {
    send_by_key(view);
    return true;
  }
  if (press.key == Key::Escape && view.state.watch.share) return view.actions.shares.drop_share(), true;
  if (press.key == Key::Escape && view.state.watch.export_form) return view.actions.clips.drop_export(), true;
  if (press.key == Key::Escape && view.state.watch.clip_edit) return view.actions.clips.drop_edit(), true;
  if (view.state.watch.load != LoadState::Ready) return false;
  if (view.state.watch.arrange && act_on_arrange_key(view, press)) return true;
  // Nobody can say anything of a draft.
  if (is_arranging_draft(view.state.watch)) return act_on_watch_key(press, view.state.watch, view.actions);
  if (press.key == Key::Character && act_on_look_key(view, press)) return true;
  if (press.key == Key::Escape && search_.is_open()) return search_.close(), true;
  if (press.key == Key::Escape && transcript_.end_correction()) return true;
  if (act_on_answer_key(press, view.state.watch, view.actions.answers)) return true;
  if (!press.control && !press.shift && press.key == Key::Character && press.character == 'c') {
    if (view.state.watch.is_full_screen) view.actions.app.toggle_full_screen();
    choose_transcript(view, false);
    comments_.focus();
    return true;
  }
  return act_on_watch_key(press, view.state.watch, view.actions);
}

bool WatchPage::act_on_look_key(View& view, const KeyPress& press) {
  const PlayTools& tools = view.state.watch.tools;
  if (!press.control && !press.shift && press.character == 't' && tools.captions) {
    return choose_transcript(view, !shows_transcript(view.state)), true;
  }
  if (press.control && press.character == 'f' && tools.captions) return search_.open(), true;
  if (!press.control && press.shift && press.character == 'c' && tools.captions) {
    CaptionLook look = tools.caption_look;
    look.is_on = !look.is_on;
    return view.actions.watch.set_caption_look(look), true;
  }
  if (press.control) return false;
  if (press.character == 'x' && view.state.watch.clip.is_mine && !view.state.watch.clip.is_live)
    return view.actions.arrange.begin_arranging(), true;
  if (press.character != '0') return false;
  return zoom_.reset(), true;
}

// Too narrow for the comments beside the picture: below it then, and the page scrolls.
bool is_stacked_page(const Pen& pen, float width, const WatchState& state) {
  return width < pen.px(kCommentsBeside) && !state.is_full_screen && !state.tools.is_mini;
}

float comments_width(const Pen& pen, const Box& area) {
  return area.width() > pen.px(1500) ? pen.px(400) : area.width() > pen.px(1100) ? pen.px(352) : pen.px(304);
}

float WatchPage::least_height(const View& view, float width) const {
  const WatchState& state = view.state.watch;
  const Pen& pen = view.pen;
  if (state.tools.is_mini || state.is_full_screen) return 0;
  const bool is_stacked = is_stacked_page(pen, width, state);
  const float column = is_stacked ? width : width - pen.px(400);
  const float inner = column - pen.px(is_stacked ? 32 : 48);
  const float picture = is_stacked ? std::round(inner * 9 / 16) : pen.px(kLeastPicture);
  return pen.px(kHeaderHeight + 16 + 8 + kTimelineHeight + 4 + 10 + (is_stacked ? kCommentsBelow : 0)) +
         picture + control_bar_height(pen, inner);
}

void WatchPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  if (std::exchange(clip_, state.clip.id) != state.clip.id) {
    zoom_.reset();
    search_.close();
  }
  if (state.tools.is_mini) return draw_mini(view, area);
  Box inside = area;
  is_stacked_ = is_stacked_page(pen, area.width(), state);
  if (!state.is_full_screen) {
    draw_header(view, inside.cut_top(pen.px(kHeaderHeight)));
    const Box column =
        is_stacked_ ? inside.cut_bottom(pen.px(kCommentsBelow)) : inside.cut_right(comments_width(pen, area));
    state.arrange       ? draw_arrange_form(view, column, zoom_)
    : state.share       ? draw_share_form(view, column)
    : state.export_form ? export_form_.draw(view, column)
    : state.clip_edit   ? form_.draw(view, column)
                        : draw_words(view, column);
  }
  inside = inside.inset(pen.px(state.is_full_screen || is_stacked_ ? 16 : 24), 0);
  inside.cut_bottom(pen.px(10));
  draw_control_bar(view, inside.cut_bottom(control_bar_height(pen, inside.width())));
  inside.cut_bottom(pen.px(4));
  const Box timeline = inside.cut_bottom(pen.px(kTimelineHeight));
  inside.cut_bottom(pen.px(8));
  if (!state.is_full_screen) inside.cut_top(pen.px(16));
  for (const std::string& warning : state.player.warnings) {
    inside.cut_top(draw_banner(pen, inside, BannerKind::Warning, warning));
    inside.cut_top(pen.px(8));
  }
  draw_picture(view, inside);
  draw_timeline(view, timeline, arrange_marks_);  // its thumbnails lie over the picture
}

// What people say about it, or what is said in it.
void WatchPage::draw_words(View& view, const Box& column) {
  if (transcript_.takes_comment()) {
    choose_transcript(view, false);
    comments_.focus();
  }
  shows_transcript(view.state) ? transcript_.draw(view, column) : comments_.draw(view, column);
}

std::string version_words(const WatchState& watch) {
  const int last = watch.clip.version;
  if (last == 1) return {};
  // TRANSLATORS: After other words and a "·".
  return " · " + (watch.version == last ? tr_format("version {}", last)
                                        : tr_format("version {} of {}", watch.version, last));
}

std::string long_byline(const ClipCard& clip) {
  // TRANSLATORS: Who published it: You · 2 h ago.
  std::string line = fmt::format("{} · {}", clip.is_mine ? tr("You") : isolated(clip.author.name), clip.age);
  if (!clip.channel.empty()) line += " · # " + isolated(clip.channel);
  if (!clip.edited.empty()) line += " · " + clip.edited;
  if (!clip.renamed.empty()) line += " · " + isolated(clip.renamed);
  if (!clip.arrivals.empty()) line += " · " + isolated(clip.arrivals);
  return line;
}

// From a draft: to its own page.
void leave_page(View& view) {
  if (is_arranging_draft(view.state.watch))
    return leave_arranging(view, [](Actions& actions) { actions.arrange.drop_arrangement(); });
  leave_arranging(view, [](Actions& actions) { actions.app.go_back(); });
}

// Of a recorded answer: where it hangs.
void draw_crumb(View& view, Box& row) {
  const std::string& back_to = view.state.watch.answers.back_to;
  if (back_to.empty()) return;
  Pen& pen = view.pen;
  const Button crumb{.name = "crumb",
                     .label = back_to,
                     .icon = icons::kReply,
                     .kind = ButtonKind::Ghost,
                     .tip = tr("Back to where this answer hangs"),
                     .shortcut = tr("Esc")};
  const float width = std::min(button_width(pen, crumb), row.width() / 2);
  if (draw_button(pen, row.cut_left(width).centered(width, pen.px(kControlHeight)), crumb)) leave_page(view);
  row.cut_left(pen.px(12));
}

void WatchPage::draw_header(View& view, Box row) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  pen.line({row.left, row.bottom - 1, row.right, row.bottom}, pen.theme.border);
  row = row.inset(pen.px(12), 0);
  const auto square = [&](Box strip) { return strip.centered(pen.px(36), pen.px(36)); };
  if (draw_icon_button(pen, square(row.cut_left(pen.px(36))),
                       {.name = "back", .icon = icons::kBack, .tip = tr("Back"), .shortcut = tr("Esc")}))
    leave_page(view);
  row.cut_left(pen.px(10));
  const bool is_draft = is_arranging_draft(state);
  if (!is_draft) {
    const Box more = square(row.cut_right(pen.px(36)));
    if (draw_icon_button(pen, more, {.name = "more", .icon = icons::kMore, .tip = tr("More")}))
      open_clip_actions(view, more);
  }
  const Box help = square(row.cut_right(pen.px(36)));
  if (draw_icon_button(
          pen, help,
          {.name = "help", .icon = icons::kHelp, .tip = tr("Keyboard shortcuts"), .shortcut = "?"}))
    view.actions.app.show_shortcuts(true);
  row.cut_right(pen.px(12));
  const std::string& busy = state.export_progress.empty() ? state.clip.upload : state.export_progress;
  if (!busy.empty()) {
    const Box pill = row.cut_right(pill_width(pen, busy));
    draw_pill(pen, pill.centered(pill.width(), pen.px(22)), pen.theme.accent_tint, pen.theme.accent, busy);
    row.cut_right(pen.px(12));
  }
  if (!is_draft) {
    draw_queue(view, row);
    draw_seen_by(view, row);
    draw_crumb(view, row);
  }
  draw_avatar(pen, row.cut_left(pen.px(34)).centered(pen.px(34), pen.px(34)), state.clip.author);
  row.cut_left(pen.px(12));
  Box words = row.centered(row.width(), pen.px(40));
  pen.text(words.cut_top(pen.px(22)), TextStyle::Heading, pen.theme.text,
           title_or_untitled(state.clip.title));
  pen.text(words, TextStyle::Caption, pen.theme.soft_text,
           is_draft ? std::string(tr_in("a noun", "Draft")) : long_byline(state.clip) + version_words(state));
}

// The viewer's closer look, else the author's.
Rect part_to_show(const WatchState& state, const Zoom& zoom) {
  if (!state.screen) return {};
  const Size size{state.screen->width, state.screen->height};
  if (zoom.is_on() || !state.arrangement) return zoom.shown(size);
  const PictureShare part = part_in(state.arrangement->zooms, state.player.position);
  const auto pixels = [](double share, int length) { return int(std::lround(share * length)); };
  return {pixels(part.x, size.width), pixels(part.y, size.height), pixels(part.width, size.width),
          pixels(part.height, size.height)};
}

bool is_card_shown(const WatchState& state) {
  return state.arrangement && std::ranges::any_of(state.arrangement->cards, [&](const TitleCard& card) {
           return card.place.from <= state.player.position && state.player.position < card.place.to;
         });
}

// Side by side by the viewer's wish, or because nothing else is said.
bool is_divided(const WatchState& state) {
  const bool is_arranged =
      state.arrangement && !state.arrangement->layouts.empty() && !state.is_layout_chosen;
  return state.layout == Layout::SideBySide && !is_arranged;
}

// What a picture shows, for who can't see it.
std::string_view pictured(const WatchState& state) {
  if (is_card_shown(state)) return tr("Title card");
  if (state.has_screen && state.has_camera) return tr("The screen and the face");
  if (state.has_screen) return tr("The screen");
  return state.has_camera ? tr("The face") : tr("No picture");
}

void WatchPage::draw_picture(View& view, const Box& box) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const ImU32 ground = state.is_full_screen ? pen.theme.window : pen.theme.stage;
  if (!state.is_full_screen) pen.fill(box, ground, 12);
  const KeptDirection kept = pen.keep_direction(box);
  if (state.load == LoadState::Failed || state.player.failure) {
    const std::string why = state.player.failure ? state.player.failure->message : state.failure;
    const Box place = draw_empty(pen, box, icons::kFailure, tr("This update can't be played"), why);
    const Button back{.name = "failed/back", .label = tr("Back to the Inbox")};
    if (draw_button(pen, place.centered(button_width(pen, back), place.height()), back))
      view.actions.app.go_back();
    return;
  }
  const Response response = pen.input.part(
      "picture", box,
      {.role = AccessibleRole::Picture, .name = pictured(state), .description = tr("Plays or pauses")},
      Focus::Skips);
  Box inside = state.is_full_screen ? box : box.inset(pen.px(12));
  const Box strip = inside.cut_bottom(caption_strip_height(pen, state.tools));
  const PicturePtr screen = zoomed_.of(state.screen, part_to_show(state, zoom_));
  const Stage stage{.slot = "watch",
                    .screen = screen,
                    .camera = state.camera,
                    .layout = state.layout,
                    .pointer = state.pointer,
                    .behind = ground,
                    .shown = zoomed_.place(),
                    .motion = view.state.settings.chosen.motion ? &motion_ : nullptr,
                    .camera_share = divider_.share(view.state.settings.chosen),
                    .arrangement = state.arrangement.get(),
                    .moment = state.player.position,
                    .is_layout_chosen = state.is_layout_chosen};
  const auto place = draw_stage(pen, inside, stage);
  if (is_divided(state) && screen && state.camera)
    divider_.draw(view, inside, {screen->width, screen->height}, {state.camera->width, state.camera->height});
  const auto pill = draw_over_picture(view, box);
  std::optional<ScreenPlace> track;
  if (place && state.screen) track = screen_place(*place, *state.screen, zoomed_.place());
  drawing_.draw(view, box, track, comments_.hovered());
  draw_passing_reactions(view, box);
  draw_captions(view, strip.is_empty() ? inside : strip, {face_place(pen, inside, stage), pill});
  draw_ask_card(view, box);
  search_.draw(view, box);
  draw_next_up(view, box);
  if (!state.answers.is_drawing) look_closer(view, response, place);
  if (response.is_clicked && !was_dragged_) view.actions.watch.play_pause();
}

// Wheel: closer to what the pointer is at. Dragging moves what is shown. A double click, whose two clicks
// undo each other: all of it.
void WatchPage::look_closer(View& view, const Response& response, const std::optional<Box>& screen) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsMouseClicked(0)) was_dragged_ = false;
  if (!screen) return;
  // The wheel scrolls a page that scrolls, unless Control is held.
  const bool is_wheel_ours = !is_stacked_ || io.KeyCtrl;
  if (response.is_hovered && is_wheel_ours && io.MouseWheel != 0 && screen->contains(io.MousePos))
    zoom_.turn(io.MouseWheel, (io.MousePos.x - screen->left) / screen->width(),
               (io.MousePos.y - screen->top) / screen->height());
  if (zoom_.is_on() && response.is_held && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
    was_dragged_ = true;
    zoom_.drag(io.MouseDelta.x / screen->width(), io.MouseDelta.y / screen->height());
  }
  if (response.is_hovered && ImGui::IsMouseDoubleClicked(0)) zoom_.reset();
  if (zoom_.is_on() && response.is_held) view.pen.painter.redraw_after(kCloserFrame);
}

// The picture alone; a click plays or pauses, a button brings the whole window back.
void WatchPage::draw_mini(View& view, const Box& area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  pen.fill(area, pen.theme.stage);
  const KeptDirection kept = pen.keep_direction(area);
  const Response response = pen.input.part(
      "picture", area,
      {.role = AccessibleRole::Picture, .name = pictured(state), .description = tr("Plays or pauses")},
      Focus::Skips);
  draw_stage(pen, area,
             {.slot = "watch",
              .screen = zoomed_.of(state.screen, part_to_show(state, {})),
              .camera = state.camera,
              .layout = state.layout,
              .pointer = state.pointer,
              .behind = pen.theme.stage,
              .shown = zoomed_.place(),
              .camera_share = view.state.settings.chosen.camera_share,
              .arrangement = state.arrangement.get(),
              .moment = state.player.position,
              .is_layout_chosen = state.is_layout_chosen});
  draw_captions(view, area, {});
  Box bar = area;
  bar = bar.cut_bottom(pen.px(3));
  pen.fill(bar, pen.theme.border);
  pen.fill(bar.cut_left(bar.width() * float(share_of(shown_position(state), shown_duration(state)))),
           pen.theme.accent);
  const Box back = box_at(area.right - pen.px(38), area.top + pen.px(6), pen.px(32), pen.px(32));
  const Box play = box_at(area.left + pen.px(6), area.top + pen.px(6), pen.px(32), pen.px(32));
  for (const Box& ground : {back, play}) pen.fill(ground, IM_COL32(10, 11, 16, 190), 8);
  if (draw_icon_button(pen, play,
                       {.name = "play",
                        .icon = state.player.is_playing ? icons::kPause : icons::kPlay,
                        .tip = state.player.is_playing ? tr_in("button", "Pause") : tr_in("button", "Play"),
                        .shortcut = tr("Space")}))
    view.actions.watch.play_pause();
  if (draw_icon_button(
          pen, back,
          {.name = "mini/back", .icon = icons::kFullScreen, .tip = tr("Whole window"), .shortcut = "W"}))
    view.actions.app.set_mini(false);
  if (response.is_clicked) view.actions.watch.play_pause();
}

// The pill that it drew, if it did.
std::optional<Box> WatchPage::draw_over_picture(View& view, const Box& box) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const bool has_picture = state.screen || state.camera || is_card_shown(state);
  if (state.load == LoadState::Loading || (!has_picture && (state.has_screen || state.has_camera))) {
    draw_empty(pen, box, icons::kSync, tr("Opening…"), tr("The first picture is on its way."));
  } else if (!has_picture) {
    draw_empty(pen, box, icons::kMicrophone, tr("Voice only"), tr("This update has sound, but no picture."));
  } else if (state.player.is_waiting || has_just_resumed(state)) {
    const std::string text = state.player.is_waiting
                                 ? tr("Waiting for the library…")
                                 // TRANSLATORS: {} is a moment such as 1:23; Home is a key.
                                 : tr_format("Resumed at {} · press Home to start over",
                                             shown_moment(state, *state.tools.resumed_at));
    const float width = pill_width(pen, text);
    const Box pill = box_at(box.middle().x - width / 2, box.bottom - pen.px(48), width, pen.px(24));
    draw_pill(pen, pill, IM_COL32(10, 11, 16, 220), IM_COL32_WHITE, text);
    return pill;
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<Page> make_watch_page() {
  return std::make_unique<WatchPage>();
}

}  // namespace meanwhile
