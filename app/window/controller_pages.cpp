// Which page the window shows, and the ways from one to another.
#include "app/library/format.h"
#include "app/window/controller.h"

namespace meanwhile {
namespace {

// The small window: a screen's shape and a camera beside it.
constexpr int kMiniWidth = 460;
constexpr int kMiniHeight = 200;
constexpr int kMiniMargin = 32;

}  // namespace

void Controller::leave_page() {
  set_mini(false);
  return_to_.reset();
  is_play_wanted_ = false;
  reply_.leave();
  if (state_.page == PageId::Watch) watch_.close();
  if (state_.page == PageId::Record) record_.disarm();
  if (state_.page == PageId::Publish) publish_.leave();
}

void Controller::show_page(PageId page) {
  if (page == PageId::Watch || page == PageId::Publish) return;  // those come with a clip or a take
  if (page != state_.page) leave_page();
  state_.page = page;
  if (page == PageId::Record) record_.arm();
  if (page == PageId::Inbox) inbox_.refresh();
  if (page == PageId::Settings) settings_.fill();
}

void Controller::go_back() {
  if (state_.watch.tools.is_mini) return set_mini(false);
  if (window_.is_full_screen()) return toggle_full_screen();
  if (state_.watch.answers.played) return watch_.answer().close();
  if (state_.page == PageId::Watch && return_from_answer()) return;
  if (state_.page == PageId::Inbox && !state_.inbox.search.empty()) return search("");
  if (state_.page == PageId::Watch || state_.page == PageId::Publish) show_page(PageId::Inbox);
}

void Controller::toggle_full_screen() {
  window_.set_full_screen(!window_.is_full_screen());
  state_.watch.is_full_screen = window_.is_full_screen();
}

// In the corner where it covers least.
void Controller::set_mini(bool on) {
  if (on == state_.watch.tools.is_mini || state_.page != PageId::Watch) return;
  if (on && window_.is_full_screen()) toggle_full_screen();
  state_.watch.tools.is_mini = on;
  const auto displays = window_.displays();
  if (!on || displays.empty()) return window_.come_back();
  const Rect& display = displays.front();
  window_.stand_aside(Rect{.x = display.x + display.width - kMiniWidth - kMiniMargin,
                           .y = display.y + display.height - kMiniHeight - kMiniMargin,
                           .width = kMiniWidth,
                           .height = kMiniHeight});
}

void Controller::open_clip(const std::string& clip) {
  open_clip_from(clip, std::nullopt);
}

void Controller::open_clip_at(const std::string& clip, MediaTime at) {
  open_clip_from(clip, at);
}

// at: nullopt: where the person stopped.
void Controller::open_clip_from(const std::string& clip, std::optional<MediaTime> at) {
  leave_page();
  if (auto opened = watch_.open_clip(clip, at); !opened) {
    notices_.show(NoticeKind::Failure, "The clip can't be opened", opened.error().message);
    return;
  }
  state_.page = PageId::Watch;
}

bool Controller::open_to_play(const std::string& clip) {
  leave_page();
  if (!watch_.open_clip(clip, std::nullopt)) return false;
  state_.page = PageId::Watch;
  is_play_wanted_ = true;
  return true;
}

// With a way back to where it hangs.
void Controller::watch_answer(const std::string& clip) {
  const WatchState& from = state_.watch;
  const ReturnPlace place{.clip = from.clip.id, .at = from.player.position};
  const std::string words = title_or_untitled(from.clip.title) + ", " + format_moment(place.at);
  open_clip(clip);
  if (state_.page != PageId::Watch || state_.watch.clip.id != clip) return;
  return_to_ = place;
  state_.watch.answers.back_to = words;
  is_play_wanted_ = true;
}

bool Controller::return_from_answer() {
  const auto place = std::exchange(return_to_, std::nullopt);
  if (!place || !watch_.open_clip(place->clip, place->at)) return false;
  state_.page = PageId::Watch;
  is_play_wanted_ = false;
  return true;
}

void Controller::open_take(const std::string& take) {
  leave_page();
  if (auto opened = publish_.open(take); !opened) {
    notices_.show(NoticeKind::Failure, "The take can't be opened", opened.error().message);
    return show_page(PageId::Inbox);
  }
  state_.page = PageId::Publish;
  on_poster();
}

void Controller::show_take(const TakeSummary& summary) {
  state_.page = PageId::Inbox;  // the Record page's devices are let go already
  inbox_.refresh();
  open_take(summary.clip);
}

}  // namespace meanwhile
