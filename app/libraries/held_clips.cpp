#include "app/libraries/held_clips.h"

#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library/working_time.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

Result<std::optional<WallTime>> release_due(LibrarySession& library, const Schedule& mine, WallTime now) {
  const auto held = library.index().clips({.filter = ClipFilter::Held});
  if (!held) return std::unexpected(held.error());
  std::vector<std::string> due;
  std::optional<WallTime> next;
  for (const Clip& clip : *held) {
    const auto morning = next_work(mine, clip.published);
    // Nobody waits for a year: then it is shown at once.
    if (!morning || morning->begin <= now) {
      due.push_back(clip.id);
    } else {
      next = std::min(next.value_or(morning->begin), morning->begin);
    }
  }
  if (!due.empty()) MEANWHILE_TRY(library.index().release(due, now));
  return next;
}

}  // namespace meanwhile
