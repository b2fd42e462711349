#include "media/base/mp4_box.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {
namespace {

// Longer than any clip, and far from where microseconds in 64 bits overflow.
constexpr std::uint64_t kLongestBoxSeconds = 1'000'000'000;

// tfhd flags, s. 8.8.7.
constexpr std::uint32_t kTfhdBaseDataOffset = 0x000001;
constexpr std::uint32_t kTfhdSampleDescription = 0x000002;
constexpr std::uint32_t kTfhdDefaultDuration = 0x000008;
constexpr std::uint32_t kTfhdDefaultSize = 0x000010;
constexpr std::uint32_t kTfhdDefaultFlags = 0x000020;

// trun flags, s. 8.8.8.
constexpr std::uint32_t kTrunDataOffset = 0x000001;
constexpr std::uint32_t kTrunFirstSampleFlags = 0x000004;
constexpr std::uint32_t kTrunDuration = 0x000100;
constexpr std::uint32_t kTrunSize = 0x000200;
constexpr std::uint32_t kTrunFlags = 0x000400;
constexpr std::uint32_t kTrunCompositionOffset = 0x000800;

// Sample flags, s. 8.8.3.1.
constexpr std::uint32_t kIsNonSyncSample = 0x00010000;

struct FullBox {
  unsigned version = 0;
  std::uint32_t flags = 0;
};

FullBox read_full_box(BoxCursor& cursor) {
  const std::uint32_t word = cursor.u32();
  return {word >> 24, word & 0xffffff};
}

std::optional<MediaTime> scaled(std::uint64_t ticks, std::uint32_t timescale) {
  const std::uint64_t seconds = ticks / timescale;
  if (seconds > kLongestBoxSeconds) return std::nullopt;
  return MediaTime(
      static_cast<std::int64_t>(seconds * 1'000'000 + ticks % timescale * 1'000'000 / timescale));
}

bool parse_mdhd(ByteView payload, TrackDefaults& defaults) {
  BoxCursor cursor(payload);
  const FullBox box = read_full_box(cursor);
  cursor.skip(box.version == 1 ? 16 : 8);  // creation and modification time
  defaults.timescale = cursor.u32();
  return cursor.is_good() && box.version <= 1 && defaults.timescale != 0;
}

bool parse_hdlr(ByteView payload, TrackDefaults& defaults) {
  BoxCursor cursor(payload);
  cursor.skip(8);
  defaults.is_sound = cursor.u32() == box_type("soun");
  return cursor.is_good();
}

bool parse_tkhd(ByteView payload, TrackDefaults& defaults) {
  BoxCursor cursor(payload);
  const FullBox box = read_full_box(cursor);
  cursor.skip(box.version == 1 ? 16 : 8);
  defaults.track_id = cursor.u32();
  return cursor.is_good() && box.version <= 1;
}

bool parse_trak(ByteView payload, TrackDefaults& defaults) {
  return for_each_box(payload, [&](std::uint32_t type, ByteView child) {
    if (type == box_type("tkhd")) return parse_tkhd(child, defaults);
    if (type != box_type("mdia")) return true;
    return for_each_box(child, [&](std::uint32_t inner, ByteView grandchild) {
      if (inner == box_type("mdhd")) return parse_mdhd(grandchild, defaults);
      if (inner == box_type("hdlr")) return parse_hdlr(grandchild, defaults);
      return true;
    });
  });
}

bool parse_trex(ByteView payload, TrackDefaults& defaults) {
  BoxCursor cursor(payload);
  cursor.skip(12);  // version and flags, track, sample description
  defaults.sample_duration = cursor.u32();
  defaults.sample_bytes = cursor.u32();
  defaults.sample_flags = cursor.u32();
  return cursor.is_good();
}

// What a traf says of one sample.
struct SampleFields {
  std::uint64_t ticks = 0;  // since the fragment's first
  std::uint32_t duration = 0;
  std::uint32_t bytes = 0;
  std::uint32_t flags = 0;
  std::uint32_t composition_offset = 0;
  std::uint64_t place = 0;  // as TrackSample's offset
};

enum class SampleList { None, Wanted };

// What a traf's boxes said so far.
struct TrackFragment {
  TrackDefaults defaults;
  std::optional<std::uint64_t> start_ticks;
  std::uint64_t duration_ticks = 0;
  std::uint64_t bytes = 0;
  std::uint64_t samples = 0;
  bool starts_with_keyframe = false;
  SampleList list = SampleList::None;
  std::vector<SampleFields> listed = {};
};

bool parse_tfhd(ByteView payload, TrackFragment& fragment) {
  BoxCursor cursor(payload);
  const FullBox box = read_full_box(cursor);
  TrackDefaults& defaults = fragment.defaults;
  if (cursor.u32() != defaults.track_id) return false;
  if (fragment.list == SampleList::Wanted && (box.flags & kTfhdBaseDataOffset)) return false;
  if (box.flags & kTfhdBaseDataOffset) cursor.skip(8);
  if (box.flags & kTfhdSampleDescription) cursor.skip(4);
  if (box.flags & kTfhdDefaultDuration) defaults.sample_duration = cursor.u32();
  if (box.flags & kTfhdDefaultSize) defaults.sample_bytes = cursor.u32();
  if (box.flags & kTfhdDefaultFlags) defaults.sample_flags = cursor.u32();
  return cursor.is_good();
}

bool parse_tfdt(ByteView payload, TrackFragment& fragment) {
  BoxCursor cursor(payload);
  const FullBox box = read_full_box(cursor);
  fragment.start_ticks = box.version == 1 ? cursor.u64() : cursor.u32();
  return cursor.is_good() && box.version <= 1;
}

// Bytes that each sample of a trun with these flags takes in it.
std::size_t sample_entry_bytes(std::uint32_t flags) {
  std::size_t bytes = 0;
  for (const std::uint32_t field : {kTrunDuration, kTrunSize, kTrunFlags, kTrunCompositionOffset}) {
    if (flags & field) bytes += 4;
  }
  return bytes;
}

// Samples without fields of their own cost no bytes in the file: more than this many are a lie, not a
// fragment.
constexpr std::uint32_t kMostSamples = 1'000'000;
// Each takes memory then.
constexpr std::uint32_t kMostListed = 10'000;

// For samples that say nothing of their own, however many there are.
void add_alike_samples(std::uint32_t count, std::uint32_t flags, TrackFragment& fragment) {
  const TrackDefaults& defaults = fragment.defaults;
  if (count > 0 && fragment.samples == 0) {
    fragment.starts_with_keyframe = defaults.is_sound || !(flags & kIsNonSyncSample);
  }
  fragment.duration_ticks += static_cast<std::uint64_t>(count) * defaults.sample_duration;
  fragment.bytes += static_cast<std::uint64_t>(count) * defaults.sample_bytes;
  fragment.samples += count;
}

SampleFields read_sample(BoxCursor& cursor, std::uint32_t flags, const TrackDefaults& defaults) {
  SampleFields sample;
  sample.duration = flags & kTrunDuration ? cursor.u32() : defaults.sample_duration;
  sample.bytes = flags & kTrunSize ? cursor.u32() : defaults.sample_bytes;
  sample.flags = flags & kTrunFlags ? cursor.u32() : defaults.sample_flags;
  if (flags & kTrunCompositionOffset) sample.composition_offset = cursor.u32();
  return sample;
}

void add_sample(SampleFields sample, TrackFragment& fragment) {
  if (fragment.list == SampleList::Wanted) {
    sample.ticks = fragment.duration_ticks;
    fragment.listed.push_back(sample);
  }
  if (fragment.samples == 0) {
    fragment.starts_with_keyframe = fragment.defaults.is_sound || !(sample.flags & kIsNonSyncSample);
  }
  fragment.duration_ticks += sample.duration;
  fragment.bytes += sample.bytes;
  ++fragment.samples;
}

bool parse_trun(ByteView payload, TrackFragment& fragment) {
  BoxCursor cursor(payload);
  const FullBox box = read_full_box(cursor);
  const std::uint32_t count = cursor.u32();
  const bool is_listed = fragment.list == SampleList::Wanted;
  if (is_listed && !(box.flags & kTrunDataOffset)) return false;
  std::uint64_t place = box.flags & kTrunDataOffset ? cursor.u32() : 0;
  std::optional<std::uint32_t> first_flags;
  if (box.flags & kTrunFirstSampleFlags) first_flags = cursor.u32();
  if (!cursor.is_good() || fragment.samples + count > (is_listed ? kMostListed : kMostSamples)) return false;
  if (count * static_cast<std::uint64_t>(sample_entry_bytes(box.flags)) > cursor.left()) return false;
  if (sample_entry_bytes(box.flags) == 0 && !is_listed) {
    add_alike_samples(count, first_flags.value_or(fragment.defaults.sample_flags), fragment);
    return true;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    SampleFields sample = read_sample(cursor, box.flags, fragment.defaults);
    if (i == 0 && first_flags) sample.flags = *first_flags;
    sample.place = place;
    place += sample.bytes;
    add_sample(sample, fragment);
  }
  return true;
}

// tfhd comes first, s. 8.8.7: what follows stands on its defaults.
bool parse_traf(ByteView payload, TrackFragment& fragment) {
  bool has_header = false;
  const bool good = for_each_box(payload, [&](std::uint32_t type, ByteView child) {
    if (type == box_type("tfhd")) return !std::exchange(has_header, true) && parse_tfhd(child, fragment);
    if (type == box_type("tfdt")) return parse_tfdt(child, fragment);
    if (type == box_type("trun")) return has_header && parse_trun(child, fragment);
    return true;
  });
  return good && has_header;
}

// payload: of a moof. nullopt: as parse_moof().
std::optional<TrackFragment> read_fragment(ByteView payload, const TrackDefaults& defaults, SampleList list) {
  TrackFragment fragment{.defaults = defaults, .list = list};
  int tracks = 0;
  const bool good = for_each_box(payload, [&](std::uint32_t type, ByteView child) {
    return type != box_type("traf") || (++tracks == 1 && parse_traf(child, fragment));
  });
  if (!good || fragment.samples == 0 || !fragment.start_ticks) return std::nullopt;
  return fragment;
}

}  // namespace

std::optional<BoxHeader> parse_box_header(ByteView bytes) {
  BoxCursor cursor(bytes);
  BoxHeader header;
  header.size_bytes = cursor.u32();
  header.type = cursor.u32();
  header.header_bytes = 8;
  if (header.size_bytes == 1) {
    header.size_bytes = cursor.u64();
    header.header_bytes = 16;
  }
  if (!cursor.is_good() || header.size_bytes < header.header_bytes) return std::nullopt;
  return header;
}

void BoxCursor::skip(std::size_t count) {
  if (count > rest_.size()) good_ = false;
  rest_ = rest_.subspan(std::min(count, rest_.size()));
}

std::uint64_t BoxCursor::number(std::size_t count) {
  std::uint64_t value = 0;
  if (count <= rest_.size()) {
    for (const std::byte byte : rest_.first(count)) value = value << 8 | std::to_integer<std::uint64_t>(byte);
  }
  skip(count);
  return value;
}

bool for_each_box(ByteView payload, const std::function<bool(std::uint32_t type, ByteView payload)>& visit) {
  while (!payload.empty()) {
    const auto header = parse_box_header(payload);
    if (!header || header->size_bytes > payload.size()) return false;
    const ByteView box = payload.first(static_cast<std::size_t>(header->size_bytes));
    if (!visit(header->type, box.subspan(static_cast<std::size_t>(header->header_bytes)))) return false;
    payload = payload.subspan(box.size());
  }
  return true;
}

MoovOutcome parse_moov(ByteView payload, TrackDefaults& defaults) {
  int tracks = 0;
  const bool good = for_each_box(payload, [&](std::uint32_t type, ByteView child) {
    if (type == box_type("trak")) return ++tracks > 1 || parse_trak(child, defaults);
    if (type != box_type("mvex")) return true;
    return for_each_box(child, [&](std::uint32_t inner, ByteView grandchild) {
      return inner != box_type("trex") || parse_trex(grandchild, defaults);
    });
  });
  if (tracks > 1) return MoovOutcome::SeveralTracks;
  return good && tracks == 1 && defaults.timescale != 0 ? MoovOutcome::Good : MoovOutcome::Damaged;
}

std::optional<FragmentSamples> parse_moof(ByteView payload, const TrackDefaults& defaults) {
  const auto fragment = read_fragment(payload, defaults, SampleList::None);
  if (!fragment) return std::nullopt;
  const auto start = scaled(*fragment->start_ticks, defaults.timescale);
  const auto duration = scaled(fragment->duration_ticks, defaults.timescale);
  if (!start || !duration) return std::nullopt;
  return FragmentSamples{*start, *duration, fragment->starts_with_keyframe,
                         static_cast<int>(fragment->samples), fragment->bytes};
}

std::optional<std::vector<TrackSample>> parse_samples(ByteView payload, const TrackDefaults& defaults) {
  const auto fragment = read_fragment(payload, defaults, SampleList::Wanted);
  if (!fragment) return std::nullopt;
  std::vector<TrackSample> samples;
  samples.reserve(fragment->listed.size());
  for (const SampleFields& fields : fragment->listed) {
    const std::uint64_t ticks = *fragment->start_ticks + fields.ticks;
    const auto at = scaled(ticks, defaults.timescale);
    const auto end = scaled(ticks + fields.duration, defaults.timescale);
    if (!at || !end || *end < *at) return std::nullopt;
    samples.push_back({.at = *at,
                       .duration = *end - *at,
                       .offset = fields.place,
                       .size_bytes = fields.bytes,
                       .is_keyframe = defaults.is_sound || !(fields.flags & kIsNonSyncSample),
                       .is_reordered = fields.composition_offset != 0});
  }
  return samples;
}

}  // namespace meanwhile
