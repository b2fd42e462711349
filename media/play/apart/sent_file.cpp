#include "media/play/apart/sent_file.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/chapters.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packets.h"
#include "media/play/file_reader.h"

namespace meanwhile {
namespace {

constexpr double kThousandSeconds = 1000;
constexpr std::uint64_t kMostSentFrames = 1'000'000;  // in a thousand seconds
constexpr std::uint32_t kMostLeftOut = 10'000;
constexpr std::size_t kMostChapterBytes = 128 << 10;  // kMostChapters of them, each letter of a name escaped

std::optional<FileTrack> parse_track(const SentFileTrack& sent) {
  if (sent.extradata_size > kLongestExtradata) return std::nullopt;
  if (sent.is_picture == 0) {
    if (sent.channels < 1 || sent.channels > 2) return std::nullopt;
    return FileTrack{.channels = static_cast<int>(sent.channels), .is_copied = sent.is_copied != 0};
  }
  const auto is_side = [](std::uint32_t side) {
    return side >= 2 && side <= kLongestFileSide && side % 2 == 0;
  };
  if (!is_side(sent.width) || !is_side(sent.height)) return std::nullopt;
  if (sent.frames_in_1000_seconds < 1 || sent.frames_in_1000_seconds > kMostSentFrames) return std::nullopt;
  return FileTrack{.is_picture = true,
                   .width = static_cast<int>(sent.width),
                   .height = static_cast<int>(sent.height),
                   .frames_per_second = static_cast<double>(sent.frames_in_1000_seconds) / kThousandSeconds,
                   .is_copied = sent.is_copied != 0};
}

// "" of nothing, or of more than there is room for.
std::string packed(const Chapters& chapters) {
  if (chapters.empty()) return {};
  std::string text = to_text(json_of(chapters));
  if (text.size() > kMostChapterBytes) text.clear();
  return text;
}

Chapters parse_chapters(std::span<const std::byte> bytes) {
  const auto json = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return json ? chapters_from_json(*json) : Chapters();
}

}  // namespace

Bytes pack_file(const FileFacts& facts) {
  const std::string chapters = packed(facts.chapters);
  SentFile sent{.duration = std::min<std::int64_t>(facts.duration.count(), kLatestSentTime),
                .track_count = static_cast<std::uint32_t>(std::min(facts.tracks.size(), kMostFileTracks)),
                .left_out = static_cast<std::uint32_t>(facts.left_out),
                .chapters_size = chapters.size()};
  for (std::size_t i = 0; i < sent.track_count; ++i) {
    const FileTrack& track = facts.tracks[i];
    sent.tracks[i] = {.is_picture = track.is_picture ? 1U : 0U,
                      .width = static_cast<std::uint32_t>(track.width),
                      .height = static_cast<std::uint32_t>(track.height),
                      .channels = static_cast<std::uint32_t>(track.channels),
                      .is_copied = track.is_copied ? 1U : 0U,
                      .extradata_size = static_cast<std::uint32_t>(track.extradata.size()),
                      .frames_in_1000_seconds = static_cast<std::uint64_t>(
                          std::max(1.0, track.frames_per_second * kThousandSeconds))};
  }
  const auto head = bytes_of(sent);
  Bytes bytes(head.begin(), head.end());
  for (std::size_t i = 0; i < sent.track_count; ++i)
    bytes.insert(bytes.end(), facts.tracks[i].extradata.begin(), facts.tracks[i].extradata.end());
  const auto letters = std::as_bytes(std::span(chapters));
  bytes.insert(bytes.end(), letters.begin(), letters.end());
  return bytes;
}

std::optional<FileFacts> parse_sent_file(std::span<const std::byte> bytes) {
  SentFile sent;
  if (bytes.size() < sizeof sent) return std::nullopt;
  std::memcpy(&sent, bytes.data(), sizeof sent);  // it may be written to while we read it
  if (sent.duration < 0 || sent.duration > kLatestSentTime || sent.track_count < 1 ||
      sent.track_count > kMostFileTracks || sent.left_out > kMostLeftOut ||
      sent.chapters_size > kMostChapterBytes)
    return std::nullopt;
  FileFacts facts{
      .tracks = {}, .duration = MediaTime(sent.duration), .left_out = static_cast<int>(sent.left_out)};
  std::size_t sounds = 0;
  std::span<const std::byte> rest = bytes.subspan(sizeof sent);
  for (std::size_t i = 0; i < sent.track_count; ++i) {
    auto track = parse_track(sent.tracks[i]);
    const std::size_t size = sent.tracks[i].extradata_size;
    if (!track || rest.size() < size) return std::nullopt;
    track->extradata.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
    rest = rest.subspan(size);
    sounds += track->is_picture ? 0 : 1;
    facts.tracks.push_back(std::move(*track));
  }
  if (rest.size() < sent.chapters_size) return std::nullopt;
  if (sent.chapters_size > 0) facts.chapters = parse_chapters(rest.first(sent.chapters_size));
  if (sounds > 1 || facts.tracks.size() - sounds > kMostFilePictures) return std::nullopt;
  return facts;
}

}  // namespace meanwhile
