// Recording an answer in place: the Record page's machinery in a small mode, then into the clip's library and
// onto its moment.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/sending/publisher.h"
#include "app/ui/state.h"
#include "app/window/answer_desk.h"
#include "app/window/desk.h"
#include "app/window/record_desk.h"
#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/play/audio_output.h"
#include "media/play/player.h"
#include "media/record/take_summary.h"

namespace meanwhile {

class ReplyDesk {
 public:
  // make_output: a loudspeaker for what was recorded. wake: any thread.
  ReplyDesk(Desk& desk, RecordDesk& record, AnswerDesk& answers,
            std::function<std::unique_ptr<AudioOutput>()> make_output, std::function<void()> wake)
      : desk_(desk),
        record_(record),
        answers_(answers),
        make_output_(std::move(make_output)),
        wake_(std::move(wake)) {}

  // Arms the devices of that kind; begin_recording() starts.
  void begin(ReplyKind kind);
  // Lets the devices go; what runs, or was recorded and not sent, is thrown away.
  void cancel();
  // The Watch page is left: what runs, or was recorded and not sent, becomes a draft as any other.
  void leave();
  // A take was recorded: true, if it is an answer, which can be heard now, and waits to be sent.
  bool take_over(const TakeSummary& summary);
  // What was recorded: plays it, or pauses.
  void play_pause();
  // It is thrown away, and the devices are ready again.
  void redo();
  void send();
  // Before each frame: shows the Record page's strip while the screen is recorded, and what is played.
  void update();
  std::optional<MonotonicTime> next_change() const;

 private:
  void hand_over(Result<PreparedTake> prepared, const std::string& title, LibrarySession& library,
                 const EventBody& answer);
  void fail_with(const Error& error);
  void drop_take();
  void close_review();
  void end();
  AnswerState& answers() const { return desk_.state.watch.answers; }

  Desk& desk_;
  RecordDesk& record_;
  AnswerDesk& answers_;
  const std::function<std::unique_ptr<AudioOutput>()> make_output_;
  const std::function<void()> wake_;
  std::optional<TakeSummary> taken_;  // recorded, not sent
  std::unique_ptr<Player> player_;    // of it
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
