#include "app/sending/take_objects.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/library/manifest.h"
#include "app/library/playlist.h"
#include "app/sending/sent_objects.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"
#include "media/record/take.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/outbox_items.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// The take's own notes, not the clip's: clip.json says what others may know.
constexpr const char* kTakeFileName = "take.json";
// Posters, pointer tracks, playlists: far smaller in practice; kLargestObjectBytes is what storage takes.
constexpr std::uint64_t kLargestFileBesideBytes = 16u << 20;

struct TrackParts {
  ManifestTrack track;
  std::vector<OutboxItem> items;
};

OutboxItem range_item(std::string key, const fs::path& path, std::uint64_t offset, const NamedObject& named) {
  return {.key = std::move(key),
          .source = FileRange{.path = path, .offset = offset, .length = named.object.bytes},
          .sha256 = named.object.sha256,
          .hashed = named.hashed,
          .priority = OutboxPriority::Segment};
}

Result<TrackParts> cut_track(const Take& take, const TrackReport& report, SentObjects& sent) {
  const fs::path path = track_path(take.folder, report.kind);
  auto file = FileSource::open(path);
  if (!file) return std::unexpected(file.error());
  auto index = index_track(**file);
  if (!index) return fail(path.string(), index.error());
  if (index->fragments.empty())
    return fail(ErrorCode::Corrupt, tr_format("{} holds no picture and no sound", path.string()));
  const std::string name = track_name(report.kind);
  const std::vector<Segment> segments = cut_segments(*index);
  std::vector<ByteRange> ranges{{0, index->init_size_bytes}};
  for (const Segment& segment : segments) ranges.push_back({segment.offset, segment.size_bytes});
  SentTrack objects(sent, take.clip, name, path, **file);
  objects.hash(ranges);
  auto init = objects.init(index->init_size_bytes);
  if (!init) return std::unexpected(init.error());

  TrackParts parts;
  parts.track = {.name = name,
                 .codec = report.codec,
                 .width = report.width,
                 .height = report.height,
                 .bytes = init->object.bytes,
                 .duration = index->end(),
                 .init = init->object,
                 .init_number = init->number};
  parts.items.push_back(range_item(init_key(take.clip, name, init->number), path, 0, *init));
  for (const Segment& segment : segments) {
    auto named = objects.segment(segment.offset, segment.size_bytes);
    if (!named) return std::unexpected(named.error());
    const ManifestObject& object = named->object;
    const std::size_t number = named->number;
    parts.track.segments.push_back({object.bytes, object.sha256, number, segment.start, segment.duration});
    parts.track.bytes += object.bytes;
    parts.items.push_back(range_item(segment_key(take.clip, name, number), path, segment.offset, *named));
  }
  return parts;
}

bool is_side_file(const fs::path& path) {
  const std::string name = path.filename().string();
  return is_clip_file_name(name) && name != kTakeFileName && path.extension() != ".mp4";
}

void add_file(const std::string& name, Bytes bytes, SentObjects& known, Manifest& manifest,
              std::vector<OutboxItem>& items) {
  const std::string sha256 = sha256_hex(bytes);
  const std::size_t number = known.number_of_file(manifest.clip, name, sha256);
  manifest.files.push_back({name, bytes.size(), sha256, number});
  items.push_back({.key = clip_file_key(manifest.clip, name, number),
                   .source = std::move(bytes),
                   .sha256 = sha256,
                   .priority = OutboxPriority::Poster});
}

// What belongs to a clip but is no track: poster, pointer and its shapes, waveform.
Result<void> add_side_files(const Take& take, SentObjects& known, Manifest& manifest,
                            std::vector<OutboxItem>& items) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(take.folder, error)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    if (!is_side_file(path)) continue;
    const std::string name = path.filename().string();
    auto bytes = read_file(path, kLargestFileBesideBytes);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->empty()) continue;
    add_file(name, std::move(*bytes), known, manifest, items);
  }
  return {};
}

void add_playlists(SentObjects& known, Manifest& manifest, std::vector<OutboxItem>& items) {
  for (const Playlist& playlist : make_track_playlists(manifest))
    add_file(playlist.name, to_bytes(playlist.text), known, manifest, items);
  if (const auto all = make_clip_playlist(manifest))
    add_file(all->name, to_bytes(all->text), known, manifest, items);
}

}  // namespace

Result<std::vector<OutboxItem>> describe_parts(const Take& take, SentObjects& known, Manifest& manifest) {
  std::vector<OutboxItem> items;
  std::string last_failure = tr("it has no tracks");
  manifest.duration = {};
  manifest.tracks.clear();
  manifest.files.clear();
  for (const TrackReport& report : take.tracks) {
    auto parts = cut_track(take, report, known);
    if (!parts) {
      last_failure = parts.error().message;
      continue;
    }
    manifest.duration = std::max(manifest.duration, parts->track.duration);
    manifest.tracks.push_back(std::move(parts->track));
    std::ranges::move(parts->items, std::back_inserter(items));
  }
  if (manifest.tracks.empty())
    return fail(ErrorCode::Corrupt,
                tr_format("nothing in the draft {} can be played: {}", take.clip, last_failure));
  MEANWHILE_TRY(add_side_files(take, known, manifest, items));
  add_playlists(known, manifest, items);
  return items;
}

}  // namespace meanwhile
