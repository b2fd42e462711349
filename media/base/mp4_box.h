// The boxes that MP4 files are made of, read from bytes that nobody vouches for.
// Source: ISO/IEC 14496-12 s. 4.2 (object structure), s. 8 (the boxes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

using ByteView = std::span<const std::byte>;

constexpr std::uint32_t box_type(const char (&name)[5]) {
  std::uint32_t type = 0;
  for (int i = 0; i < 4; ++i) type = type << 8 | static_cast<unsigned char>(name[i]);
  return type;
}

struct BoxHeader {
  std::uint32_t type = 0;
  std::uint64_t header_bytes = 0;
  std::uint64_t size_bytes = 0;  // with the header
};

// The longest header: size, type and a 64-bit size.
constexpr std::size_t kBoxHeaderBytes = 16;

// nullopt: fewer bytes than the header needs, a size smaller than the header, or "to the end of the file"
// (size 0), which no fragmented track needs.
std::optional<BoxHeader> parse_box_header(ByteView bytes);

// Reads big-endian numbers one after the other. Past the end everything is 0 and is_good() false from then
// on.
class BoxCursor {
 public:
  explicit BoxCursor(ByteView bytes) : rest_(bytes) {}

  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  void skip(std::size_t count);
  [[nodiscard]] bool is_good() const { return good_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::uint64_t number(std::size_t count);

  ByteView rest_;
  bool good_ = true;
};

// Calls visit for each box in payload. False: a size that lies, or visit said so.
bool for_each_box(ByteView payload, const std::function<bool(std::uint32_t type, ByteView payload)>& visit);

// What the init part says about its one track.
struct TrackDefaults {
  std::uint32_t track_id = 0;
  std::uint32_t timescale = 0;
  bool is_sound = false;
  std::uint32_t sample_duration = 0;
  std::uint32_t sample_bytes = 0;
  std::uint32_t sample_flags = 0;
};

enum class MoovOutcome { Good, Damaged, SeveralTracks };

// payload: of a moov.
MoovOutcome parse_moov(ByteView payload, TrackDefaults& defaults);

struct FragmentSamples {
  MediaTime start{};  // decode time of the first
  MediaTime duration{};
  bool starts_with_keyframe = false;
  int count = 0;
  std::uint64_t bytes = 0;
};

// payload: of a moof. nullopt: damaged, of another track, or without samples.
std::optional<FragmentSamples> parse_moof(ByteView payload, const TrackDefaults& defaults);

struct TrackSample {
  MediaTime at{};  // decode time
  MediaTime duration{};
  std::uint64_t offset = 0;  // counted from where the moof begins
  std::uint32_t size_bytes = 0;
  bool is_keyframe = false;
  bool is_reordered = false;  // shown at another time than it is decoded
};

// Those of such a moof, one by one. nullopt also: far more than a fragment of a recorder's has, or their
// places are told in another way.
std::optional<std::vector<TrackSample>> parse_samples(ByteView payload, const TrackDefaults& defaults);

}  // namespace meanwhile
