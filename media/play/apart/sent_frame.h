// What goes along with a track's packets and frames when they are decoded one by one (frame_decoder.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// The parameters of a track of H.264 or AAC, to the decoder, which believes them.
Bytes pack_track(const AVCodecParameters& track, AVRational time_base);
struct PackedTrack {
  CodecParametersPtr parameters;
  AVRational time_base{};
};
// Errors: Corrupt.
Result<PackedTrack> unpack_track(std::span<const std::byte> bytes);

// From the decoder: what a picture's planes don't say, or a block of sound, whose samples follow it.
struct SentFrame {
  std::int32_t range = 0;
  std::int32_t space = 0;
  std::int32_t primaries = 0;
  std::int32_t transfer = 0;
  std::int32_t chroma_place = 0;
  std::int32_t rate = 0;  // frames in rate_base seconds, as the parameter sets claim; 0: nothing
  std::int32_t rate_base = 1;
  std::int32_t sample_rate = 0;
  std::int32_t channels = 0;
  std::int32_t samples = 0;  // of each channel, planar floats
};

SentFrame sent_frame(const AVFrame& frame, AVRational rate);
Bytes pack_sound(const AVFrame& frame);

// nullopt: no decoder of ours says that.
std::optional<SentFrame> parse_sent_frame(std::span<const std::byte> bytes);
// A copy of a picture, or of the sound in bytes (which begin with the SentFrame).
FramePtr frame_of(const Picture& picture, const SentFrame& sent);
FramePtr frame_of(std::span<const std::byte> bytes, const SentFrame& sent);

}  // namespace meanwhile
