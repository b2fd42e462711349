// Makes a published clip of a take: what goes to the library, under which names, and the manifest of it all.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "media/record/take_cut.h"
#include "media/record/take_lock.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"

namespace meanwhile {

struct Publication {
  std::string clip;
  std::vector<OutboxItem> items;  // tracks, files beside them, and the signed clip.json
  std::vector<Json> events;       // what shows it to everybody, once all of it is stored
  // Keys of what was sent while recording and doesn't belong to it any more.
  std::vector<std::string> left_over;
  std::optional<Arrangement> arrangement;  // of an arranged draft; among the items and events, too
};

struct PublishDetails {
  std::string title;
  std::string channel;  // as a person writes it; "": in none
  std::string author_name;
  bool in_the_morning = false;  // as PublishedEvent's
};

// sent: what is in the outbox of this take already; of what is as it was nothing is read again. Reads the
// rest of the take's files (blocks for as long as hashing them takes). A track that is damaged from somewhere
// on is published up to there. Errors: InvalidArgument (a title that is too long), Unavailable (still being
// recorded), Corrupt (nothing playable in it), NotFound, Io.
Result<Publication> prepare_publication(const Take& take, const PublishDetails& details,
                                        const Identity& identity, const std::vector<OutboxObject>& sent = {});

// A take that nobody else works on while this lives, and what is to be published of it.
struct PreparedTake {
  Take take;
  Publication publication;
  std::unique_ptr<TakeCut> cut;  // of a take with a trim: to be kept once the publication is journaled
  std::optional<TakeLock> lock;  // of one without
};

// The take as it is to be published, held until it is; a take with a trim is first cut to it, and what was
// sent of it before withdrawn. Its publication is still empty. Any thread. library: its id; outbox: that
// library's. Errors: Unavailable (another program works on the take), and those of TakeCut::make.
Result<PreparedTake> hold_take(const std::filesystem::path& folder, const std::string& library,
                               Outbox& outbox);

// Of its sound and its pictures: so much of it is silent and still; none where that isn't known.
MediaTime pauses_of(const std::filesystem::path& take, MediaTime duration);

// As prepare_publication; a take with a trim is first cut to it, and what was sent of it before withdrawn.
// Any thread. library: its id; outbox: that library's. Errors: also Unavailable (another program works on the
// take), and those of TakeCut::make.
Result<PreparedTake> prepare_take(const std::filesystem::path& folder, const PublishDetails& details,
                                  const Identity& identity, const std::string& library, Outbox& outbox);

}  // namespace meanwhile
