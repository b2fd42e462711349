#include "media/ffmpeg/versions.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
}

#include <string>

namespace meanwhile {
namespace {

std::string library_version(const char* name, unsigned version) {
  return std::string(", ") + name + " " + std::to_string(AV_VERSION_MAJOR(version)) + "." +
         std::to_string(AV_VERSION_MINOR(version)) + "." + std::to_string(AV_VERSION_MICRO(version));
}

}  // namespace

std::string ffmpeg_versions() {
  return std::string("FFmpeg ") + av_version_info() + library_version("libavcodec", avcodec_version()) +
         library_version("libavformat", avformat_version()) + library_version("libavutil", avutil_version());
}

}  // namespace meanwhile
