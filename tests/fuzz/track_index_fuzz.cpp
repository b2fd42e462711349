// A track file from a stranger.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "media/base/track_index.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto bytes = std::as_bytes(std::span(data, size));
  MemorySource source(Bytes(bytes.begin(), bytes.end()));
  const auto index = index_track(source);
  if (!index) return 0;
  if (index->whole_size_bytes > size) std::abort();
  for (const Fragment& fragment : index->fragments) {
    if (fragment.offset + fragment.size_bytes > size) std::abort();
  }
  cut_segments(*index);
  return 0;
}
