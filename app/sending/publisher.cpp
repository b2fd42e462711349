#include "app/sending/publisher.h"

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

#include "app/fetching/clip_store.h"
#include "app/library/events.h"
#include "app/library/manifest.h"
#include "app/library/playlist.h"
#include "app/library/text.h"
#include "app/sending/sent_objects.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/pauses.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/time_range.h"
#include "media/base/track_index.h"
#include "media/record/take.h"
#include "media/record/take_cut.h"
#include "media/record/take_extras.h"
#include "media/record/take_lock.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/outbox_items.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// The take's own notes, not the clip's: clip.json says what others may know.
constexpr const char* kTakeFileName = "take.json";
// Posters, pointer tracks, playlists: far smaller in practice; kLargestObjectBytes is what storage takes.
constexpr std::uint64_t kLargestSideFileBytes = 16u << 20;

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
    return fail(ErrorCode::Corrupt, path.string() + " holds no picture and no sound");
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
                     .priority = OutboxPriority::Poster});
  }
}

Manifest describe(const Take& take, const PublishDetails& details, const Identity& identity) {
  return {.clip = take.clip,
          .title = details.title,
          .person = identity.person(),
          .device = identity.device().id(),
          .author_name = details.author_name,
          .recorded = take.started,
          .duration = {},
          .tracks = {},
          .files = {},
          .loudness = take.loudness,
          .clean_sound = take.clean_sound};
}

// None where it isn't known what was said or what moved.
MediaTime pauses_of(const fs::path& take, MediaTime duration) {
  const auto text_of = [&](const char* name) {
    auto bytes = read_file(take / name, kLargestSideFileBytes);
    return bytes ? std::string(as_text(*bytes)) : std::string();
  };
  const auto peaks = parse_waveform(text_of(kWaveformFile));
  const auto levels = parse_activity(text_of(kActivityFile));
  return peaks && levels ? length_of(find_pauses(*peaks, *levels, duration)) : MediaTime{};
}

Result<Json> published_event(const Manifest& manifest, const PublishDetails& details,
                             const Bytes& signed_manifest, const Take& take) {
  PublishedEvent event{.clip = manifest.clip,
                       .title = manifest.title,
                       .channel = details.channel.empty() ? "" : channel_id_for(details.channel),
                       .duration = manifest.duration,
                       .recorded = format_rfc3339(manifest.recorded),
                       .manifest_sha256 = sha256_hex(signed_manifest),
                       .tracks = {},
                       .in_the_morning = details.in_the_morning,
                       .pauses = pauses_of(take.folder, manifest.duration),
                       .description = {},
                       .chapters = take.chapters};
  for (const ManifestTrack& track : manifest.tracks)
    event.tracks.push_back({track.name, track.width, track.height});
  return to_json(EventBody(std::move(event)));
}

// A cut take's files are others than those that were sent while it was recorded, under the same names.
Result<void> withdraw_sent(const std::string& clip, Outbox& outbox) {
  const auto sent = outbox.objects(clip);
  if (!sent) return std::unexpected(sent.error());
  std::vector<std::string> keys;
  for (const OutboxObject& object : *sent) keys.push_back(object.key);
  return outbox.withdraw(clip, keys);
}

// The take as it is to be published, held until it is.
Result<PreparedTake> take_hold(const fs::path& folder, const std::string& library, Outbox& outbox) {
  PreparedTake held;
  auto lock = TakeLock::acquire(folder);
  if (!lock) return fail("publishing the draft", lock.error());
  auto take = read_take(folder);
  if (!take) return std::unexpected(take.error());
  if (!take->trim.is_set()) {
    held.take = std::move(*take);
    held.take.is_being_recorded = false;  // by nobody but us
    held.lock = std::move(*lock);
    return held;
  }
  MEANWHILE_TRY(withdraw_sent(take->clip, outbox));
  lock->end(folder);
  auto cut = TakeCut::make(folder, library);
  if (!cut) return std::unexpected(cut.error());
  held.take = (*cut)->take();
  held.cut = std::move(*cut);
  return held;
}

}  // namespace

Result<PreparedTake> prepare_take(const fs::path& folder, const PublishDetails& details,
                                  const Identity& identity, const std::string& library, Outbox& outbox) {
  auto prepared = take_hold(folder, library, outbox);
  if (!prepared) return prepared;
  // Of what was cut, recovered or imported nobody knows it yet.
  if (!prepared->take.loudness) prepared->take.loudness = measured_loudness(prepared->take.folder);
  const auto sent = outbox.objects(prepared->take.clip);
  if (!sent) return std::unexpected(sent.error());
  auto publication = prepare_publication(prepared->take, details, identity, *sent);
  if (!publication) return std::unexpected(publication.error());
  prepared->publication = std::move(*publication);
  return prepared;
}

Result<Publication> prepare_publication(const Take& take, const PublishDetails& details,
                                        const Identity& identity, const std::vector<OutboxObject>& sent) {
  if (take.is_being_recorded)
    return fail(ErrorCode::Unavailable, "the draft " + take.clip + " is still being recorded");
  if (!is_valid_utf8(details.title) || count_characters(details.title) > kLongestTitle) {
    return fail(ErrorCode::InvalidArgument,
                "a title is at most " + std::to_string(kLongestTitle) + " characters of valid UTF-8");
  }
  Manifest manifest = describe(take, details, identity);
  Publication publication{.clip = take.clip, .items = {}, .published = {}, .left_over = {}};
  SentObjects known(sent);
  std::string last_failure = "it has no tracks";
  for (const TrackReport& report : take.tracks) {
    auto parts = cut_track(take, report, known);
    if (!parts) {
      last_failure = parts.error().message;
      continue;
    }
    manifest.duration = std::max(manifest.duration, parts->track.duration);
    manifest.tracks.push_back(std::move(parts->track));
    std::ranges::move(parts->items, std::back_inserter(publication.items));
  }
  if (manifest.tracks.empty()) {
    return fail(ErrorCode::Corrupt, "nothing in the draft " + take.clip + " can be played: " + last_failure);
  }
  publication.left_over = known.left_over();
  MEANWHILE_TRY(add_side_files(take, manifest, publication.items));
  add_playlists(manifest, publication.items);

  auto json = to_json(manifest);
  if (!json) return std::unexpected(json.error());
  Bytes signed_manifest = sign_document(*json, identity.device().key);
  auto event = published_event(manifest, details, signed_manifest, take);
  if (!event) return std::unexpected(event.error());
  publication.published = std::move(*event);
  publication.items.push_back({.key = manifest_key(take.clip),
                               .source = std::move(signed_manifest),
                               .priority = OutboxPriority::Small});
  return publication;
}

}  // namespace meanwhile
