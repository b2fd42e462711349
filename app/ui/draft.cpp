#include "app/ui/draft.h"

#include <utility>

namespace meanwhile {

DraftStep edit_draft(const Draft& before, std::string text, MediaTime now) {
  DraftStep step{.draft = before};
  const bool is_first_character = before.text.empty() && !text.empty();
  step.draft.text = std::move(text);
  step.pause = is_first_character;
  if (before.reply_to) return step;
  if (is_first_character) step.draft.at = now;
  if (step.draft.text.empty()) step.draft.at.reset();
  return step;
}

Draft reply_draft(const Draft& before, std::string comment) {
  Draft reply = before;
  reply.reply_to = std::move(comment);
  reply.at.reset();
  ++reply.generation;
  return reply;
}

Draft empty_draft(const Draft& before) {
  return {.generation = before.generation + 1};
}

bool can_send(const Draft& draft) {
  return draft.text.find_first_not_of(" \t\r\n") != std::string::npos;
}

}  // namespace meanwhile
