#include "app/moving/move_cargo.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/fetching/joined_file.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/outbox_items.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// A link, not the path: the take may be thrown away while its clip is sent.
void link_from_take(const ClipStore& clips, const std::string& clip, const std::string& name,
                    const fs::path& path, const std::vector<ClipObject>& parts) {
  const auto take = clips.take_folder(clip);
  std::error_code error;
  if (!take || fs::exists(path, error) || !holds(*take / name, parts)) return;
  fs::create_hard_link(*take / name, path, error);
}

Result<void> add_track(const fs::path& folder, const ManifestTrack& track, const ClipStore& clips,
                       Storage& storage, const std::stop_token& stop, MoveCargo& cargo) {
  const std::string name = track.name + ".mp4";
  const fs::path path = folder / name;
  const auto parts = parts_of(cargo.clip.id, track);
  link_from_take(clips, cargo.clip.id, name, path, parts);
  const auto joined = write_joined(clips, storage, path, parts, stop);
  if (!joined) return std::unexpected(joined.error());
  std::uint64_t offset = 0;
  for (const ClipObject& part : parts) {
    cargo.items.push_back({.key = part.key,
                           .source = FileRange{.path = path, .offset = offset, .length = part.object.bytes},
                           .sha256 = part.object.sha256});
    offset += part.object.bytes;
  }
  return {};
}

// The author's own. What was damaged in the library can't be taken along, and keeps nothing else there.
Result<void> add_addition(const Addition& addition, const ClipStore& clips, const std::stop_token& stop,
                          MoveCargo& cargo) {
  auto bytes = clips.added_file(cargo.clip.id, addition, stop);
  if (!bytes && bytes.error().code != ErrorCode::Corrupt) return std::unexpected(bytes.error());
  if (!bytes) {
    std::erase(cargo.clip.additions, addition);
    return {};
  }
  cargo.items.push_back({.key = added_key(cargo.clip.id, addition.object.name),
                         .source = std::move(*bytes),
                         .sha256 = addition.object.sha256,
                         .priority = OutboxPriority::Poster});
  return {};
}

// All that one version of the clip is made of, but for clip.json.
Result<void> add_objects(const fs::path& folder, const Clip& clip, const Manifest& manifest,
                         const ClipStore& clips, Storage& storage, const std::stop_token& stop,
                         MoveCargo& cargo) {
  MEANWHILE_TRY(make_folders(folder));
  for (const ManifestTrack& track : manifest.tracks)
    MEANWHILE_TRY(add_track(folder, track, clips, storage, stop, cargo));
  for (const ManifestFile& file : manifest.files) {
    auto bytes = clips.side_file(manifest, file.name, stop);
    if (!bytes) return std::unexpected(bytes.error());
    cargo.items.push_back({.key = clip_file_key(clip.id, file),
                           .source = std::move(*bytes),
                           .sha256 = file.sha256,
                           .priority = OutboxPriority::Poster});
  }
  for (const Addition& addition : clip.additions) {
    if (!addition.is_suggestion) MEANWHILE_TRY(add_addition(addition, clips, stop, cargo));
  }
  return {};
}

// As it was published, whatever took its place later.
Result<Bytes> first_manifest(const ClipStore& clips, const Clip& clip, const std::stop_token& stop) {
  return clips.cache().get_document(manifest_key(clip.id), clip.manifest_sha256, kLargestManifestBytes, stop);
}

Result<Manifest> stored_manifest(Storage& storage, const Clip& clip, const std::stop_token& stop) {
  const ManifestPlace place = manifest_place(clip);
  const auto bytes = storage.get(place.key, kLargestManifestBytes, std::nullopt, stop);
  if (!bytes) return std::unexpected(bytes.error());
  if (sha256_hex(*bytes) != place.sha256)
    return fail(ErrorCode::Corrupt, tr_format("{} isn't there as it was sent", place.key));
  return parse_manifest(as_text(*bytes));
}

}  // namespace

Result<MoveCargo> gather_cargo(const fs::path& folder, const Clip& clip, const ClipStore& clips,
                               Storage& storage, std::stop_token stop) {
  MoveCargo cargo{.clip = clip, .items = {}};
  const auto manifest = clips.manifest(clip, stop);
  if (!manifest) return std::unexpected(manifest.error());
  auto signed_manifest = first_manifest(clips, clip, stop);
  if (!signed_manifest) return std::unexpected(signed_manifest.error());
  MEANWHILE_TRY(add_objects(folder, clip, *manifest, clips, storage, stop, cargo));
  for (int version = 1; version <= std::ssize(manifest->earlier); ++version) {
    const auto before = clips.earlier_version(clip, version, stop);
    const auto earlier = before ? clips.manifest(*before, stop) : std::unexpected(before.error());
    if (!earlier) return std::unexpected(earlier.error());
    const fs::path apart = folder / fmt::format("version-{}", version);
    MEANWHILE_TRY(add_objects(apart, *before, *earlier, clips, storage, stop, cargo));
  }
  cargo.items.push_back({.key = manifest_key(clip.id),
                         .source = std::move(*signed_manifest),
                         .priority = OutboxPriority::Small});
  return cargo;
}

Result<void> check_arrival(Storage& storage, const Clip& clip, std::stop_token stop) {
  const auto manifest = stored_manifest(storage, clip, stop);
  if (!manifest) return std::unexpected(manifest.error());
  const auto listed = storage.list(clip_prefix(clip.id), "", stop);
  if (!listed) return std::unexpected(listed.error());
  std::map<std::string, std::optional<std::uint64_t>> sizes;
  for (const ObjectInfo& object : *listed) sizes[object.key] = object.size_bytes;
  auto objects = objects_of(*manifest);
  std::ranges::move(added_objects(clip), std::back_inserter(objects));
  for (const EarlierVersion& version : manifest->earlier) {
    Clip before = clip;
    before.additions = version.additions;
    const auto earlier = stored_manifest(storage, before, stop);
    if (!earlier) return std::unexpected(earlier.error());
    std::ranges::move(objects_of(*earlier), std::back_inserter(objects));
    std::ranges::move(added_objects(before), std::back_inserter(objects));
  }
  for (const ClipObject& object : objects) {
    const auto found = sizes.find(object.key);
    // A size that isn't told: what was sent was read back.
    if (found == sizes.end() || found->second.value_or(object.object.bytes) != object.object.bytes)
      return fail(ErrorCode::NotFound, tr_format("{} isn't there as it was sent", object.key));
  }
  return {};
}

}  // namespace meanwhile
