// A pointer track and a shape from a stranger: the text up to the first zero byte, the picture behind it.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "media/play/open_readers.h"
#include "media/play/pointer_track.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view lines = text.substr(0, text.find('\0'));
  const std::string_view png = text.substr(std::min(size, lines.size() + 1));
  const PointerTrack track =
      PointerTrack::load(lines, [&](int) -> Result<Bytes> { return to_bytes(png); }, *open_own_stills());
  track.at(MediaTime(1000));
  track.after(MediaTime(1000));
  track.image(0);
  return 0;
}
