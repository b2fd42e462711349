// Makes a published clip of a take: what goes to the library, under which names, and the manifest of it all.
#pragma once

#include <string>
#include <vector>

#include "app/library/manifest.h"
#include "media/record/take.h"
#include "upload/event_log.h"
#include "upload/identity.h"
#include "upload/outbox.h"

namespace meanwhile {

struct Publication {
  std::string clip;
  std::vector<OutboxItem> items;  // tracks, files beside them, and the signed clip.json after all
  Json published;                 // the event that shows it to everybody, once all of it is stored
  std::vector<std::string>
      left_over;  // keys of what was sent while recording and doesn't belong to it any more
};

struct PublishDetails {
  std::string title;
  std::string channel;  // as a person writes it; "": in none
  std::string author_name;
};

// sent: what is in the outbox of this take already; of what is as it was nothing is read again. Reads the
// rest of the take's files (blocks for as long as hashing them takes). A track that is damaged from somewhere
// on is published up to there. Errors: InvalidArgument (a title that is too long), Unavailable (still being
// recorded), Corrupt (nothing playable in it), NotFound, Io.
Result<Publication> prepare_publication(const Take& take, const PublishDetails& details,
                                        const Identity& identity, const std::vector<OutboxObject>& sent = {});

}  // namespace meanwhile
