#include "app/ui/draft.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "app/library/drawing.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

void forget_moment_of_nothing(Draft& draft) {
  if (draft.text.empty() && draft.drawing.empty() && !draft.to) draft.at.reset();
}

}  // namespace

DraftStep edit_draft(const Draft& before, std::string text, MediaTime now) {
  DraftStep step{.draft = before};
  const bool is_first_character = before.text.empty() && !text.empty();
  step.draft.text = std::move(text);
  step.pause = is_first_character;
  if (before.reply_to) return step;
  if (is_first_character && !before.at) step.draft.at = now;
  forget_moment_of_nothing(step.draft);
  return step;
}

Draft reply_draft(const Draft& before, std::string comment) {
  Draft reply = before;
  reply.reply_to = std::move(comment);
  reply.at.reset();
  reply.to.reset();
  reply.ask.reset();
  ++reply.generation;
  return reply;
}

Draft ranged_draft(const Draft& before, MediaTime from, MediaTime to) {
  Draft draft = before;
  draft.reply_to.reset();
  draft.at = std::min(from, to);
  draft.to = from == to ? std::nullopt : std::optional(std::max(from, to));
  return draft;
}

Draft drawn_draft(const Draft& before, Shape shape, MediaTime now) {
  Draft draft = before;
  draft.drawing.push_back(std::move(shape));
  if (!is_within_limits(draft.drawing)) return before;
  if (!draft.reply_to && !draft.at) draft.at = now;
  return draft;
}

Draft undrawn_draft(const Draft& before) {
  Draft draft = before;
  if (!draft.drawing.empty()) draft.drawing.pop_back();
  forget_moment_of_nothing(draft);
  return draft;
}

bool is_begun(const Draft& draft) {
  return !draft.text.empty() || !draft.drawing.empty() || draft.at || draft.reply_to || draft.ask;
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
  // Half a time is none, and no deadline isn't what is meant.
  if (draft.ask && draft.ask->by_typed && !draft.ask->by) return false;
  return !text_to_send(draft).empty() || (!draft.drawing.empty() && !draft.ask);
}

}  // namespace meanwhile
