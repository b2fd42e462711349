// Which comments the list beside the picture shows, and which of them belongs to a moment.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/ui/state.h"
#include "media/base/media_time.h"

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

// The last that is shown at or before that moment; nullptr: none is. comments: by moment.
const CommentView* comment_at(std::span<const CommentView> comments, const CommentFilter& filter,
                              MediaTime at);

}  // namespace meanwhile
