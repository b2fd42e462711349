#include "media/play/apart/messages.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

static_assert(std::has_unique_object_representations_v<Order> &&
                  std::has_unique_object_representations_v<Report>,
              "no unnamed byte of our memory goes along");

// As H.264 has it at most (ITU-T H.264 s. A.3.1), and then some.
constexpr std::uint32_t kLargestSide = 16'384;
constexpr std::uint64_t kSeccomp = 1;
constexpr std::uint64_t kLandlock = 2;

bool is_time(std::int64_t time) {
  return time == kNoTime || (time >= -kLatestSentTime && time <= kLatestSentTime);
}

bool is_plain(char character) {
  return character >= ' ' && character <= '~';
}

void make_plain(std::span<char> text) {
  text.back() = '\0';
  const auto end = std::ranges::find(text, '\0');
  std::replace_if(text.begin(), end, [](char character) { return !is_plain(character); }, '?');
  std::fill(end, text.end(), '\0');
}

// Whether that many lines of that width, that far apart, end by size_bytes. No product of these overflows:
// sides are bounded, and a stride has 32 bits.
bool holds_plane(std::uint64_t offset, std::uint64_t stride, std::uint64_t width, std::uint64_t height,
                 std::uint64_t size_bytes) {
  return stride >= width && lies_in({offset, stride * (height - 1) + width}, size_bytes);
}

}  // namespace

std::optional<Report> parse_report(std::span<const std::byte> packet) {
  Report report;
  if (packet.size() != sizeof report) return std::nullopt;
  std::memcpy(&report, packet.data(), sizeof report);
  if (report.kind > ReportKind::Done || report.error > sent_code(ErrorCode::Internal)) return std::nullopt;
  if (!is_time(report.time) || !is_time(report.status.last) || !is_time(report.status.last_read) ||
      !is_time(report.picture.at) || !is_time(report.piece.end))
    return std::nullopt;
  make_plain(report.text);
  return report;
}

bool lies_in(const BytesPlace& place, std::uint64_t size_bytes) {
  return place.offset <= size_bytes && place.size <= size_bytes - place.offset;
}

bool is_sound(const SentPicture& picture, std::uint64_t arena_bytes) {
  if (picture.width < 1 || picture.width > kLargestSide || picture.height < 1 ||
      picture.height > kLargestSide)
    return false;
  // A picture takes no more than the int of a stride (Picture) says.
  constexpr std::uint32_t kLargestStride = 1u << 20;
  if (std::ranges::any_of(picture.strides, [](std::uint32_t stride) { return stride > kLargestStride; }))
    return false;
  const std::uint64_t half_width = (picture.width + 1) / 2;
  const std::uint64_t half_height = (picture.height + 1) / 2;
  return picture.ticket < kTickets && picture.at != kNoTime &&
         holds_plane(picture.planes[0], picture.strides[0], picture.width, picture.height, arena_bytes) &&
         holds_plane(picture.planes[1], picture.strides[1], half_width, half_height, arena_bytes) &&
         holds_plane(picture.planes[2], picture.strides[2], half_width, half_height, arena_bytes);
}

std::uint32_t sent_code(ErrorCode code) {
  return static_cast<std::uint32_t>(code) + 1;
}

// Decoders speak English: they know no catalog.
Error received_error(const Report& report) {
  const char* const text = report.text.data();
  return {static_cast<ErrorCode>(report.error - 1), *text ? tr(text) : text};
}

void set_error(Report& report, const Error& error) {
  report.error = sent_code(error.code);
  const std::size_t length = std::min(error.message.size(), report.text.size() - 1);
  std::copy_n(error.message.begin(), length, report.text.begin());
}

std::uint64_t sent_walls(const Walls& walls) {
  return (walls.seccomp ? kSeccomp : 0) | (walls.landlock ? kLandlock : 0);
}

Walls received_walls(const Report& report) {
  return {.seccomp = (report.place.size & kSeccomp) != 0, .landlock = (report.place.size & kLandlock) != 0};
}

}  // namespace meanwhile
