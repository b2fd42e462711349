#include "app/window/reply_desk.h"

#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/text.h"
#include "app/sending/publisher.h"
#include "app/ui/state.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "media/play/player.h"
#include "media/record/take_summary.h"

namespace meanwhile {

void ReplyDesk::begin(ReplyKind kind) {
  if (record_.is_recording() || answers().recording) return;
  answers().recording = kind;
  record_.arm_for_reply(kind);
}

void ReplyDesk::cancel() {
  if (!answers().recording || answers().is_sending_recording) return;
  taken_ ? drop_take() : record_.discard();
  end();
}

void ReplyDesk::leave() {
  if (!answers().recording) return;
  if (record_.is_recording()) record_.stop();
  if (taken_)
    desk_.notices.show(NoticeKind::Info, tr("Your recorded answer was not sent"),
                       tr("It is in the Inbox as a draft."));
  end();
}

void ReplyDesk::drop_take() {
  const std::string clip = taken_->clip;
  close_review();
  if (const auto discarded = desk_.application.discard(clip); !discarded)
    desk_.notices.show(NoticeKind::Failure, tr("The recording could not be thrown away"),
                       discarded.error().message);
}

void ReplyDesk::close_review() {
  player_.reset();
  taken_.reset();
  answers().review.reset();
}

void ReplyDesk::end() {
  close_review();
  answers().recording.reset();
  answers().is_sending_recording = false;
  record_.disarm();
}

bool ReplyDesk::take_over(const TakeSummary& summary) {
  if (!answers().recording || !answers_.library()) return false;
  taken_ = summary;
  const OpenedClip opened = open_tracks(summary.clip, summary.folder, summary.tracks, summary.duration);
  player_ = Player::create(opened.media, make_output_(), desk_.clock, wake_);
  player_->set_volume(desk_.application.settings().volume);
  answers().review = AnswerReview{.has_pictures = opened.media.screen || opened.media.camera,
                                  .player = player_->status(),
                                  .screen = nullptr,
                                  .camera = nullptr};
  return true;
}

void ReplyDesk::play_pause() {
  if (!player_) return;
  const PlayerStatus status = player_->status();
  if (status.is_playing) return player_->pause();
  if (status.is_ended) player_->seek(MediaTime{});
  player_->play();
}

void ReplyDesk::redo() {
  if (!taken_ || !answers().recording) return;
  drop_take();
  record_.arm_for_reply(*answers().recording);
}

void ReplyDesk::send() {
  OpenLibrary* library = answers_.library();
  if (!taken_ || !answers().recording || !library) return;
  const TakeSummary summary = *taken_;
  close_review();
  const auto answer = answers_.recorded_answer(summary.clip);
  if (!answer) return fail_with(answer.error());
  answers().is_sending_recording = true;
  const std::string title = shorten("Re: " + display_line(desk_.state.watch.clip.title), kLongestTitle);
  const PublishDetails details{.title = title, .channel = "", .author_name = desk_.application.person_name()};
  LibrarySession& session = *library->session;
  desk_.in_background(
      alive_,
      [folder = summary.folder, details, &session](std::stop_token) {
        return prepare_take(folder, details, session.identity(), session.id(), session.outbox());
      },
      [this, title, &session, answer = *answer](Result<PreparedTake> prepared) {
        hand_over(std::move(prepared), title, session, answer);
      });
}

// The page may show something else by now: the answer goes where it was recorded for.
void ReplyDesk::hand_over(Result<PreparedTake> prepared, const std::string& title, LibrarySession& library,
                          const EventBody& answer) {
  if (!prepared) return fail_with(prepared.error());
  auto handed = desk_.application.hand_over(std::move(*prepared),
                                            {.title = title, .channel = "", .library = library.id()});
  if (!handed) return fail_with(handed.error());
  if (auto said = library.say(answer); !said) return fail_with(said.error());
  if (answers().recording) answers_.note_said();
  end();
}

void ReplyDesk::fail_with(const Error& error) {
  desk_.notices.show(NoticeKind::Failure, tr("The recorded answer could not be sent"),
                     tr_format("{}. It is in the Inbox as a draft.", error.message));
  end();
}

std::optional<MonotonicTime> ReplyDesk::next_change() const {
  return player_ ? player_->next_change() : std::nullopt;
}

void ReplyDesk::update() {
  if (player_ && answers().review) {
    AnswerReview& review = *answers().review;
    review.player = player_->status();
    review.screen = player_->picture(PictureTrack::Screen);
    review.camera = player_->picture(PictureTrack::Camera);
  }
  if (!answers().recording) return;
  const bool is_aside = record_.is_recording() && desk_.state.record.is_strip;
  if (desk_.state.page == PageId::Watch && is_aside) desk_.state.page = PageId::Record;
  if (desk_.state.page == PageId::Record && !is_aside) desk_.state.page = PageId::Watch;
}

}  // namespace meanwhile
