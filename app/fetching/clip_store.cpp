#include "app/fetching/clip_store.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/live_feed.h"
#include "app/fetching/object_cache.h"
#include "app/fetching/segment_source.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/clip_media.h"
#include "media/play/open_readers.h"
#include "media/play/pointer_track.h"
#include "media/play/stills.h"
#include "media/record/take.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestSideFileBytes = 16u << 20;
constexpr std::size_t kMostPeaks = 100 * 3600 * 50;

using ReadSideFile = std::function<Result<Bytes>(const std::string& name)>;

std::shared_ptr<const PointerTrack> load_pointer(const ReadSideFile& read, Stills& stills) {
  auto text = read("pointer.jsonl");
  if (!text) return nullptr;
  return std::make_shared<PointerTrack>(PointerTrack::load(
      as_text(*text), [&](int shape) { return read("pointer-" + std::to_string(shape) + ".png"); }, stills));
}

std::shared_ptr<ByteSource>* track_of(ClipMedia& media, std::string_view name) {
  if (name == "screen") return &media.screen;
  if (name == "camera") return &media.camera;
  if (name == "voice") return &media.voice;
  if (name == "system") return &media.system;
  return nullptr;
}

SoundTreatment treatment_of(const std::optional<Loudness>& loudness, bool is_clean) {
  return {.gain_db = loudness ? gain_of(*loudness) : 0, .is_clean = is_clean};
}

std::unexpected<Error> still_recorded() {
  return fail(
      ErrorCode::Unavailable,
      tr("the clip is still being recorded: until it is published it can only be watched in the window"));
}

}  // namespace

OpenedClip open_tracks(const std::string& clip, const fs::path& folder,
                       const std::vector<TrackReport>& tracks, MediaTime duration) {
  OpenedClip opened{.clip = clip,
                    .media = {.duration = duration},
                    .manifest = {},
                    .tracks = tracks,
                    .kept = {},
                    .live = {}};
  for (const TrackReport& report : tracks) {
    auto* track = track_of(opened.media, track_name(report.kind));
    auto file = FileSource::open(folder / report.file);
    if (track && file) *track = std::move(*file);
  }
  opened.media.pointer =
      load_pointer([&](const std::string& name) { return read_file(folder / name, kLargestSideFileBytes); },
                   *open_own_stills());
  return opened;
}

std::vector<ClipObject> objects_of(const Manifest& manifest) {
  std::vector<ClipObject> objects;
  objects.reserve(manifest.files.size());
  for (const ManifestFile& file : manifest.files) {
    objects.push_back({clip_file_key(manifest.clip, file), {file.bytes, file.sha256}});
  }
  for (const ClipObject& object : beginnings_of(manifest, MediaTime::max())) objects.push_back(object);
  return objects;
}

std::vector<ClipObject> added_objects(const Clip& clip) {
  std::vector<ClipObject> objects;
  for (const Addition& addition : clip.additions) {
    if (addition.is_suggestion) continue;
    const AddedObject& object = addition.object;
    objects.push_back({added_key(clip.id, object.name), {object.bytes, object.sha256}});
  }
  return objects;
}

std::vector<ClipObject> beginnings_of(const Manifest& manifest, MediaTime length) {
  std::vector<ClipObject> objects;
  for (const ManifestTrack& track : manifest.tracks) {
    objects.push_back({init_key(manifest.clip, track.name, track.init_number), track.init});
    for (const ManifestSegment& segment : track.segments) {
      if (segment.start >= length) break;
      objects.push_back(
          {segment_key(manifest.clip, track.name, segment.number), {segment.bytes, segment.sha256}});
    }
  }
  return objects;
}

ClipStore::ClipStore(fs::path takes, std::shared_ptr<Storage> storage, const fs::path& cache,
                     std::uint64_t cache_limit_bytes, FindClip find_clip)
    : takes_(std::move(takes)),
      storage_(std::move(storage)),
      cache_(std::make_shared<ObjectCache>(storage_, cache, cache_limit_bytes)),
      find_clip_(std::move(find_clip)) {}

std::optional<fs::path> ClipStore::take_folder(const std::string& clip) const {
  std::error_code error;
  if (!is_clip_id(clip) || !fs::is_regular_file(takes_ / clip / "take.json", error)) return std::nullopt;
  return takes_ / clip;
}

std::optional<fs::path> ClipStore::take_folder(const Clip& clip) const {
  const auto folder = take_folder(clip.id);
  if (!folder) return std::nullopt;
  const Addition* later = manifest_in(clip.additions);
  const auto take = read_take(*folder);
  const std::string manifest = later != nullptr ? later->object.sha256 : std::string();
  return take && take->manifest_sha256 == manifest ? folder : std::nullopt;
}

std::vector<fs::path> ClipStore::takes_of_manifest(const std::string& sha256) const {
  std::vector<fs::path> folders;
  for (const Take& take : list_takes(takes_))
    if (!sha256.empty() && take.manifest_sha256 == sha256) folders.push_back(take.folder);
  return folders;
}

Result<OpenedClip> ClipStore::open_take(const std::string& clip) const {
  const auto folder = take_folder(clip);
  if (!folder) return fail(ErrorCode::NotFound, tr_format("there is no draft {} on this machine", clip));
  auto take = read_take(*folder);
  if (!take) return std::unexpected(take.error());
  OpenedClip opened = open_tracks(clip, *folder, take->tracks, take->duration);
  const auto range = kept_range(*take);
  if (!range) return std::unexpected(range.error());
  if (take->trim.is_set()) opened.kept = *range;
  opened.chapters = take->chapters;
  opened.media.sound = treatment_of(take->loudness, take->clean_sound);
  return opened;
}

// The event that published the clip, or replaced its manifest, is signed, and names the hash of it: that is
// the manifest's proof.
ManifestPlace manifest_place(const Clip& clip) {
  const Addition* later = manifest_in(clip.additions);
  if (later == nullptr) return {manifest_key(clip.id), clip.manifest_sha256};
  return {added_key(clip.id, later->object.name), later->object.sha256};
}

Result<Bytes> ClipStore::manifest_bytes(const Clip& clip, std::stop_token stop) const {
  if (clip.is_live) return still_recorded();
  const ManifestPlace place = manifest_place(clip);
  auto bytes = cache_->get_document(place.key, place.sha256, kLargestManifestBytes, std::move(stop));
  if (!bytes && bytes.error().code == ErrorCode::Corrupt) {
    return fail(ErrorCode::Corrupt,
                tr_format("{} is not what {} published: it was changed or damaged in the library", place.key,
                          clip.author_name));
  }
  if (!bytes) return fail(tr("opening the clip"), bytes.error());
  return bytes;
}

Result<Manifest> ClipStore::manifest(const Clip& clip, std::stop_token stop) const {
  const auto bytes = manifest_bytes(clip, std::move(stop));
  if (!bytes) return std::unexpected(bytes.error());
  const std::string key = manifest_place(clip).key;
  auto manifest = parse_manifest(as_text(*bytes));
  if (!manifest) return fail(key, manifest.error());
  if (manifest->clip != clip.id) return fail(ErrorCode::Corrupt, tr_format("{} is another clip's", key));
  return manifest;
}

Result<Clip> ClipStore::earlier_version(const Clip& clip, int version, std::stop_token stop) const {
  if (version == clip.version) return clip;
  const auto manifest = this->manifest(clip, std::move(stop));
  if (!manifest) return std::unexpected(manifest.error());
  if (version < 1 || version > std::ssize(manifest->earlier))
    return fail(ErrorCode::NotFound, tr_format("The update has no version {}.", version));
  const EarlierVersion& earlier = manifest->earlier[static_cast<std::size_t>(version) - 1];
  Clip before = clip;
  before.version = version;
  before.duration = before.recorded_duration = earlier.duration;
  before.chapters = earlier.chapters;
  before.additions = earlier.additions;
  return before;
}

Result<Bytes> ClipStore::side_file(const Manifest& manifest, const std::string& name,
                                   std::stop_token stop) const {
  const ManifestFile* file = manifest.file(name);
  if (!file) return fail(ErrorCode::NotFound, tr_format("the clip has no {}", name));
  if (file->bytes > kLargestSideFileBytes)
    return fail(ErrorCode::Corrupt, tr_format("{} is too large", name));
  return cache_->get(clip_file_key(manifest.clip, *file), {file->bytes, file->sha256}, stop);
}

Result<Bytes> ClipStore::side_file(const OpenedClip& opened, const std::string& name,
                                   std::stop_token stop) const {
  if (opened.manifest) return side_file(*opened.manifest, name, std::move(stop));
  const auto folder = take_folder(opened.clip);
  if (!folder) return fail(ErrorCode::NotFound, tr_format("the clip has no {}", name));
  return read_file(*folder / name, kLargestSideFileBytes);
}

Result<Bytes> ClipStore::added_file(const std::string& clip, const Addition& addition,
                                    std::stop_token stop) const {
  const AddedObject& object = addition.object;
  return cache_->get(added_key(clip, object.name), {object.bytes, object.sha256}, std::move(stop));
}

Result<OpenedClip> ClipStore::open_published(const Clip& clip, std::stop_token stop, PointerTime when) const {
  auto manifest = this->manifest(clip, stop);
  if (!manifest) return std::unexpected(manifest.error());
  OpenedClip opened{.clip = clip.id,
                    .media = {.duration = manifest->duration},
                    .manifest = {},
                    .tracks = {},
                    .kept = {},
                    .live = {}};
  for (const ManifestTrack& description : manifest->tracks) {
    if (auto* track = track_of(opened.media, description.name)) {
      *track = std::make_shared<SegmentSource>(cache_, clip.id, description);
    }
  }
  if (when == PointerTime::Now) opened.media.pointer = pointer(*manifest, stop);
  opened.media.sound = treatment_of(manifest->loudness, manifest->clean_sound);
  opened.manifest = std::move(*manifest);
  opened.additions = clip.additions;
  return opened;
}

std::shared_ptr<const PointerTrack> ClipStore::pointer(const Manifest& manifest,
                                                       const std::stop_token& stop) const {
  return load_pointer([&](const std::string& name) { return side_file(manifest, name, stop); },
                      *open_stills());
}

Result<OpenedClip> ClipStore::open_live(const Clip& clip, std::stop_token stop) const {
  auto feed = LiveFeed::open(storage_, cache_, clip.id, clip.author_device, stop);
  if (!feed) return fail(tr("watching a recording"), feed.error());
  return OpenedClip{.clip = clip.id,
                    .media = (*feed)->media(),
                    .manifest = {},
                    .tracks = {},
                    .kept = {},
                    .live = std::move(*feed)};
}

Result<OpenedClip> ClipStore::open(const Clip& clip, std::stop_token stop, PointerTime when,
                                   AsArranged arranged) const {
  auto opened = open_recorded(clip, stop, when);
  if (!opened) return opened;
  opened->chapters = clip.chapters;
  if (arranged == AsArranged::Yes) MEANWHILE_TRY(arrange(clip, *opened, stop));
  return opened;
}

Result<OpenedClip> ClipStore::open_recorded(const Clip& clip, std::stop_token stop, PointerTime when) const {
  if (clip.is_live) return still_recorded();
  if (clip.is_mine && take_folder(clip)) {
    auto take = open_take(clip.id);
    if (take && (take->media.screen || take->media.camera || take->media.voice)) {
      take->additions = clip.additions;
      // As everybody has it: a track may go on some milliseconds after the take's end.
      take->media.duration = clip.recorded_duration;
      return take;
    }
  }
  return open_published(clip, stop, when);
}

Result<std::vector<float>> parse_waveform(std::string_view text) {
  auto json = parse_json(text);
  if (!json) return std::unexpected(json.error());
  const Json* peaks = array_member(*json, "peaks");
  if (!peaks || peaks->size() > kMostPeaks)
    return fail(ErrorCode::Corrupt, tr("waveform.json has no usable peaks"));
  std::vector<float> result;
  result.reserve(peaks->size());
  for (const Json& peak : *peaks) {
    const double value = peak.is_number() ? peak.get<double>() : 0;
    result.push_back(static_cast<float>(std::clamp(value / 100, 0.0, 1.0)));
  }
  return result;
}

Result<std::vector<std::uint8_t>> parse_activity(std::string_view text) {
  auto json = parse_json(text);
  if (!json) return std::unexpected(json.error());
  const Json* levels = array_member(*json, "levels");
  if (!levels || levels->size() > kMostPeaks)
    return fail(ErrorCode::Corrupt, tr("activity.json has no usable levels"));
  std::vector<std::uint8_t> result;
  result.reserve(levels->size());
  for (const Json& level : *levels) {
    const double value = level.is_number() ? level.get<double>() : 0;
    result.push_back(static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)));
  }
  return result;
}

}  // namespace meanwhile
