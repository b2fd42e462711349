// What becomes of a deleted clip: 30 days in which it can be brought back, then its bytes go.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/storage.h"

namespace meanwhile {

// The clock of a library: this machine's, corrected by what the server last said.
WallTime library_now(Storage& storage, WallTime now = wall_now());

// Whole days until its bytes go, at least 1; 0: the time is over.
int days_left(const DeletedClip& clip, WallTime now);

// "27 days left": for people.
std::string days_left_words(const DeletedClip& clip, WallTime now);

// Mine, that are not gone yet or whose time is over but lately.
Result<std::vector<DeletedClip>> trash_of(LibrarySession& library);

// Whether the bytes of a clip in the trash are still there. Any thread; blocks. Errors: NotFound (they are
// gone). That the place can't be asked is no error: they are there as long as the time isn't over.
Result<void> find_trashed_bytes(Storage& place, const std::string& clip, std::stop_token stop);

// Brings a clip of one's own back; who can ask the place does so before. Errors: NotFound (it isn't in the
// trash, or its time is over), PermissionDenied (somebody else's), those of LibrarySession::say.
Result<EventId> restore_clip(LibrarySession& library, const std::string& clip, WallTime now = wall_now());

struct PurgeReport {
  int clips = 0;                      // whose last bytes went now
  int objects = 0;                    // that were removed
  std::vector<std::string> troubles;  // what is tried again next time
};

// Removes the objects of this person's clips whose 30 days are over, by the clock and by what this home saw
// pass: of the time between two looks at most 10 days count, so that no wrong clock makes them pass at once.
// Durable: what was done is noted in the library's folder, what wasn't is gone on with the next time.
// clip.json goes first, so that half a clip is never taken for one. Errors: Aborted, NoSpace, Io (of the
// note); what the storage refuses is in the report.
Result<PurgeReport> purge_trash(LibrarySession& library, WallTime now, std::stop_token stop);

// The same, if it wasn't done within the last day; sync() must have succeeded just before, so that a
// restoring isn't missed. Any thread that may sync().
Result<PurgeReport> purge_if_due(LibrarySession& library, WallTime now, std::stop_token stop);

}  // namespace meanwhile
