// What a clip is made of, brought together on this machine to be sent to another library.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/index.h"
#include "media/base/result.h"
#include "upload/outbox_items.h"
#include "upload/storage.h"

namespace meanwhile {

struct MoveCargo {
  Clip clip;
  std::vector<OutboxItem> items;  // the same objects under the same names
};

// Brings the clip's tracks into folder: linked from the take if that is here and holds what was published,
// else fetched; either way checked by their hashes. What is there already, from a try that was cut off, is
// used. Any thread; blocks. Errors: ClipStore::manifest's, write_joined's.
Result<MoveCargo> gather_cargo(const std::filesystem::path& folder, const Clip& clip, const ClipStore& clips,
                               Storage& storage, std::stop_token stop);

// The library holds all of the clip, each object with its size, and its clip.json as it was published. What
// was sent was compared by the outbox. Any thread; blocks. Errors: Corrupt, NotFound (something is missing),
// and the storage's.
Result<void> check_arrival(Storage& storage, const Clip& clip, std::stop_token stop);

}  // namespace meanwhile
