#include "app/fetching/joined_file.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <stop_token>
#include <string>
#include <system_error>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

std::uint64_t size_of(const std::vector<ClipObject>& parts) {
  std::uint64_t total = 0;
  for (const ClipObject& part : parts) total += part.object.bytes;
  return total;
}

Result<void> write_parts(const ClipStore& clips, Storage& storage, const fs::path& path,
                         const std::vector<ClipObject>& parts, const std::stop_token& stop) {
  auto file = FileSink::create(path);
  if (!file) return std::unexpected(file.error());
  for (const ClipObject& part : parts) {
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, "stopped");
    const auto bytes = read_part(clips, storage, part, stop);
    if (!bytes) return std::unexpected(bytes.error());
    MEANWHILE_TRY((*file)->append(*bytes));
  }
  return (*file)->sync();
}

}  // namespace

std::vector<ClipObject> parts_of(const std::string& clip, const ManifestTrack& track) {
  std::vector<ClipObject> parts = {{init_key(clip, track.name, track.init_number), track.init}};
  for (const ManifestSegment& segment : track.segments)
    parts.push_back({segment_key(clip, track.name, segment.number), {segment.bytes, segment.sha256}});
  return parts;
}

Result<Bytes> read_part(const ClipStore& clips, Storage& storage, const ClipObject& wanted,
                        const std::stop_token& stop) {
  if (clips.cache().has(wanted.key, wanted.object)) return clips.cache().get(wanted.key, wanted.object, stop);
  auto bytes = storage.get(wanted.key, wanted.object.bytes, {}, stop);
  if (!bytes) return bytes;
  if (bytes->size() != wanted.object.bytes || sha256_hex(*bytes) != wanted.object.sha256)
    return fail(ErrorCode::Corrupt,
                tr_format("{} is damaged in the library: it is not what was published", wanted.key));
  return bytes;
}

bool holds(const fs::path& path, const std::vector<ClipObject>& parts) {
  auto file = FileSource::open(path);
  if (!file) return false;
  const auto size = (*file)->size();
  if (!size || *size != size_of(parts)) return false;
  std::uint64_t offset = 0;
  for (const ClipObject& part : parts) {
    const auto hash = sha256_hex(**file, offset, part.object.bytes);
    if (!hash || *hash != part.object.sha256) return false;
    offset += part.object.bytes;
  }
  return true;
}

Result<JoinedFile> write_joined(const ClipStore& clips, Storage& storage, const fs::path& path,
                                const std::vector<ClipObject>& parts, std::stop_token stop) {
  if (holds(path, parts)) return JoinedFile{.written_bytes = 0, .present_bytes = size_of(parts)};
  fs::path unfinished = path;
  unfinished += ".part";
  std::error_code error;
  fs::remove(unfinished, error);
  if (auto written = write_parts(clips, storage, unfinished, parts, stop); !written) {
    fs::remove(unfinished, error);
    return std::unexpected(written.error());
  }
  fs::rename(unfinished, path, error);
  if (error) return std::unexpected(error_from_errno(error.value(), tr_format("writing {}", path.string())));
  MEANWHILE_TRY(sync_folder(path.parent_path()));
  return JoinedFile{.written_bytes = size_of(parts), .present_bytes = 0};
}

}  // namespace meanwhile
