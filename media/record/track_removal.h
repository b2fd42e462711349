// Takes some parts out of a track for good: what lies beside them stays byte for byte as it was.
#pragma once

#include <filesystem>

#include "media/base/removed_parts.h"
#include "media/base/result.h"
#include "media/record/track_report.h"

namespace meanwhile {

// Writes the track file `from` without what is removed into the new file `to`, on the disk when it returns:
// just as long, black or silent where nothing is to be left. From the keyframe before a removed part to the
// one behind it pictures are encoded again, as the recorder does; of sound each packet goes that holds
// anything of such a part. false: nothing in the track is touched, and no file was made. Blocks. Errors:
// Corrupt, Unsupported, AlreadyExists, NoSpace, Io, Internal.
Result<bool> remove_from_track(const std::filesystem::path& from, const std::filesystem::path& to,
                               TrackKind kind, const RemovedParts& removed);

}  // namespace meanwhile
