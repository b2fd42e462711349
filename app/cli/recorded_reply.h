// A take that is published as an answer: it hangs on a comment, or at a moment of a clip.
#pragma once

#include <string>

#include "app/cli/context.h"
#include "app/cli/words.h"
#include "app/libraries/libraries.h"
#include "app/library/events.h"
#include "media/base/result.h"

namespace meanwhile {

// What a recorded answer hangs on.
struct AnswerPlace {
  OpenLibrary* library = nullptr;
  EventBody event;    // without the recording
  std::string title;  // of the clip that it belongs to
};
// options.target: a comment's id, or a clip with options.at. Errors: NotFound, InvalidArgument.
Result<AnswerPlace> find_answer_place(Context& context, const WordOptions& options);

// Publishes the take there and hangs it up. Waits until both are stored unless that is not wanted. Errors:
// those of Application::publish, LibrarySession::say and wait_until_stored.
Result<StoredReport> publish_answer(Context& context, const AnswerPlace& place, const std::string& take,
                                    bool waits);

// `reply TARGET --clip TAKE`.
Result<void> run_recorded_reply(Context& context, const WordOptions& options);

}  // namespace meanwhile
