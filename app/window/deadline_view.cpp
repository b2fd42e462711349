#include "app/window/deadline_view.h"

#include <string_view>
#include <utility>
#include <vector>

#include "app/library/deadlines.h"
#include "app/library/index.h"
#include "app/ui/draft.h"
#include "app/ui/state.h"
#include "media/base/identifier.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

ReplyByView view_of(const Deadline& deadline) {
  return {.label = deadline.label, .at = deadline.at, .theirs = deadline.theirs};
}

}  // namespace

DeadlineView deadline_view(Index& index, const AskDraft& ask, WallTime now, std::string_view zone) {
  auto people = index.people();
  const std::vector<Person> asked = people ? asked_of(std::move(*people), ask.people) : std::vector<Person>{};
  DeadlineView view;
  for (const Deadline& choice : deadline_choices(asked, now, zone)) view.choices.push_back(view_of(choice));
  if (!ask.by) return view;
  view.chosen = view_of(deadline_at(*ask.by, asked, now, zone));
  if (const auto outside = outside_hours(*ask.by, asked, now, zone)) {
    view.outside = tr_format("Outside working hours in {}", outside->where);
    view.moved = view_of(outside->next);
  }
  return view;
}

}  // namespace meanwhile
