// What a decoder that was taken over says of a file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "media/play/apart/sent_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto facts = parse_sent_file(std::as_bytes(std::span(data, size)));
  if (!facts) return 0;
  // What is believed can be said, and is believed again.
  const SentFile sent = sent_file(*facts);
  if (!parse_sent_file(std::as_bytes(std::span(&sent, 1)))) std::abort();
  for (const FileTrack& track : facts->tracks)
    if (track.is_picture && (track.width > kLongestFileSide || track.height > kLongestFileSide)) std::abort();
  return 0;
}
