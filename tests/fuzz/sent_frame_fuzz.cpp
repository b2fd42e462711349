// What a decoder that was taken over says of a frame.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "media/play/apart/sent_frame.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto sent = parse_sent_frame(bytes);
  // What is believed can be copied, to the last sample.
  if (sent && sent->samples > 0 && frame_of(bytes, *sent)->nb_samples != sent->samples) std::abort();
  return 0;
}
