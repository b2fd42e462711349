#include "app/segment_source.h"

#include <algorithm>
#include <chrono>
#include <system_error>

#include "media/base/files.h"
#include "upload/signing.h"

namespace meanwhile {

namespace fs = std::filesystem;

std::filesystem::path ObjectCache::path_of(const ManifestObject& object) const {
  return folder_ / object.sha256.substr(0, 2) / object.sha256;
}

bool ObjectCache::has(const ManifestObject& object) const {
  std::error_code error;
  return fs::file_size(path_of(object), error) == object.bytes && !error;
}

// A damaged file in the cache is as good as none.
std::optional<Bytes> ObjectCache::read_kept(const ManifestObject& object) const {
  auto bytes = read_file(path_of(object), object.bytes);
  if (!bytes || bytes->size() != object.bytes || sha256_hex(*bytes) != object.sha256) return std::nullopt;
  std::error_code ignored;  // only the order of trimming hangs on it
  fs::last_write_time(path_of(object), fs::file_time_type::clock::now(), ignored);
  return bytes.value();
}

Result<Bytes> ObjectCache::get(const std::string& key, const ManifestObject& object, std::stop_token stop) {
  if (auto kept = read_kept(object)) return std::move(*kept);
  auto bytes = storage_->get(key, object.bytes, std::nullopt, stop);
  if (!bytes) return std::unexpected(bytes.error());
  if (bytes->size() != object.bytes || sha256_hex(*bytes) != object.sha256) {
    return fail(ErrorCode::Corrupt,
                key + " in " + storage_->description() + " is damaged: it doesn't match its hash");
  }
  // A cache that can't be written costs time, never the picture.
  if (make_folders(path_of(object).parent_path())) (void)write_file_durably(path_of(object), *bytes);
  return bytes;
}

void ObjectCache::trim(std::uint64_t limit_bytes) const {
  struct Kept {
    fs::file_time_type used;
    std::uint64_t bytes;
    fs::path path;
  };
  std::vector<Kept> all;
  std::uint64_t total = 0;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder_, error); !error && entry != fs::end(entry);
       entry.increment(error)) {
    std::error_code gone;  // another process may trim too
    if (!entry->is_regular_file(gone)) continue;
    all.push_back({entry->last_write_time(gone), entry->file_size(gone), entry->path()});
    if (gone)
      all.pop_back();
    else
      total += all.back().bytes;
  }
  std::ranges::sort(all, {}, &Kept::used);
  for (const Kept& kept : all) {
    if (total <= limit_bytes) break;
    total -= kept.bytes;
    fs::remove(kept.path, error);
  }
}

SegmentSource::SegmentSource(std::shared_ptr<ObjectCache> cache, std::string clip, ManifestTrack track)
    : cache_(std::move(cache)), track_(std::move(track)) {
  parts_.push_back({0, track_.init, init_key(clip, track_.name, track_.init_number)});
  std::uint64_t offset = track_.init.bytes;
  for (const ManifestSegment& segment : track_.segments) {
    parts_.push_back(
        {offset, {segment.bytes, segment.sha256}, segment_key(clip, track_.name, segment.number)});
    offset += segment.bytes;
  }
}

Result<const Bytes*> SegmentSource::part_bytes(std::size_t index) {
  if (stop_.stop_requested()) return fail(ErrorCode::Aborted, "reading " + parts_[index].key);
  if (loaded_ != index) {
    auto bytes = cache_->get(parts_[index].key, parts_[index].object, stop_.get_token());
    if (!bytes) return std::unexpected(bytes.error());
    loaded_bytes_ = std::move(*bytes);
    loaded_ = index;
  }
  return &loaded_bytes_;
}

Result<std::size_t> SegmentSource::read_at(std::uint64_t offset, std::span<std::byte> into) {
  std::size_t total = 0;
  while (total < into.size() && offset + total < track_.bytes) {
    const std::uint64_t place = offset + total;
    const auto after = std::ranges::upper_bound(parts_, place, {}, &Part::offset);
    const auto index = static_cast<std::size_t>(after - parts_.begin()) - 1;
    auto bytes = part_bytes(index);
    if (!bytes) return std::unexpected(bytes.error());
    const std::uint64_t within = place - parts_[index].offset;
    const auto count = std::min<std::uint64_t>(into.size() - total, (*bytes)->size() - within);
    if (count == 0) break;
    std::copy_n((*bytes)->begin() + static_cast<std::ptrdiff_t>(within), count,
                into.begin() + static_cast<std::ptrdiff_t>(total));
    total += count;
  }
  return total;
}

}  // namespace meanwhile
