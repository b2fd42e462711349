// Captions from a stranger.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "media/base/web_vtt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto cues = parse_captions({reinterpret_cast<const char*>(data), size});
  if (!cues) return 0;
  // What was understood can be written, and is understood again.
  if (!parse_web_vtt(to_web_vtt(*cues))) std::abort();
  return 0;
}
