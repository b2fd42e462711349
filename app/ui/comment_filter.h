// Which comments the list beside the picture shows, and which of them belongs to a moment.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/ui/state.h"

namespace meanwhile {

enum class CommentsShown { All, Open, Mine, Unread, OfPerson };

struct CommentFilter {
  CommentsShown shown = CommentsShown::All;
  std::string person = {};  // OfPerson: whose

  friend bool operator==(const CommentFilter&, const CommentFilter&) = default;
};

// A thread as a whole. Mine: something in it is mine, or asks me. Unread: something in it is new, or waits
// for me.
bool is_shown(const CommentView& comment, const CommentFilter& filter);

// Who said something, without the person themselves, in the order of their first words.
std::vector<PersonView> writers_of(std::span<const CommentView> comments);

// Those that are shown, by the moment at which they come; then those whose moment was cut.
std::vector<const CommentView*> in_shown_order(const WatchState& state, const CommentFilter& filter);

// The last of them that has come by now; nullptr: none has.
const CommentView* passed_last(const WatchState& state, std::span<const CommentView* const> comments);

}  // namespace meanwhile
