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

std::string text_to_send(const Draft& draft) {
  constexpr const char* kBlank = " \t\r\n";
  const auto first = draft.text.find_first_not_of(kBlank);
  if (first == std::string::npos) return {};
  return draft.text.substr(first, draft.text.find_last_not_of(kBlank) + 1 - first);
}

bool can_send(const Draft& draft) {
  return !text_to_send(draft).empty();
}

}  // namespace meanwhile
