// What a decoder's process says, once somebody's bytes have taken it over.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "media/play/apart/messages.h"

namespace {

constexpr std::uint64_t kArenaBytes = 1 << 20;

// Its last byte is in the arena.
bool reaches_out(std::uint64_t offset, std::uint64_t stride, std::uint64_t lines, std::uint64_t width) {
  return offset >= kArenaBytes || offset + stride * (lines - 1) + width > kArenaBytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto report = parse_report(std::as_bytes(std::span(data, size)));
  if (!report) return 0;
  if (report->text.back() != '\0') std::abort();
  if (report->error != 0 && received_error(*report).code > ErrorCode::Internal) std::abort();
  const SentPicture& picture = report->picture;
  if (is_sound(picture, kArenaBytes)) {
    const std::uint64_t half = (picture.height + 1) / 2;
    if (reaches_out(picture.planes[0], picture.strides[0], picture.height, picture.width) ||
        reaches_out(picture.planes[1], picture.strides[1], half, (picture.width + 1) / 2) ||
        reaches_out(picture.planes[2], picture.strides[2], half, (picture.width + 1) / 2))
      std::abort();
  }
  if (lies_in(report->place, kArenaBytes) && report->place.size > kArenaBytes) std::abort();
  return 0;
}
