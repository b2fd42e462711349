// A manifest that takes the place of the one a clip has: what removing for good and correcting have in
// common.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"

namespace meanwhile {

// The manifest that holds, and its hash.
struct Before {
  Manifest manifest;
  std::string sha256;
};
// Errors: as ClipStore::manifest.
Result<Before> manifest_before(const ClipStore& clips, const Clip& clip, const std::stop_token& stop);

// A poster that is on its way names nothing that is removed.
enum class StillSent { Nothing, MayBeAPoster };

// Its objects must be there before others can take their place. Errors: Unavailable (something of it is still
// being sent: a sentence), the outbox's.
Result<void> check_is_sent(Outbox& outbox, const std::string& clip, StillSent allowed = StillSent::Nothing);

// What this outbox knows of the clip: of the group that published it, and of the one that replaced its
// manifest last.
Result<std::vector<OutboxObject>> objects_in_outbox(Outbox& outbox, const Clip& clip);

// What the versions before this one are made of. Errors: as ClipStore::manifest.
Result<std::vector<ClipObject>> objects_of_earlier(const ClipStore& clips, const Clip& clip,
                                                   const Manifest& manifest, const std::stop_token& stop);

// Everything that is, or was, stored under a name in the clip's folder, whatever file it was sent from.
std::vector<OutboxObject> known_objects(const Manifest& manifest, const std::vector<ClipObject>& earlier,
                                        std::vector<OutboxObject> in_outbox);

// Before the first number of the objects that are new: another home of the author, which knows nothing of
// this, shall not take the same names for other bytes.
std::size_t random_gap();

// What is to be journaled at once: all of it happens, or nothing.
struct Replacing {
  std::vector<OutboxItem> items = {};
  std::vector<AdditionEvent> events = {};
  std::vector<RemovedObject> removed = {};
};

// An object that an event is to name.
AddedObject add_object(const LibrarySession& library, const Clip& clip, AdditionKind kind, Bytes bytes,
                       Replacing& replacing);

// Signs it; answers its hash. Errors: as to_json(Manifest).
Result<std::string> add_manifest(const LibrarySession& library, const Clip& clip, const Manifest& manifest,
                                 Replacing& replacing);

}  // namespace meanwhile
