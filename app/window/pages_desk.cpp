#include "app/window/pages_desk.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include "app/libraries/find_clip.h"
#include "app/library/format.h"
#include "app/library/link.h"
#include "app/ui/state.h"
#include "app/window/exports.h"
#include "app/window/start_place.h"
#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take_summary.h"

namespace meanwhile {
namespace {

// The small window: a screen's shape and a camera beside it.
constexpr int kMiniWidth = 460;
constexpr int kMiniHeight = 200;
constexpr int kMiniMargin = 32;

}  // namespace

void PagesDesk::begin(const StartPlace& place) {
  show_page(place.page.value_or(PageId::Inbox));
  if (place.clip.empty()) return;
  wanted_ = place;
  look_for_wanted();
}

void PagesDesk::look_for_wanted() {
  const auto libraries = desk_.application.libraries();
  if (!wanted_ || !libraries) return;
  const auto found = find_known_clip(*libraries, wanted_->clip);
  if (found) {
    const StartPlace place = *std::exchange(wanted_, std::nullopt);
    open_clip_from(found->clip.id, place.at);
    is_play_wanted_ = place.play;
  } else if (is_all_reached()) {
    wanted_.reset();
    desk_.notices.show(NoticeKind::Warning, tr("The update can't be opened"), found.error().message);
  }
}

bool PagesDesk::is_all_reached() const {
  const auto urls = desk_.application.library_urls();
  return std::ranges::all_of(urls, [this](const std::string& url) {
    const auto library = desk_.application.find_library(url);
    return desk_.application.library_failure(url) ||
           (library && pages_.inbox.was_reached((*library)->session->id()));
  });
}

void PagesDesk::leave_page() {
  set_mini(false);
  return_to_.reset();
  is_play_wanted_ = false;
  wanted_.reset();
  pages_.reply.leave();
  if (page() == PageId::Watch) pages_.watch.close();
  if (page() == PageId::Record) pages_.record.disarm();
  if (page() == PageId::Publish) pages_.publish.leave();
}

void PagesDesk::show_page(PageId wanted) {
  if (wanted == PageId::Watch || wanted == PageId::Publish) return;
  if (wanted != page()) leave_page();
  page() = wanted;
  if (wanted == PageId::Record) pages_.record.arm();
  if (wanted == PageId::Inbox) pages_.inbox.refresh();
  if (wanted == PageId::Settings) pages_.settings.fill();
}

void PagesDesk::go_back() {
  if (desk_.state.watch.tools.is_mini) return set_mini(false);
  if (window_.is_full_screen()) return toggle_full_screen();
  if (desk_.state.watch.answers.played) return pages_.watch.answer().close();
  if (page() == PageId::Watch && return_from_answer()) return;
  if (page() == PageId::Inbox) return widen_inbox();
  if (may_leave()) show_page(PageId::Inbox);
}

// A step back to all that there is.
void PagesDesk::widen_inbox() {
  const InboxState& inbox = desk_.state.inbox;
  if (!inbox.search.empty()) return pages_.inbox.search("");
  if (inbox.filter != InboxFilter::All) return pages_.inbox.choose_filter(InboxFilter::All);
  if (!inbox.channel.empty()) return pages_.inbox.choose_channel("");
  if (!inbox.library.empty()) return pages_.inbox.choose_library("");
}

void PagesDesk::begin_search() {
  if (!may_leave()) return;
  if (page() != PageId::Inbox) show_page(PageId::Inbox);
  ++desk_.state.inbox.searches_begun;
}

// A key never leaves a recording that goes on.
bool PagesDesk::may_leave() const {
  const RecordPhase phase = desk_.state.record.phase;
  const bool is_idle =
      phase == RecordPhase::Opening || phase == RecordPhase::Armed || phase == RecordPhase::Failed;
  return page() != PageId::Record || is_idle;
}

void PagesDesk::toggle_full_screen() {
  window_.set_full_screen(!window_.is_full_screen());
  desk_.state.watch.is_full_screen = window_.is_full_screen();
}

// In the corner where it covers least.
void PagesDesk::set_mini(bool on) {
  if (on == desk_.state.watch.tools.is_mini || page() != PageId::Watch) return;
  if (on && window_.is_full_screen()) toggle_full_screen();
  desk_.state.watch.tools.is_mini = on;
  const auto displays = window_.displays();
  if (!on || displays.empty()) return window_.come_back();
  const Rect& display = displays.front();
  window_.stand_aside(Rect{.x = display.x + display.width - kMiniWidth - kMiniMargin,
                           .y = display.y + display.height - kMiniHeight - kMiniMargin,
                           .width = kMiniWidth,
                           .height = kMiniHeight});
}

// at: nullopt: where the person stopped.
void PagesDesk::open_clip_from(const std::string& clip, std::optional<MediaTime> at) {
  leave_page();
  if (auto opened = pages_.watch.open_clip(clip, at); !opened) {
    desk_.notices.show(NoticeKind::Failure, tr("The update can't be opened"), opened.error().message);
    return;
  }
  page() = PageId::Watch;
}

bool PagesDesk::open_to_play(const std::string& clip) {
  leave_page();
  if (!pages_.watch.open_clip(clip, std::nullopt)) return false;
  page() = PageId::Watch;
  is_play_wanted_ = true;
  return true;
}

void PagesDesk::watch_answer(const std::string& clip) {
  const WatchState& from = desk_.state.watch;
  const ReturnPlace place{.clip = from.clip.id, .at = from.player.position};
  const std::string words = title_or_untitled(from.clip.title) + ", " + format_moment(place.at);
  open_clip(clip);
  if (page() != PageId::Watch || desk_.state.watch.clip.id != clip) return;
  return_to_ = place;
  desk_.state.watch.answers.back_to = words;
  is_play_wanted_ = true;
}

bool PagesDesk::return_from_answer() {
  const auto place = std::exchange(return_to_, std::nullopt);
  if (!place || !pages_.watch.open_clip(place->clip, place->at)) return false;
  page() = PageId::Watch;
  is_play_wanted_ = false;
  return true;
}

void PagesDesk::open_link(const std::string& url) {
  if (!is_link(url)) return open_web_page(desk_, url);
  const auto link = parse_link(url);
  if (!link)
    return desk_.notices.show(NoticeKind::Warning, tr("The link leads nowhere"), link.error().message);
  open_clip_from(link->clip, link->at);
}

void PagesDesk::open_take(const std::string& take) {
  leave_page();
  if (auto opened = pages_.publish.open(take); !opened) {
    desk_.notices.show(NoticeKind::Failure, tr("The draft can't be opened"), opened.error().message);
    return show_page(PageId::Inbox);
  }
  page() = PageId::Publish;
}

bool PagesDesk::open_to_arrange(const std::string& take, const Arrangement& arrangement) {
  const auto library = desk_.application.find_library(desk_.state.publish.library);
  leave_page();
  const auto opened = library ? pages_.watch.open_draft(take, **library, arrangement)
                              : Result<void>(std::unexpected(library.error()));
  if (opened) return page() = PageId::Watch, true;
  desk_.notices.show(NoticeKind::Failure, tr("The draft can't be opened"), opened.error().message);
  open_take(take);
  return false;
}

void PagesDesk::show_take(const TakeSummary& summary) {
  page() = PageId::Inbox;  // the Record page's devices are let go already
  pages_.inbox.refresh();
  open_take(summary.clip);
}

void PagesDesk::update() {
  if (!is_play_wanted_ || page() != PageId::Watch || desk_.state.watch.player.duration <= MediaTime{}) return;
  is_play_wanted_ = false;
  pages_.watch.play_pause();
}

}  // namespace meanwhile
