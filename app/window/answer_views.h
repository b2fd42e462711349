// What the index knows of a clip's answers, as the Watch page shows it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/library/index.h"
#include "app/ui/state.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

// Who looks, and when.
struct Viewer {
  std::string zone;
  WallTime now{};
};

struct ClipAnswers {
  std::vector<CommentView> comments;  // threads, by moment
  std::vector<ReactionView> reactions;
};

// Reads the index on the caller's thread. versions_of: comments whose earlier versions are wanted. Errors:
// Index's.
Result<ClipAnswers> read_answers(Index& index, const std::string& clip, const Viewer& viewer,
                                 const std::set<std::string>& versions_of);

}  // namespace meanwhile
