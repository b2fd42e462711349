// Which clip somebody means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

struct FoundClip {
  OpenLibrary* library = nullptr;
  Clip clip;
  std::optional<MediaTime> at;  // where a link leads to in it
};

// In whichever library has it, as far as that is known here. reference: a clip's id, its beginning (at least
// 4 characters), a link to it, or "latest": the one that was published last. Errors: NotFound,
// InvalidArgument (more than one begins so, or a link that leads nowhere), Io.
Result<FoundClip> find_known_clip(const std::vector<OpenLibrary*>& libraries, const std::string& reference);

// Of a link to another library than one's own.
Error not_joined();

}  // namespace meanwhile
