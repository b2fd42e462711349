#include "media/capture/screen_info.h"

#include <fmt/format.h>

#include <string>

#include "media/base/layout.h"
#include "media/base/translation.h"
#include "media/capture/source.h"

namespace meanwhile {

FrameSourceInfo screen_info(const std::string& name, Size source, Size recorded, int frames_per_second) {
  FrameSourceInfo info{.name = fmt::format("{}, {} x {}", name, source.width, source.height),
                       .width = recorded.width,
                       .height = recorded.height,
                       .frames_per_second = static_cast<double>(frames_per_second),
                       .note = ""};
  // An odd last row or column is no loss that anybody would want to hear of.
  if (source.width - recorded.width <= 1) return info;
  info.note = tr_format(
      "The screen ({}) is recorded at {} x {}, which saves work and space. To keep every pixel, raise the "
      "maximum screen width.",
      info.name, recorded.width, recorded.height);
  return info;
}

}  // namespace meanwhile
