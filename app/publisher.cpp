#include "app/publisher.h"

#include <algorithm>

#include "app/library/events.h"
#include "app/library/playlist.h"
#include "app/library/text.h"
#include "media/base/files.h"
#include "media/base/track_index.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr int kManifestStage = 1;
// The take's own notes, not the clip's: clip.json says what others may know.
constexpr const char* kTakeFileName = "take.json";
// Posters, pointer tracks, playlists: far smaller in practice; kLargestObjectBytes is what storage takes.
constexpr std::uint64_t kLargestSideFileBytes = 16u << 20;

struct TrackParts {
  ManifestTrack track;
  std::vector<OutboxItem> items;
};

OutboxItem range_item(std::string key, const fs::path& path, std::uint64_t offset,
                      const ManifestObject& object, OutboxPriority priority) {
  return {.key = std::move(key),
          .source = FileRange{.path = path, .offset = offset, .length = object.bytes},
          .sha256 = object.sha256,
          .priority = priority};
}

Result<ManifestObject> hash_range(ByteSource& file, std::uint64_t offset, std::uint64_t length) {
  auto hash = sha256_hex(file, offset, length);
  if (!hash) return std::unexpected(hash.error());
  return ManifestObject{.bytes = length, .sha256 = *hash};
}

Result<TrackParts> cut_track(const std::string& clip, const fs::path& folder, const TrackReport& report) {
  const fs::path path = fs::absolute(folder / report.file);
  auto file = FileSource::open(path);
  if (!file) return std::unexpected(file.error());
  auto index = index_track(**file);
  if (!index) return fail(path.string(), index.error());
  if (index->fragments.empty())
    return fail(ErrorCode::Corrupt, path.string() + " holds no picture and no sound");
  auto init = hash_range(**file, 0, index->init_size_bytes);
  if (!init) return std::unexpected(init.error());

  const std::string name = track_name(report.kind);
  TrackParts parts;
  parts.track = {.name = name,
                 .codec = report.codec,
                 .width = report.width,
                 .height = report.height,
                 .bytes = index->init_size_bytes,
                 .duration = index->end(),
                 .init = *init};
  parts.items.push_back(range_item(init_key(clip, name), path, 0, *init, OutboxPriority::Segment));
  for (const Segment& segment : cut_segments(*index)) {
    auto object = hash_range(**file, segment.offset, segment.size_bytes);
    if (!object) return std::unexpected(object.error());
    parts.track.segments.push_back({object->bytes, object->sha256, segment.start, segment.duration});
    parts.track.bytes += object->bytes;
    parts.items.push_back(range_item(segment_key(clip, name, parts.track.segments.size()), path,
                                     segment.offset, *object, OutboxPriority::Segment));
  }
  return parts;
}

bool is_side_file(const fs::path& path) {
  const std::string name = path.filename().string();
  return is_clip_file_name(name) && name != kTakeFileName && path.extension() != ".mp4";
}

// What belongs to a clip but is no track: poster, pointer and its shapes, waveform.
Result<void> add_side_files(const Take& take, Manifest& manifest, std::vector<OutboxItem>& items) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(take.folder, error)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    if (!is_side_file(path)) continue;
    const std::string name = path.filename().string();
    auto bytes = read_file(path, kLargestSideFileBytes);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->empty()) continue;
    manifest.files.push_back({name, bytes->size(), sha256_hex(*bytes)});
    items.push_back({.key = clip_file_key(manifest.clip, name),
                     .source = std::move(*bytes),
                     .sha256 = manifest.files.back().sha256,
                     .priority = OutboxPriority::Poster});
  }
  return {};
}

void add_playlists(Manifest& manifest, std::vector<OutboxItem>& items) {
  for (const Playlist& playlist : make_playlists(manifest)) {
    Bytes bytes = to_bytes(playlist.text);
    manifest.files.push_back({playlist.name, bytes.size(), sha256_hex(bytes)});
    items.push_back({.key = clip_file_key(manifest.clip, playlist.name),
                     .source = std::move(bytes),
                     .sha256 = manifest.files.back().sha256,
                     .priority = OutboxPriority::Poster,
                     .stage = kManifestStage});
  }
}

Manifest describe(const Take& take, const PublishDetails& details, const Identity& identity) {
  return {.clip = take.clip,
          .title = details.title,
          .person = identity.person(),
          .device = identity.device().id(),
          .author_name = details.author_name,
          .recorded = take.started};
}

Result<Json> published_event(const Manifest& manifest, const PublishDetails& details,
                             const Bytes& signed_manifest) {
  PublishedEvent event{.clip = manifest.clip,
                       .title = manifest.title,
                       .channel = details.channel.empty() ? "" : channel_id_for(details.channel),
                       .duration = manifest.duration,
                       .recorded = format_rfc3339(manifest.recorded),
                       .manifest_sha256 = sha256_hex(signed_manifest)};
  for (const ManifestTrack& track : manifest.tracks)
    event.tracks.push_back({track.name, track.width, track.height});
  return to_json(EventBody(std::move(event)));
}

// The take as it is to be published, held until it is.
Result<PreparedTake> take_hold(const fs::path& folder, const std::string& library) {
  PreparedTake held;
  auto lock = TakeLock::acquire(folder);
  if (!lock) return fail("publishing the take", lock.error());
  auto take = read_take(folder);
  if (!take) return std::unexpected(take.error());
  if (!take->trim.is_set()) {
    held.take = std::move(*take);
    held.take.is_being_recorded = false;  // by nobody but us
    held.lock = std::move(*lock);
    return held;
  }
  lock->end(folder);
  auto cut = TakeCut::make(folder, library);
  if (!cut) return std::unexpected(cut.error());
  held.take = (*cut)->take();
  held.cut = std::move(*cut);
  return held;
}

}  // namespace

Result<PreparedTake> prepare_take(const fs::path& folder, const PublishDetails& details,
                                  const Identity& identity, const std::string& library) {
  auto prepared = take_hold(folder, library);
  if (!prepared) return prepared;
  auto publication = prepare_publication(prepared->take, details, identity);
  if (!publication) return std::unexpected(publication.error());
  prepared->publication = std::move(*publication);
  return prepared;
}

Result<Publication> prepare_publication(const Take& take, const PublishDetails& details,
                                        const Identity& identity) {
  if (take.is_being_recorded)
    return fail(ErrorCode::Unavailable, "the take " + take.clip + " is still being recorded");
  if (!is_valid_utf8(details.title) || count_characters(details.title) > kLongestTitle) {
    return fail(ErrorCode::InvalidArgument,
                "a title is at most " + std::to_string(kLongestTitle) + " characters of valid UTF-8");
  }
  Manifest manifest = describe(take, details, identity);
  Publication publication{.clip = take.clip, .items = {}, .published = {}};
  std::string last_failure = "it has no tracks";
  for (const TrackReport& report : take.tracks) {
    auto parts = cut_track(take.clip, take.folder, report);
    if (!parts) {
      last_failure = parts.error().message;
      continue;
    }
    manifest.duration = std::max(manifest.duration, parts->track.duration);
    manifest.tracks.push_back(std::move(parts->track));
    std::ranges::move(parts->items, std::back_inserter(publication.items));
  }
  if (manifest.tracks.empty()) {
    return fail(ErrorCode::Corrupt, "nothing in the take " + take.clip + " can be played: " + last_failure);
  }
  MEANWHILE_TRY(add_side_files(take, manifest, publication.items));
  add_playlists(manifest, publication.items);

  auto json = to_json(manifest);
  if (!json) return std::unexpected(json.error());
  Bytes signed_manifest = sign_document(*json, identity.device().key);
  auto event = published_event(manifest, details, signed_manifest);
  if (!event) return std::unexpected(event.error());
  publication.published = std::move(*event);
  publication.items.push_back({.key = manifest_key(take.clip),
                               .source = std::move(signed_manifest),
                               .priority = OutboxPriority::Small,
                               .stage = kManifestStage + 1});
  return publication;
}

}  // namespace meanwhile
