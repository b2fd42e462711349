// What a take is made of, as the objects of a clip.
#pragma once

#include <vector>

#include "app/library/manifest.h"
#include "app/sending/sent_objects.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "upload/outbox_items.h"

namespace meanwhile {

// Fills in the manifest's duration, tracks and files, and answers where their bytes are read. known: what was
// sent of the clip: the same bytes keep their name, others get one that nothing had. Reads the take's files
// (blocks for as long as hashing what isn't known takes). A track that is damaged from somewhere on is
// described up to there. Errors: Corrupt (nothing playable in it), NotFound, Io.
Result<std::vector<OutboxItem>> describe_parts(const Take& take, SentObjects& known, Manifest& manifest);

}  // namespace meanwhile
