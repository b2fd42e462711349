// Which clip somebody means.
#pragma once

#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "media/base/result.h"

namespace meanwhile {

struct FoundClip {
  OpenLibrary* library = nullptr;
  Clip clip;
};

// In whichever library has it, as far as that is known here. reference: a clip's id, its beginning (at least
// 4 characters), or "latest": the one that was published last. Errors: NotFound, InvalidArgument (more than
// one begins so), Io.
Result<FoundClip> find_known_clip(const std::vector<OpenLibrary*>& libraries, const std::string& reference);

}  // namespace meanwhile
