// Which FFmpeg this runs with, for a report.
#pragma once

#include <string>

namespace meanwhile {

// "FFmpeg 5.1.8, libavcodec 59.37.100, …"
std::string ffmpeg_versions();

}  // namespace meanwhile
