// What a decoder's process says of a file that it opened.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "media/base/byte_stream.h"
#include "media/play/file_reader.h"

namespace meanwhile {

struct SentFileTrack {
  std::uint32_t is_picture = 0;
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint32_t channels = 0;
  std::uint32_t is_copied = 0;
  std::uint32_t extradata_size = 0;
  std::uint64_t frames_in_1000_seconds = 0;
};

struct SentFile {
  std::int64_t duration = 0;
  std::uint32_t track_count = 0;
  std::uint32_t left_out = 0;
  std::uint64_t chapters_size = 0;
  std::array<SentFileTrack, kMostFileTracks> tracks{};
};

// With the tracks' extradata behind it, one after the other, then the chapters as JSON.
Bytes pack_file(const FileFacts& facts);

// Facts that can be relied on: no more tracks than there may be, sizes and rates within their bounds.
// nullopt: no decoder of ours says that.
std::optional<FileFacts> parse_sent_file(std::span<const std::byte> bytes);

}  // namespace meanwhile
