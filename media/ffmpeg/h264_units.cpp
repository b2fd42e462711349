#include "media/ffmpeg/h264_units.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr std::uint8_t kTypeMask = 0x1f;
constexpr std::uint8_t kLastSliceType = 5;  // and that of a picture that begins anew (IDR)
constexpr std::uint8_t kSequenceSet = 7;
constexpr std::uint8_t kPictureSet = 8;
constexpr std::size_t kLengthBytes = 4;
// Of a sequence set: its kind, profile, constraints, level.
constexpr std::size_t kSequenceHeader = 4;
// Of avcC: version, profile, constraints, level; then the length's size and the number of sets.
constexpr std::size_t kAvccHeader = 6;
constexpr std::uint8_t kSequenceSetCount = 0x1f;  // in the header's last byte
// What High profiles have behind the sets: 4:2:0, 8 bits of luma and of chroma, no more sets.
constexpr std::array<std::uint8_t, 4> kOrdinaryPixels{0xfd, 0xf8, 0xf8, 0};
constexpr unsigned kMostNumbers = 32;

int type_of(UnitView unit) {
  return unit[0] & kTypeMask;
}

UnitView view_of(const AVPacket& packet) {
  return {packet.data, static_cast<std::size_t>(packet.size)};
}

void append_unit(std::vector<std::uint8_t>& bytes, UnitView unit) {
  const auto size = static_cast<std::uint32_t>(unit.size());
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(size >> shift));
  bytes.insert(bytes.end(), unit.begin(), unit.end());
}

std::vector<std::uint8_t> joined(const Units& units) {
  std::vector<std::uint8_t> bytes;
  for (const auto& unit : units) append_unit(bytes, unit);
  return bytes;
}

PacketPtr packet_with(const AVPacket& like, UnitView bytes) {
  PacketPtr packet = make_packet();
  if (av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) throw std::bad_alloc();
  av_packet_copy_props(packet.get(), &like);
  std::ranges::copy(bytes, packet->data);
  return packet;
}

// Where the next start code (00 00 01) begins, from `at` on; the end where there is none.
std::size_t next_start(UnitView bytes, std::size_t at) {
  for (; at + 3 <= bytes.size(); ++at) {
    if (bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1) return at;
  }
  return bytes.size();
}

// Takes `count` units with lengths of two bytes from the front of rest. false: it is too short.
bool take_sets(UnitView& rest, std::size_t count, Units& sets) {
  for (std::size_t i = 0; i < count; ++i) {
    if (rest.size() < 2) return false;
    const std::size_t size = static_cast<std::size_t>(rest[0]) << 8 | rest[1];
    if (size == 0 || rest.size() - 2 < size) return false;
    const UnitView unit = rest.subspan(2, size);
    sets.emplace_back(unit.begin(), unit.end());
    rest = rest.subspan(2 + size);
  }
  return true;
}

// avcC in its parts.
struct FileSets {
  Units sequence;
  Units picture;
  UnitView rest;  // what some profiles have behind them
};

Result<FileSets> read_sets(UnitView avcc) {
  const auto damaged = [] { return fail(ErrorCode::Corrupt, tr("the track's parameter sets are damaged")); };
  if (avcc.size() < kAvccHeader || avcc[0] != 1) return damaged();
  if ((avcc[4] & 3) + 1 != kLengthBytes)
    return fail(ErrorCode::Unsupported, tr("the track wasn't written by Meanwhile"));
  FileSets sets;
  sets.rest = avcc.subspan(kAvccHeader);
  if (!take_sets(sets.rest, avcc[5] & kSequenceSetCount, sets.sequence) || sets.rest.empty())
    return damaged();
  const std::size_t count = sets.rest[0];
  sets.rest = sets.rest.subspan(1);
  if (!take_sets(sets.rest, count, sets.picture)) return damaged();
  return sets;
}

void append_sets(std::vector<std::uint8_t>& bytes, const Units& sets) {
  for (const auto& unit : sets) {
    bytes.push_back(static_cast<std::uint8_t>(unit.size() >> 8));
    bytes.push_back(static_cast<std::uint8_t>(unit.size()));
    bytes.insert(bytes.end(), unit.begin(), unit.end());
  }
}

// Takes a unit with its length from the front of rest. Empty: there is none, or it is too short.
UnitView take_unit(UnitView& rest) {
  if (rest.size() < kLengthBytes) return {};
  std::size_t size = 0;
  for (const std::uint8_t byte : rest.first(kLengthBytes)) size = size << 8 | byte;
  if (size > rest.size() - kLengthBytes) return {};
  const UnitView unit = rest.subspan(kLengthBytes, size);
  rest = rest.subspan(kLengthBytes + size);
  return unit;
}

// ue(v): zeros, a one, and as many bits. nullopt: it doesn't end. Source: ISO/IEC 14496-10 s. 9.1.
std::optional<unsigned> read_exp_golomb(UnitView bytes) {
  const auto bit = [&](std::size_t at) { return bytes[at / 8] >> (7 - at % 8) & 1U; };
  const std::size_t bits = bytes.size() * 8;
  std::size_t zeros = 0;
  while (zeros < bits && bit(zeros) == 0) ++zeros;
  if (zeros > 16 || 2 * zeros + 1 > bits) return std::nullopt;
  unsigned value = 0;
  for (std::size_t i = 0; i <= zeros; ++i) value = value << 1 | bit(zeros + i);
  return value - 1;
}

// A sequence set's number stands behind its profile, constraints and level; a picture set's comes first.
std::optional<unsigned> number_of(UnitView set) {
  const std::size_t before = type_of(set) == kSequenceSet ? 4 : 1;
  return set.size() > before ? read_exp_golomb(set.subspan(before)) : std::nullopt;
}

}  // namespace

std::vector<UnitView> split_start_codes(UnitView bytes) {
  std::vector<UnitView> units;
  std::size_t start = next_start(bytes, 0);
  while (start < bytes.size()) {
    const std::size_t begin = start + 3;
    start = next_start(bytes, begin);
    std::size_t end = start;
    // A fourth byte of the start code, or padding: a unit never ends with zero.
    while (end > begin && bytes[end - 1] == 0) --end;
    if (end > begin) units.push_back(bytes.subspan(begin, end - begin));
  }
  return units;
}

Units sets_of_encoder(UnitView extradata) {
  Units sets;
  for (const UnitView unit : split_start_codes(extradata)) {
    const int type = type_of(unit);
    if (type == kSequenceSet || type == kPictureSet) sets.emplace_back(unit.begin(), unit.end());
  }
  return sets;
}

Result<Units> sets_of_file(UnitView avcc) {
  auto sets = read_sets(avcc);
  if (!sets) return std::unexpected(sets.error());
  sets->sequence.insert(sets->sequence.end(), sets->picture.begin(), sets->picture.end());
  return std::move(sets->sequence);
}

Result<std::vector<std::uint8_t>> with_sets(UnitView avcc, const Units& more) {
  auto sets = read_sets(avcc);
  if (!sets) return std::unexpected(sets.error());
  for (const auto& unit : more)
    (type_of(unit) == kSequenceSet ? sets->sequence : sets->picture).push_back(unit);
  if (sets->sequence.size() > kSequenceSetCount || sets->picture.size() > 0xff)
    return fail(ErrorCode::Unsupported, tr("the track has too many parameter sets"));
  std::vector<std::uint8_t> bytes(avcc.begin(), avcc.begin() + kAvccHeader);
  for (const auto& unit : more) {
    if (type_of(unit) != kSequenceSet || unit.size() < kSequenceHeader) continue;
    bytes[2] &= unit[2];  // constraints that all keep
    bytes[3] = std::max(bytes[3], unit[3]);
  }
  bytes[5] = static_cast<std::uint8_t>((avcc[5] & ~kSequenceSetCount) | sets->sequence.size());
  append_sets(bytes, sets->sequence);
  bytes.push_back(static_cast<std::uint8_t>(sets->picture.size()));
  append_sets(bytes, sets->picture);
  bytes.insert(bytes.end(), sets->rest.begin(), sets->rest.end());
  return bytes;
}

bool may_hold(UnitView avcc, const Units& more) {
  const auto sets = read_sets(avcc);
  return sets && std::ranges::equal(sets->rest, kOrdinaryPixels) &&
         std::ranges::all_of(more, [&](const auto& unit) {
           return type_of(unit) != kSequenceSet || (unit.size() >= kSequenceHeader && unit[1] == avcc[1]);
         });
}

bool have_number(const Units& sets, unsigned number) {
  return std::ranges::any_of(sets, [number](const auto& set) { return number_of(set) == number; });
}

std::optional<int> free_number(const Units& sets) {
  for (unsigned number = 0; number < kMostNumbers; ++number) {
    if (!have_number(sets, number)) return static_cast<int>(number);
  }
  return std::nullopt;
}

bool is_whole_beginning(UnitView packet) {
  for (UnitView unit = take_unit(packet); !unit.empty(); unit = take_unit(packet)) {
    const int type = type_of(unit);
    if (type == kSequenceSet || type == kPictureSet) return false;
    if (type >= 1 && type <= kLastSliceType) return type == kLastSliceType;
  }
  return false;
}

PacketPtr with_lengths(const AVPacket& packet, const Units& before) {
  std::vector<std::uint8_t> bytes = joined(before);
  for (const UnitView unit : split_start_codes(view_of(packet))) append_unit(bytes, unit);
  return packet_with(packet, bytes);
}

PacketPtr with_units_before(const AVPacket& packet, const Units& before) {
  std::vector<std::uint8_t> bytes = joined(before);
  const UnitView rest = view_of(packet);
  bytes.insert(bytes.end(), rest.begin(), rest.end());
  return packet_with(packet, bytes);
}

}  // namespace meanwhile
