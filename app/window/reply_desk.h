// Recording an answer in place: the Record page's machinery in a small mode, then into the clip's library and
// onto its moment.
#pragma once

#include <memory>
#include <string>

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/sending/publisher.h"
#include "app/ui/state.h"
#include "app/window/answer_desk.h"
#include "app/window/desk.h"
#include "app/window/record_desk.h"
#include "media/base/result.h"
#include "media/record/take_summary.h"

namespace meanwhile {

class ReplyDesk {
 public:
  ReplyDesk(Desk& desk, RecordDesk& record, AnswerDesk& answers)
      : desk_(desk), record_(record), answers_(answers) {}

  // Arms the devices of that kind; begin_recording() starts.
  void begin(ReplyKind kind);
  // Lets the devices go; what runs is thrown away.
  void cancel();
  // The Watch page is left: a take that runs is saved as any other.
  void leave();
  // A take was recorded: true, if it is an answer, which is on its way from then on.
  bool take_over(const TakeSummary& summary);
  // Before each frame: shows the Record page's strip while the screen is recorded.
  void update();

 private:
  void hand_over(Result<PreparedTake> prepared, const std::string& title, LibrarySession& library,
                 const EventBody& answer);
  void fail_with(const Error& error);
  void end();
  AnswerState& answers() const { return desk_.state.watch.answers; }

  Desk& desk_;
  RecordDesk& record_;
  AnswerDesk& answers_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
