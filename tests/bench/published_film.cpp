#include "tests/bench/published_film.h"

#include <variant>

#include "app/fetching/object_cache.h"
#include "app/fetching/segment_source.h"
#include "app/sending/publisher.h"
#include "app/sending/sent_objects.h"
#include "media/base/files.h"
#include "media/record/take.h"
#include "upload/identity.h"
#include "upload/storage_registry.h"
#include "upload/stored_bytes.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLargestFilm = 4ull << 30;

// A take of these files, as a recording would have left it.
Result<Take> as_take(const PlayFiles& files, const fs::path& folder) {
  Take take{
      .clip = new_clip_id(wall_now()), .folder = folder, .state = TakeState::Finished, .started = wall_now()};
  MEANWHILE_TRY(make_folders(folder));
  const auto add = [&](TrackKind kind, const std::string& file, int width, int height) {
    if (file.empty()) return;
    TrackReport report{.kind = kind};
    report.file = track_path(folder, kind).filename();
    report.codec = "avc1.640028";
    report.width = width;
    report.height = height;
    take.tracks.push_back(std::move(report));
    fs::create_symlink(file, track_path(folder, kind));
  };
  add(TrackKind::Screen, files.screen, 1920, 1080);
  add(TrackKind::Camera, files.camera, 1280, 720);
  return take;
}

Result<void> store(Storage& storage, const OutboxItem& item) {
  if (const auto* bytes = std::get_if<Bytes>(&item.source))
    return put_checked(storage, item.key, *bytes, {}, item.sha256);
  const auto& range = std::get<FileRange>(item.source);
  const auto file = FileSource::open(range.path);
  if (!file) return std::unexpected(file.error());
  return put_checked(storage, item.key, Payload(**file, {range.offset, range.length}), {}, item.sha256);
}

Result<double> megabytes_below(Storage& place, const std::string& prefix) {
  const auto objects = place.list(prefix, "", {});
  if (!objects) return std::unexpected(objects.error());
  std::uint64_t bytes = 0;
  for (const ObjectInfo& object : *objects) bytes += object.size_bytes.value_or(0);
  return static_cast<double>(bytes) / 1e6;
}

}  // namespace

Result<std::unique_ptr<PublishedFilm>> PublishedFilm::publish(const PlayFiles& files, Lock lock) {
  std::unique_ptr<PublishedFilm> film(new PublishedFilm);
  const fs::path& ground = film->ground_.path();
  const auto place = open_storage("folder:" + (ground / "library").string());
  if (!place) return std::unexpected(place.error());
  auto storage = open_or_sealed(lock, *place, ground / "members", film->seal_);
  if (!storage) return std::unexpected(storage.error());
  film->storage_ = std::move(*storage);
  const auto identity = Identity::open(ground / "home", "Ada");
  if (!identity) return std::unexpected(identity.error());
  const auto take = as_take(files, ground / "take");
  if (!take) return std::unexpected(take.error());
  const auto publication = prepare_publication(*take, {.title = "Film", .author_name = "Ada"}, **identity);
  if (!publication) return std::unexpected(publication.error());
  for (const OutboxItem& item : publication->items) MEANWHILE_TRY(store(*film->storage_, item));
  auto manifest = parse_manifest(as_text(std::get<Bytes>(publication->items.back().source)));
  if (!manifest) return std::unexpected(manifest.error());
  film->manifest_ = std::move(*manifest);
  const auto stored = megabytes_below(**place, clip_prefix(take->clip));
  if (!stored) return std::unexpected(stored.error());
  film->stored_mb_ = *stored;
  return film;
}

Result<ClipMedia> PublishedFilm::open() {
  const auto cache = std::make_shared<ObjectCache>(
      storage_, ground_.path() / "cache" / std::to_string(++opened_), kLargestFilm);
  ClipMedia media;
  media.duration = manifest_.duration;
  for (const ManifestTrack& track : manifest_.tracks) {
    auto& slot = track.name == "screen" ? media.screen : media.camera;
    slot = std::make_shared<SegmentSource>(cache, manifest_.clip, track);
  }
  return media;
}

}  // namespace meanwhile
