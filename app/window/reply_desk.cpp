#include "app/window/reply_desk.h"

#include <stop_token>
#include <string>
#include <utility>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/text.h"
#include "app/sending/publisher.h"
#include "app/ui/state.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/record/take_summary.h"

namespace meanwhile {

void ReplyDesk::begin(ReplyKind kind) {
  if (record_.is_recording() || answers().recording) return;
  answers().recording = kind;
  record_.arm_for_reply(kind);
}

void ReplyDesk::cancel() {
  if (!answers().recording || answers().is_sending_recording) return;
  record_.discard();
  end();
}

void ReplyDesk::leave() {
  if (!answers().recording) return;
  if (record_.is_recording()) record_.stop();
  end();
}

void ReplyDesk::end() {
  answers().recording.reset();
  answers().is_sending_recording = false;
  record_.disarm();
}

bool ReplyDesk::take_over(const TakeSummary& summary) {
  OpenLibrary* library = answers_.library();
  if (!answers().recording || !library) return false;
  const auto answer = answers_.recorded_answer(summary.clip);
  if (!answer) return fail_with(answer.error()), true;
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
  return true;
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
  desk_.notices.show(NoticeKind::Failure, "The recorded answer could not be sent",
                     error.message + ". It is in the Inbox as a draft.");
  end();
}

void ReplyDesk::update() {
  if (!answers().recording) return;
  const bool is_aside = record_.is_recording() && desk_.state.record.is_strip;
  if (desk_.state.page == PageId::Watch && is_aside) desk_.state.page = PageId::Record;
  if (desk_.state.page == PageId::Record && !is_aside) desk_.state.page = PageId::Watch;
}

}  // namespace meanwhile
