// What a player and the process that decodes for it say to each other, about one track or some pictures: an
// order, then what the decoder needs to carry it out, until it is done. Each is one packet.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "media/base/result.h"

namespace meanwhile {

enum class OrderKind : std::uint32_t {
  OpenVideo,  // count: of the source's places, which lie in the lap
  OpenSound,  // the same
  Seek,       // time
  Next,       // time, reach
  TakePassed,
  FindEnd,
  ReadSound,  // count: frames
  Poster,     // what it is to decode is read as a track is
  Pointer,
  OpenFile,   // any kind of file
  NextPiece,  // of it
  Answer,     // count: the bytes that were read into the lap, or the size; or error
};

// To the decoder, which believes it.
struct Order {
  OrderKind kind = OrderKind::Answer;
  std::uint32_t error = 0;  // 0, or 1 + ErrorCode
  std::int64_t time = 0;
  std::int64_t reach = 0;
  std::uint64_t count = 0;
};

enum class ReportKind : std::uint32_t {
  Ready,       // place.size: what walls it off (Walls)
  NeedsBytes,  // place
  NeedsSize,
  Done,  // with what the order asked for, or error and text
};

// What the decoder's process can't do any more, as it says itself.
struct Walls {
  bool seccomp = false;
  bool landlock = false;
};

struct BytesPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

// A picture in the arena. It may be written to while we read it: nobody decides anything by what its bytes
// are.
struct SentPicture {
  std::array<std::uint64_t, 3> planes{};
  std::array<std::uint32_t, 3> strides{};
  std::uint32_t width = 0;  // 0: there is none
  std::uint32_t height = 0;
  std::uint32_t ticket = 0;  // to give it back with
  std::uint32_t full_range = 0;
  std::uint32_t bt709 = 0;
  std::int64_t at = 0;
};

// Where a reader stands; kNoTime: nowhere.
struct SentStatus {
  std::int64_t last = 0;
  std::int64_t last_read = 0;
  std::uint32_t followed_gap = 0;
  std::uint32_t is_on_show = 0;
  std::uint32_t is_damaged = 0;
  std::uint32_t reserved = 0;
};

// What a piece of a file (file_reader.h) is a piece of; it begins at the report's time.
struct SentPiece {
  std::uint32_t track = 0;
  std::uint32_t is_damaged = 0;
  std::int64_t end = 0;
};

constexpr std::int64_t kNoTime = INT64_MIN;
// 31 years: so that sums of times are times.
constexpr std::int64_t kLatestSentTime = 1'000'000'000'000'000;
constexpr std::size_t kSentTextBytes = 160;
constexpr std::size_t kTickets = 1024;

// From the decoder, which anybody's bytes may have taken over: nothing of it is believed.
struct Report {
  ReportKind kind = ReportKind::Done;
  std::uint32_t error = 0;  // 0, or 1 + ErrorCode
  std::int64_t time = 0;    // FindEnd, NextPiece
  // NeedsBytes: of the source; ReadSound, Pointer, OpenFile (a SentFile), NextPiece (sound): of the arena;
  // Ready: what size says
  BytesPlace place;
  SentStatus status;
  SentPiece piece;
  SentPicture picture;
  std::array<char, kSentTextBytes> text{};  // what error says
};

// A report that can be looked at: no kind, code or time in it is out of its range, and its text is plain
// ASCII that ends. nullopt: it is none.
std::optional<Report> parse_report(std::span<const std::byte> packet);

// Whether all of the picture lies in an arena of that size, and it can be given back.
bool is_sound(const SentPicture& picture, std::uint64_t arena_bytes);
// Whether all of it lies below size_bytes.
bool lies_in(const BytesPlace& place, std::uint64_t size_bytes);

std::uint32_t sent_code(ErrorCode code);
Error received_error(const Report& report);
void set_error(Report& report, const Error& error);

std::uint64_t sent_walls(const Walls& walls);
Walls received_walls(const Report& report);

}  // namespace meanwhile
