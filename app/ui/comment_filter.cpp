#include "app/ui/comment_filter.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "app/ui/edited_time.h"
#include "app/ui/state.h"

namespace meanwhile {
namespace {

template <typename Test>
bool any_in_thread(const CommentView& comment, Test test) {
  return test(comment) || std::ranges::any_of(comment.replies, test);
}

}  // namespace

bool is_shown(const CommentView& comment, const CommentFilter& filter) {
  switch (filter.shown) {
    case CommentsShown::All:
      return true;
    case CommentsShown::Open:
      return !comment.is_resolved && !comment.is_deleted;
    case CommentsShown::Mine:
      return (comment.ask && comment.ask->is_for_me) ||
             any_in_thread(comment, [](const CommentView& said) { return said.is_mine; });
    case CommentsShown::Unread:
      return (comment.ask && comment.ask->waits_for_me) ||
             any_in_thread(comment, [](const CommentView& said) { return said.is_new; });
    case CommentsShown::OfPerson:
      return any_in_thread(comment, [&](const CommentView& said) { return said.author.id == filter.person; });
  }
  return true;
}

std::vector<PersonView> writers_of(std::span<const CommentView> comments) {
  std::vector<PersonView> writers;
  const auto add = [&](const CommentView& said) {
    if (said.is_mine || said.is_deleted) return;
    if (std::ranges::find(writers, said.author.id, &PersonView::id) == writers.end())
      writers.push_back(said.author);
  };
  for (const CommentView& comment : comments) {
    add(comment);
    std::ranges::for_each(comment.replies, add);
  }
  return writers;
}

std::vector<const CommentView*> in_shown_order(const WatchState& state, const CommentFilter& filter) {
  std::vector<const CommentView*> comments;
  for (const CommentView& comment : state.comments)
    if (is_shown(comment, filter)) comments.push_back(&comment);
  if (!is_edited_on_screen(state)) return comments;
  std::ranges::stable_sort(comments, {}, [&](const CommentView* comment) {
    return std::pair(is_cut(state, *comment), shown_time(state, *comment));
  });
  return comments;
}

const CommentView* passed_last(const WatchState& state, std::span<const CommentView* const> comments) {
  const CommentView* last = nullptr;
  for (const CommentView* comment : comments)
    if (is_about_shown(state, *comment) && !is_cut(state, *comment) &&
        shown_time(state, *comment) <= shown_position(state))
      last = comment;
  return last;
}

}  // namespace meanwhile
