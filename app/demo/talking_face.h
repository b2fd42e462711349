// A drawn face that talks: the demo's camera on a machine that has none.
#pragma once

#include <filesystem>

#include "media/base/result.h"

namespace meanwhile {

// Writes a few seconds of it as YUV4MPEG2 (yuv4mpeg(5)), which every FFmpeg reads; made to be looped.
Result<void> write_talking_face(const std::filesystem::path& path);

}  // namespace meanwhile
