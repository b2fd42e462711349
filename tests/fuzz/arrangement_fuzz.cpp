// An arrangement from a stranger.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "media/base/arrangement.h"
#include "media/base/edit_list.h"
#include "media/base/look.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto arrangement = parse_arrangement({reinterpret_cast<const char*>(data), size});
  if (!arrangement) return 0;
  const auto again = parse_arrangement(to_text(*arrangement));
  if (!again || !(again->parts == arrangement->parts)) std::abort();
  const MediaTime duration = std::chrono::seconds(60);
  if (!check_arrangement(*arrangement, duration)) return 0;
  const auto edits = edits_of(*arrangement, duration);
  if (!edits) std::abort();
  // Every moment that is shown is shown where it is said to be.
  for (MediaTime at{}; at < edits->duration(); at += edits->duration() / 7 + MediaTime(1)) {
    const MediaTime recorded = edits->recorded(at);
    if (edits->edited(recorded) != at) std::abort();
    const Look look =
        look_at(*arrangement, recorded, {}, {.size = {1280, 720}}, Size{1920, 1080}, Size{640, 480});
    const PictureShare& part = look.screen_part;
    if (!(part.x >= 0 && part.y >= 0 && part.x + part.width <= 1.0001 && part.y + part.height <= 1.0001))
      std::abort();
  }
  return 0;
}
