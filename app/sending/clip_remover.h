// An author takes what they cut out of an update, or covered, out of its recording: for good.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "media/record/take_cut.h"
#include "upload/outbox_items.h"

namespace meanwhile {

// The recording made anew without it. Until it is committed nothing has happened; dropped, the earlier
// recording comes back.
struct PreparedRemoval {
  std::unique_ptr<TakeCut> cut;
  std::vector<OutboxItem> items;
  std::vector<AdditionEvent> events;
  std::string group;  // of the outbox
};

// A recording that isn't on this machine is fetched first. takes: this home's. Any thread. Blocks for as long
// as encoding what lies around the cuts takes. Errors: PermissionDenied (somebody else's), InvalidArgument
// (nothing is cut or covered: a sentence), Unavailable (it is still being sent, or somebody works on it), and
// as TakeCut::remove and ClipStore::manifest.
Result<PreparedRemoval> prepare_removal(OpenLibrary& library, const Clip& clip,
                                        const std::filesystem::path& takes, const std::stop_token& stop);

// Journals it, and answers the outbox's group to wait for: from here on it happens, whatever becomes of this
// machine. Once it is stored, settle_removals() does the rest. The session's thread. Errors: as Outbox::add.
Result<std::string> commit_removal(OpenLibrary& library, PreparedRemoval prepared);

// The group of the outbox by which such a take is known to be wanted; "": it has none.
std::string removal_group(const LibrarySession& library, const Take& take);

}  // namespace meanwhile
