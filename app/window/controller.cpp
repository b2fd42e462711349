#include "app/window/controller.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/application.h"
#include "app/library/link.h"
#include "app/library/time_words.h"
#include "app/library/window_call.h"
#include "app/platform/painter.h"
#include "app/platform/window.h"
#include "app/ui/state.h"
#include "app/window/one_window.h"
#include "app/window/rehearsal.h"
#include "app/window/start_place.h"
#include "app/window/window_title.h"
#include "media/base/clock.h"
#include "media/base/identifier.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/record/take.h"

namespace meanwhile {
namespace {

// "3 min ago" grows old.
constexpr std::chrono::seconds kAgesInterval{30};

}  // namespace

Controller::Controller(Application& application, Window& window)
    : application_(application),
      window_(window),
      mailbox_([&window] { window.knock(); }),
      desk_{application_, state_, notices_, mailbox_, worker_, lanes_, clock_},
      desks_(desk_, window),
      playing_(desk_, desks_.watch, desks_.queue, [&window] { window.raise(); }) {}

void Controller::start(const StartPlace& place) {
  for (const std::string& warning : application_.warnings()) notices_.show(NoticeKind::Warning, warning);
  desks_.libraries.start();
  desks_.on_libraries();
  recover_takes();
  desks_.settings.fill();
  tour_ = place.tour;
  if (tour_) tour_end_ = clock_.now() + tour_->length;
  desks_.pages.begin(place);
}

void Controller::answer_call(const std::string& line, std::function<void()> taken_up) {
  mailbox_.post([this, line, taken_up = std::move(taken_up)] {
    if (!desks_.record.is_recording()) window_.raise();  // it would be in the picture
    const auto call = parse_window_call(line);
    if (call) follow_call(place_of(*call));
    if (!call)
      notices_.show(NoticeKind::Warning, tr("What was to be opened here can't be"), call.error().message);
    taken_up();
  });
}

// A recording is never left for it.
void Controller::follow_call(const StartPlace& place) {
  if (place.clip.empty() && !place.page) return;
  if (!desks_.record.is_recording()) return desks_.pages.begin(place);
  const bool is_update = !place.clip.empty();
  if (!is_update && place.page == desk_.state.page) return;
  notices_.show(NoticeKind::Warning,
                is_update ? tr("An update is to be opened, but a recording is running")
                          : tr("Another page is to be shown, but a recording is running"),
                tr("Open it when the recording is over."), tr("Open it"),
                [this, place] { follow_call(place); });
}

// First what anybody could miss, then the devices.
void Controller::finish() {
  desks_.record.finish();
  desks_.pages.leave();
  desks_.inbox.keep_presence();
}

void Controller::recover_takes() {
  desk_.in_background(
      alive_,
      [takes = application_.home().takes(), rehearsals = application_.home().rehearsals()](std::stop_token) {
        remove_left_rehearsals(rehearsals);
        Recovery recovery;
        recovery.takes = recover_takes_in(takes, recovery.warnings);
        return recovery;
      },
      [this](const Recovery& recovery) { tell_recovery(recovery); });
}

void Controller::tell_recovery(const Recovery& recovery) {
  for (const Take& take : recovery.takes) {
    notices_.show(NoticeKind::Info,
                  // TRANSLATORS: {} is how long it is, such as "3 minutes".
                  tr_format("An interrupted recording was recovered: {}", duration_words(take.duration)),
                  tr("Publish it or throw it away."), tr("Look at it"),
                  [this, clip = take.clip] { desks_.pages.open_take(clip); });
  }
  for (const std::string& warning : recovery.warnings) notices_.show(NoticeKind::Warning, warning);
  if (!recovery.takes.empty()) desks_.inbox.refresh();
}

void Controller::draw(Painter& painter) {
  notices_.let_go_of_old();
  desks_.record.update();
  desks_.reply.update();
  desks_.watch.update();
  desks_.answers.update();
  desks_.arranging.update();
  desks_.publish.update();
  desks_.transcripts.update();
  desks_.queue.update();
  desks_.pages.update();
  playing_.update();
  look_after_tour();
  if (!ages_due_ || *ages_due_ <= clock_.now()) say_ages();
  if (const auto due = desks_.news.next_duty(); due && *due <= clock_.now()) desks_.look_for_news();
  fill_title();
  ui_.draw(state_, desks_.actions, painter);
  if (ui_.had_input()) desks_.inbox.note_presence(wall_now());
}

// Minimised, too: the title is all that is seen then.
bool Controller::answer_knock() {
  const bool is_news = mailbox_.deliver();
  playing_.update();
  fill_title();
  return is_news;
}

void Controller::fill_title() {
  const WindowBadge badge = window_badge(state_.record);
  if (std::exchange(badge_, badge) != badge) window_.set_badge(badge);
  std::string title = window_title(state_, application_.settings().notify);
  if (title == title_) return;
  title_ = std::move(title);
  window_.set_title(title_);
}

void Controller::say_ages() {
  ages_due_ = clock_.now() + kAgesInterval;
  desks_.libraries.say_arrivals();
  desks_.inbox.refresh();
  if (state_.page == PageId::Publish) desks_.publish.fill_reach();
  desks_.look_for_news();
}

// A tour ends with a picture of what the window shows then.
void Controller::look_after_tour() {
  if (!tour_end_ || clock_.now() < *tour_end_) return;
  tour_end_.reset();
  if (tour_->screenshot.empty()) return window_.close();
  window_.capture(tour_->screenshot, [this](Result<void> written) {
    if (!written) log(LogLevel::Error, written.error().message);
    window_.close();
  });
}

std::optional<MonotonicTime> Controller::next_change() {
  std::optional<MonotonicTime> next = ages_due_;
  for (const auto& other :
       {desks_.record.next_change(), desks_.reply.next_change(), desks_.watch.next_change(),
        desks_.answers.next_change(), desks_.publish.next_change(), desks_.queue.next_change(),
        notices_.next_change(), tour_end_}) {
    if (other && (!next || *other < *next)) next = other;
  }
  return next;
}

// Minimised, too.
std::optional<MonotonicTime> Controller::next_duty() {
  const auto take = desks_.record.next_duty();
  const auto news = desks_.news.next_duty();
  return take && news ? std::min(take, news) : take ? take : news;
}

void Controller::take_files(const std::vector<std::filesystem::path>& files) {
  desks_.imports.import(files);
}

void Controller::take_text(const std::string& text) {
  const std::string link(trimmed(text));
  if (is_link(link)) return follow_call({.clip = link});
  notices_.show(NoticeKind::Warning, tr("What was dropped is no link to an update"), shorten(link, 60));
}

bool Controller::may_close() {
  if (!desks_.record.is_recording()) return true;
  notices_.show(NoticeKind::Warning, tr("A recording is running"),
                tr("Stop it first; closing the window then loses nothing."));
  return false;
}

}  // namespace meanwhile
