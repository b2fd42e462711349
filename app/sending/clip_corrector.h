// An author puts another recording in the place of an update's: its link, comments and chapters stay.
#pragma once

#include <filesystem>
#include <stop_token>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/sending/publisher.h"
#include "media/base/result.h"

namespace meanwhile {

// As prepare_take, but the take becomes the clip's next version: its objects lie in the clip's folder, and
// the publication's clip is that one, its group the take's own. The version before stays, and can be opened.
// Any thread. Errors: as prepare_take; PermissionDenied (somebody else's), Unavailable (the clip is still
// being sent), InvalidArgument (it is still being recorded), and as ClipStore::manifest.
Result<PreparedTake> prepare_correction(OpenLibrary& library, const std::filesystem::path& folder,
                                        const Clip& clip, const std::stop_token& stop);

}  // namespace meanwhile
