#include "app/window/queue_desk.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "app/ui/draft.h"
#include "app/ui/state.h"
#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/play/player.h"

namespace meanwhile {
namespace {

// Long enough to read the next one's title and to press a key.
constexpr std::chrono::seconds kBetween{4};
constexpr std::chrono::milliseconds kCountdownStep{200};

}  // namespace

void QueueDesk::start(std::deque<std::string> clips) {
  rest_ = std::move(clips);
  is_on_ = true;
  play_next();
}

void QueueDesk::play_next() {
  next_at_.reset();
  while (!rest_.empty()) {
    const std::string clip = rest_.front();
    rest_.pop_front();
    // What was deleted meanwhile is passed over.
    if (!open_(clip)) continue;
    return fill();
  }
  leave();
}

void QueueDesk::leave() {
  is_on_ = false;
  rest_.clear();
  next_at_.reset();
  view() = {};
}

void QueueDesk::fill() {
  view() = {.is_on = is_on_, .left = static_cast<int>(rest_.size())};
  if (rest_.empty()) return;
  const auto library = desk_.application.library_of(rest_.front());
  const auto clip =
      library ? (*library)->session->index().clip(rest_.front()) : fail(ErrorCode::NotFound, "");
  view().next_title = clip && !clip->title.empty() ? display_line(clip->title) : tr("Untitled");
}

void QueueDesk::update() {
  if (!is_on_) return;
  if (desk_.state.page != PageId::Watch) return leave();
  // Opening a clip makes the page's state anew.
  if (!view().is_on) fill();
  const PlayerStatus& player = desk_.state.watch.player;
  const MonotonicTime now = desk_.clock.now();
  const bool is_over = player.is_ended || desk_.state.watch.load == LoadState::Failed;
  if (!is_over || rest_.empty() || is_busy()) {
    next_at_.reset();
  } else if (!next_at_) {
    next_at_ = now + kBetween;
  } else if (*next_at_ <= now) {
    return play_next();
  }
  view().countdown =
      next_at_ ? static_cast<int>(std::chrono::ceil<std::chrono::seconds>(*next_at_ - now).count()) : 0;
}

// Who is answering, or watches an answer, isn't done with this clip.
bool QueueDesk::is_busy() const {
  const WatchState& page = desk_.state.watch;
  const AnswerState& answers = page.answers;
  const bool is_writing = is_begun(page.draft) || answers.edit.has_value() || answers.is_drawing;
  return is_writing || answers.recording || answers.is_sending_recording || answers.played ||
         !answers.back_to.empty();
}

std::optional<MonotonicTime> QueueDesk::next_change() const {
  if (!next_at_) return std::nullopt;
  return std::min(*next_at_, desk_.clock.now() + kCountdownStep);
}

}  // namespace meanwhile
