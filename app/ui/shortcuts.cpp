#include "app/ui/shortcuts.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "app/library/reactions.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/actions/answer_actions.h"
#include "app/ui/actions/publish_actions.h"
#include "app/ui/actions/record_actions.h"
#include "app/ui/actions/watch_actions.h"
#include "app/ui/box.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "app/ui/trim_points.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/layer.h"
#include "app/ui/widgets/scroll_area.h"
#include "media/base/chapters.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/base/trim.h"

namespace meanwhile {
namespace {

enum class Group { Watching, LookingCloser, Reviewing, Comments, Recording, Everywhere };

constexpr std::array<const char*, 6> kGroupNames{tr_later("Watching"),  tr_later("Looking closer"),
                                                 tr_later("Reviewing"), tr_later("Comments"),
                                                 tr_later("Recording"), tr_later("Everywhere")};

struct Shortcut {
  Group group;
  const char* keys;  // "Space or K"
  const char* does;
};

constexpr MediaTime kArrowStep = std::chrono::seconds(5);
constexpr MediaTime kLetterStep = std::chrono::seconds(10);
constexpr double kVolumeStep = 0.1;

constexpr std::array<Shortcut, 47> kShortcuts{
    // TRANSLATORS: Keys have the names that stand on a keyboard of the language, wherever one is named.
    {{Group::Watching, tr_later("Space or K"), tr_later("Play or pause")},
     {Group::Watching, tr_later("Left / Right"), tr_later("Back / forward 5 s")},
     {Group::Watching, "J / L", tr_later("Back / forward 10 s")},
     {Group::Watching, ", / .", tr_later("One frame back or on")},
     {Group::Watching, "< / >", tr_later("Slower or faster")},
     {Group::Watching, tr_later("Home / End"), tr_later("To the beginning or the end")},
     {Group::Watching, tr_later("Ctrl+Left / Right"), tr_later("To the chapter before or after")},
     {Group::Watching, tr_later("Up / Down"), tr_later("Louder or quieter")},
     {Group::Watching, "M", tr_later("Sound off or on")},
     {Group::Watching, "F", tr_later("Full screen")},
     {Group::Watching, "1", tr_later("Side by side")},
     {Group::Watching, "2", tr_later("Screen only")},
     {Group::Watching, "3", tr_later("Camera only")},
     {Group::Watching, "4", tr_later("Screen with camera bubble")},
     {Group::Watching, "N", tr_later("Next update")},
     {Group::LookingCloser, tr_later("Wheel, drag"), tr_later("Zoom and pan")},
     {Group::LookingCloser, tr_later("0 or double-click"), tr_later("Reset zoom")},
     {Group::LookingCloser, "[ / ]", tr_later("Begin or end a loop here")},
     {Group::LookingCloser, tr_later("Backspace"), tr_later("Clear loop")},
     {Group::LookingCloser, "P", tr_later("Skip pauses, or not")},
     {Group::LookingCloser, tr_later("Shift+C"), tr_later("Captions on or off")},
     {Group::LookingCloser, tr_later("Ctrl+F"), tr_later("Search in the captions")},
     {Group::LookingCloser, "T", tr_later("Transcript or comments")},
     {Group::LookingCloser, "W", tr_later("Small window over all others")},
     {Group::Reviewing, "I / O", tr_later("Begin or end the clip here")},
     {Group::Reviewing, tr_later("Shift+I / Shift+O"), tr_later("To its beginning or its end")},
     {Group::Reviewing, "C", tr_later("A chapter begins here")},
     {Group::Comments, "C", tr_later("Write a comment at this moment")},
     {Group::Comments, tr_later("Ctrl+Enter"), tr_later("Send it")},
     {Group::Comments, "I / O", tr_later("From here, until here")},
     {Group::Comments, tr_later("Shift+drag"), tr_later("Mark a range on the bar")},
     {Group::Comments, "D", tr_later("Draw on the picture")},
     {Group::Comments, tr_later("Ctrl+Z"), tr_later("Take the last stroke back")},
     {Group::Comments, tr_later("Ctrl+1 … 6"), tr_later("React")},
     {Group::Recording, tr_later("Ctrl+R"), tr_later("Start")},
     {Group::Recording, tr_later("Space"), tr_later("Pause and resume")},
     {Group::Recording, "S", tr_later("Stop")},
     {Group::Recording, "M", tr_later("Microphone off or on")},
     {Group::Recording, "B", tr_later("Redo last sentence")},
     {Group::Recording, "C", tr_later("A chapter begins here")},
     {Group::Recording, "D", tr_later("Draw on the screen, or wipe it off")},
     {Group::Recording, tr_later("Ctrl+Alt+P S M B C D"), tr_later("The same from any program")},
     {Group::Everywhere, tr_later("Ctrl+R"), tr_later("Record an update")},
     {Group::Everywhere, "/", tr_later("Search")},
     {Group::Everywhere, "P", tr_later("In the Inbox: play all that is new")},
     {Group::Everywhere, tr_later("Tab"), tr_later("To the next control; Enter presses it")},
     {Group::Everywhere, tr_later("Esc"), tr_later("Back")}}};

constexpr std::array<double, 9> kSpeeds{0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3};

bool seek_by(MediaTime step, const WatchState& state, WatchActions& actions) {
  const MediaTime shown =
      std::clamp(shown_position(state) + step, MediaTime{}, std::max(MediaTime{}, shown_duration(state)));
  actions.seek(recorded_time(state, shown));
  return true;
}

bool change_volume(double step, const WatchState& state, WatchActions& actions) {
  if (state.is_muted) actions.set_muted(false);
  actions.set_volume(std::clamp(state.player.volume + step, 0.0, 1.0));
  return true;
}

// Where the other end would lie on the wrong side, it is given up.
bool set_loop_end(bool is_start, const WatchState& state, WatchActions& actions) {
  Loop loop = state.tools.loop;
  const MediaTime at = state.player.position;
  (is_start ? loop.from : loop.to) = at;
  if (loop.from && loop.to && *loop.to <= *loop.from) (is_start ? loop.to : loop.from).reset();
  return actions.set_loop(loop), true;
}

// Back: to the beginning of this one; from there to the one before.
bool act_on_chapter_key(Key key, const WatchState& state, WatchActions& actions) {
  constexpr MediaTime kJustBegun = std::chrono::seconds(2);
  const Chapters chapters = chapters_on_screen(state, state.clip.chapters);
  const MediaTime at = shown_position(state);
  const auto seek = [&](MediaTime shown) { actions.seek(recorded_time(state, shown)); };
  if (chapters.empty() || (key != Key::Left && key != Key::Right)) return false;
  if (key == Key::Right) {
    const auto next = std::ranges::upper_bound(chapters, at, {}, &Chapter::at);
    return seek(next == chapters.end() ? shown_duration(state) : next->at), true;
  }
  const std::size_t before = chapter_at(chapters, std::max(MediaTime{}, at - kJustBegun));
  return seek(before == chapters.size() ? MediaTime{} : chapters[before].at), true;
}

bool act_on_named_watch_key(Key key, const WatchState& state, WatchActions& actions) {
  switch (key) {
    case Key::Space:
      return actions.play_pause(), true;
    case Key::Left:
      return seek_by(-kArrowStep, state, actions);
    case Key::Right:
      return seek_by(kArrowStep, state, actions);
    case Key::Up:
      return change_volume(kVolumeStep, state, actions);
    case Key::Down:
      return change_volume(-kVolumeStep, state, actions);
    case Key::Home:
      return actions.seek(recorded_time(state, MediaTime{})), true;
    case Key::End:
      return actions.seek(recorded_time(state, shown_duration(state))), true;
    case Key::Backspace:
      return actions.set_loop({}), true;
    default:
      return false;
  }
}

constexpr std::array<Layout, 4> kLayoutKeys{Layout::SideBySide, Layout::Screen, Layout::Camera,
                                            Layout::Bubble};

void draw_row(Pen& pen, Box row, const Shortcut& shortcut) {
  const char* keys = tr(shortcut.keys);
  const char* does = tr(shortcut.does);
  const float width = pen.text_width(TextStyle::BodyStrong, keys) + pen.px(1);
  pen.text(row.cut_right(width), TextStyle::BodyStrong, pen.theme.text, keys, Align::Right);
  row.cut_right(pen.px(10));
  const bool has_room = pen.text_width(TextStyle::Body, does) <= row.width();
  pen.text(row, has_room ? TextStyle::Body : TextStyle::Caption, pen.theme.soft_text, does);
}

using Groups = std::vector<Group>;

constexpr float kGroupHead = 28;
constexpr float kGroupGap = 8;

constexpr float kLeastRow = 18;
constexpr float kMostRow = 25;
// Points: less, and there is one column.
constexpr float kTwoColumns = 600;

float height_of_groups(const Pen& pen, const Groups& groups, float row) {
  const auto rows = std::ranges::count_if(kShortcuts, [&](const Shortcut& shortcut) {
    return std::ranges::find(groups, shortcut.group) != groups.end();
  });
  return float(groups.size()) * pen.px(kGroupHead + kGroupGap) + float(rows) * row;
}

// As high as the column has room for, within what is pleasant to read.
float row_height(const Pen& pen, float height, const Groups& groups) {
  const float heads = height_of_groups(pen, groups, 0);
  const float rows = height_of_groups(pen, groups, 1) - heads;
  return std::clamp(std::floor((height - heads) / rows), pen.px(kLeastRow), pen.px(kMostRow));
}

void draw_groups(Pen& pen, Box column, const Groups& groups, float row) {
  for (const Group group : groups) {
    pen.text(column.cut_top(pen.px(kGroupHead)), TextStyle::CaptionStrong, pen.theme.accent,
             tr(kGroupNames[std::size_t(group)]));
    for (const Shortcut& shortcut : kShortcuts)
      if (shortcut.group == group) draw_row(pen, column.cut_top(row), shortcut);
    column.cut_top(pen.px(kGroupGap));
  }
}

// Side by side, or below each other in a narrow window; what has no room scrolls.
void draw_columns(Pen& pen, const Box& area) {
  const Groups first{Group::Watching, Group::LookingCloser};
  const Groups second{Group::Reviewing, Group::Comments, Group::Recording, Group::Everywhere};
  ScrollArea scroll(pen, "shortcuts/scroll", area);
  Box rest = scroll.content();
  rest.right -= pen.px(10);
  const bool is_beside = area.width() > pen.px(kTwoColumns);
  const float row =
      is_beside ? std::min(row_height(pen, area.height(), first), row_height(pen, area.height(), second))
                : pen.px(kMostRow);
  const float left = height_of_groups(pen, first, row);
  const float right = height_of_groups(pen, second, row);
  if (is_beside) {
    draw_groups(pen, rest.cut_left((rest.width() - pen.px(40)) / 2), first, row);
    rest.cut_left(pen.px(40));
  } else {
    draw_groups(pen, {rest.left, rest.top, rest.right, rest.top + left}, first, row);
    rest.top += left;
  }
  draw_groups(pen, rest, second, row);
  scroll.set_height(is_beside ? std::max(left, right) : left + right);
}

}  // namespace

std::span<const double> speeds() {
  return kSpeeds;
}

double next_speed(double speed, int direction) {
  if (direction > 0) {
    const auto next = std::ranges::find_if(kSpeeds, [&](double s) { return s > speed + 0.001; });
    return next == kSpeeds.end() ? kSpeeds.back() : *next;
  }
  const auto next =
      std::find_if(kSpeeds.rbegin(), kSpeeds.rend(), [&](double s) { return s < speed - 0.001; });
  return next == kSpeeds.rend() ? kSpeeds.front() : *next;
}

bool act_on_watch_key(const KeyPress& press, const WatchState& state, Actions& actions) {
  if (press.control) return act_on_chapter_key(press.key, state, actions.watch);
  WatchActions& watch = actions.watch;
  if (press.key != Key::Character) return act_on_named_watch_key(press.key, state, watch);
  switch (press.character) {
    case 'k':
      return watch.play_pause(), true;
    case 'j':
      return seek_by(-kLetterStep, state, watch);
    case 'l':
      return seek_by(kLetterStep, state, watch);
    case ',':
      return watch.step_frames(-1), true;
    case '.':
      return watch.step_frames(1), true;
    case '<':
      return watch.set_speed(next_speed(state.player.speed, -1)), true;
    case '>':
      return watch.set_speed(next_speed(state.player.speed, 1)), true;
    case 'n':
      if (!state.queue.is_on) return false;
      return actions.queue.play_next(), true;
    case 'm':
      return watch.set_muted(!state.is_muted), true;
    case 'f':
      return actions.app.toggle_full_screen(), true;
    case '[':
      return set_loop_end(true, state, watch);
    case ']':
      return set_loop_end(false, state, watch);
    case 'p':
      if (!state.tools.pauses) return false;
      return watch.set_skip_pauses(!state.tools.skips_pauses), true;
    case 'w':
      return actions.app.set_mini(!state.tools.is_mini), true;
    case '1':
    case '2':
    case '3':
    case '4':
      return watch.set_layout(kLayoutKeys[std::size_t(press.character - '1')]), true;
    default:
      return false;
  }
}

bool act_on_answer_key(const KeyPress& press, const WatchState& state, AnswerActions& actions) {
  if (press.key == Key::Escape && state.answers.is_drawing) return actions.set_drawing(false), true;
  if (press.key != Key::Character) return false;
  const MediaTime now = state.player.position;
  if (press.control) {
    if (press.character == 'z' && !state.draft.drawing.empty()) return actions.undo_shape(), true;
    const int choice = press.character - '1';
    if (choice < 0 || choice >= int(kReactions.size())) return false;
    return actions.react(std::string(kReactions[std::size_t(choice)])), true;
  }
  switch (press.character) {
    case 'd':
      return actions.set_drawing(!state.answers.is_drawing), true;
    case 'i':
      return actions.mark_range(now, std::max(now, state.draft.to.value_or(now))), true;
    case 'o':
      return actions.mark_range(std::min(now, state.draft.at.value_or(now)), now), true;
    default:
      return false;
  }
}

bool act_on_review_key(const KeyPress& press, const PublishState& state, PublishActions& actions) {
  if (press.control || !state.review.is_open) return false;
  const MediaTime at = state.review.player.position;
  const KeptRange range = range_of(state.review.trim, state.duration);
  const auto seek_by = [&](MediaTime step) {
    return actions.seek(std::clamp(at + step, MediaTime{}, state.duration)), true;
  };
  switch (press.key) {
    case Key::Space:
      return actions.play_pause(), true;
    case Key::Left:
      return seek_by(-kArrowStep);
    case Key::Right:
      return seek_by(kArrowStep);
    case Key::Home:
      return actions.seek(range.from), true;
    case Key::End:
      return actions.seek(range.to), true;
    case Key::Character:
      break;
    default:
      return false;
  }
  switch (press.character) {
    case 'k':
      return actions.play_pause(), true;
    case 'j':
      return seek_by(-kLetterStep);
    case 'l':
      return seek_by(kLetterStep);
    case ',':
      return actions.step_frames(-1), true;
    case '.':
      return actions.step_frames(1), true;
    case 'i':
      if (press.shift) return actions.seek(range.from), true;
      return actions.trim(begun_at(state.review.trim, at, state.duration)), true;
    case 'c':
      return actions.set_chapters(
                 with_chapter(state.review.chapters, at, "").value_or(state.review.chapters)),
             true;
    case 'o':
      if (press.shift) return actions.seek(range.to), true;
      return actions.trim(ended_at(state.review.trim, at, state.duration)), true;
    default:
      return false;
  }
}

bool act_on_record_key(const KeyPress& press, const RecordPageState& state, RecordActions& actions) {
  // A letter or a space that was meant for a field must never start a recording.
  if (press.control && press.character == 'r' && state.phase == RecordPhase::Armed)
    return actions.begin(), true;
  if (press.control) return false;
  const bool is_stop = press.key == Key::Character && press.character == 's';
  switch (state.phase) {
    case RecordPhase::Armed:
      return false;
    case RecordPhase::Rehearsed:
      if (press.key != Key::Space && press.key != Key::Escape) return false;
      return actions.end_rehearsal(), true;
    case RecordPhase::Rehearsing:
      return press.key == Key::Escape;  // it is over in three seconds
    case RecordPhase::Countdown:
      if (press.key == Key::Space || press.key == Key::Escape) return actions.cancel_countdown(), true;
      return false;
    case RecordPhase::Recording:
    case RecordPhase::Paused:
      if (is_stop) return actions.stop(), true;
      if (press.key == Key::Character && press.character == 'm')
        return actions.mute(!state.status.is_muted), true;
      if (press.key == Key::Character && press.character == 'c') return actions.mark_chapter(), true;
      if (press.key == Key::Character && press.character == 'b') return actions.say_again(), true;
      if (press.key == Key::Character && press.character == 'd' && state.can_draw)
        return actions.draw_on_screen(!state.is_drawing), true;
      if (press.key != Key::Space) return press.key == Key::Escape;  // never leaves a take by accident
      state.phase == RecordPhase::Paused ? actions.resume() : actions.pause();
      return true;
    default:
      return false;
  }
}

bool act_on_common_key(const KeyPress& press, const UiState& state, AppActions& actions) {
  if (press.control) {
    const bool is_new = press.character == 'r' && state.page != PageId::Record;
    return is_new && (actions.show_page(PageId::Record), true);
  }
  if (press.key == Key::Escape) {
    if (state.shortcuts_shown) return actions.show_shortcuts(false), true;
    return actions.go_back(), true;
  }
  if (press.key != Key::Character) return false;
  if (press.character == '?') return actions.show_shortcuts(!state.shortcuts_shown), true;
  if (press.character == '/') return actions.begin_search(), true;
  return false;
}

void draw_shortcut_sheet(Pen& pen, const Box& screen, AppActions& actions) {
  const Layer layer(pen, "shortcuts", screen);
  pen.fill(screen, pen.theme.shade);
  const bool is_outside = pen.input.part("shortcuts/outside", screen, Focus::Skips).is_clicked;
  const Box panel = screen.centered(std::min(pen.px(820), screen.width() - pen.px(32)),
                                    std::min(pen.px(680), screen.height() - pen.px(8)));
  pen.shadow(panel, 12);
  pen.fill(panel, pen.theme.surface, 12);
  pen.outline(panel, pen.theme.border, 12);
  pen.input.part("shortcuts/ground", panel, Focus::Skips);
  const SpokenGroup group(pen.input.narration(), "shortcuts", panel,
                          {.role = AccessibleRole::Dialog, .name = tr("Keyboard shortcuts")});
  Box inside = panel.inset(pen.px(28), pen.px(20));
  Box head = inside.cut_top(pen.px(44));
  const Box close = head.cut_right(pen.px(32)).centered(pen.px(32), pen.px(32));
  pen.text(head, TextStyle::Heading, pen.theme.text, tr("Keyboard shortcuts"));
  const bool is_closed = draw_icon_button(
      pen, close,
      {.name = "shortcuts/close", .icon = icons::kClose, .tip = tr("Close"), .shortcut = tr("Esc")});
  draw_columns(pen, inside);
  if (is_outside || is_closed) actions.show_shortcuts(false);
}

}  // namespace meanwhile
