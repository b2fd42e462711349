// What somebody typed, or a settings file says, to name a camera.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "media/capture/avdevice/camera_spec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)meanwhile::parse_camera_spec(text);
  return 0;
}
