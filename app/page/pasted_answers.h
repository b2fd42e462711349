// Answers of guests that somebody pastes: they came by a chat or a mail.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "app/library/events.h"
#include "app/library/index.h"
#include "app/page/guest_words.h"
#include "media/base/result.h"

namespace meanwhile {

// One of the libraries that they may be for.
struct AnswersLibrary {
  Index& index;
  std::vector<OpenShare> shares;  // all whose pages take answers, also those that have ended by themselves
  // As IntakeLibrary's.
  std::function<Result<void>(const std::vector<EventBody>&)> say;
};

// Takes up all that stand in the text and weren't there. Errors: InvalidArgument (there are none in it), the
// index's, say's.
Result<TakenUp> take_pasted_answers(std::string_view text, std::span<const AnswersLibrary> libraries);

}  // namespace meanwhile
