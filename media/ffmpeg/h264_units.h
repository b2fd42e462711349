// The units (NAL units) that H.264 is made of, in the two ways they are kept: with start codes, as encoders
// give them, and with lengths, as files have them. Source: ISO/IEC 14496-10 annex B; 14496-15 s. 5.3.3.1.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

using UnitView = std::span<const std::uint8_t>;
using Units = std::vector<std::vector<std::uint8_t>>;

// Annex B. The views are into `bytes`.
std::vector<UnitView> split_start_codes(UnitView bytes);

// The parameter sets of an encoder's extradata (Annex B).
Units sets_of_encoder(UnitView extradata);
// Those of a file's avcC. Errors: Corrupt, Unsupported (lengths that aren't four bytes, which ours are).
Result<Units> sets_of_file(UnitView avcc);
// A file's avcC with more sets in it, and a level that is enough for all. Errors: as sets_of_file;
// Unsupported (there would be too many).
Result<std::vector<std::uint8_t>> with_sets(UnitView avcc, const Units& more);

// Whether a file's avcC may hold an encoder's sets beside its own: the profile is the same, and the pixels
// are 4:2:0 of 8 bits. Source: ISO/IEC 14496-15 s. 5.3.3.1.2.
bool may_hold(UnitView avcc, const Units& more);

// One of the sets has that number, by which pictures name those they need.
bool have_number(const Units& sets, unsigned number);
// The lowest that none has. nullopt: none is left.
std::optional<int> free_number(const Units& sets);

// A file's packet that needs no other before it, and brings no parameter sets of its own.
bool is_whole_beginning(UnitView packet);

// The packet of an encoder (Annex B) with lengths, `before` in front of it.
PacketPtr with_lengths(const AVPacket& packet, const Units& before);
// The packet of a file with `before` in front of it.
PacketPtr with_units_before(const AVPacket& packet, const Units& before);

}  // namespace meanwhile
