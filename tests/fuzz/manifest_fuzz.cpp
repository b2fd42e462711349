// A clip.json as anybody may have signed it: read, made into playlists, written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "app/library/manifest.h"
#include "app/library/playlist.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto manifest = parse_manifest(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!manifest) return 0;
  make_track_playlists(*manifest);
  make_clip_playlist(*manifest);
  const auto written = to_json(*manifest);
  if (!written || !parse_manifest(*written)) std::abort();
  return 0;
}
