#include "app/fetching/object_cache.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWholeMark = "whole";
constexpr std::size_t kHashLetters = 64;

// "clips/2026-11/<clip>/…"; "": the key of something else.
std::string clip_of(const std::string& key) {
  const auto month = key.find('/');
  const auto begin = month == std::string::npos ? month : key.find('/', month + 1);
  if (begin == std::string::npos) return "";
  const std::string clip = key.substr(begin + 1, key.find('/', begin + 1) - begin - 1);
  return is_clip_id(clip) ? clip : "";
}

struct LooseFile {
  fs::file_time_type used;
  std::uint64_t bytes = 0;
  fs::path path;
};

std::vector<LooseFile> files_below(const fs::path& folder) {
  std::vector<LooseFile> all;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code gone;  // another process may trim too
    if (!entry->is_regular_file(gone) || gone) continue;
    LooseFile file{entry->last_write_time(gone), 0, entry->path()};
    if (gone) continue;
    file.bytes = entry->file_size(gone);
    if (!gone) all.push_back(std::move(file));
  }
  return all;
}

}  // namespace

// Somebody waits for bytes: what is fetched ahead lets go.
class ObjectCache::Waiting {
 public:
  explicit Waiting(ObjectCache& cache) : cache_(cache) {
    const std::lock_guard lock(cache_.mutex_);
    ++cache_.waiting_;
    cache_.ahead_.request_stop();
  }
  ~Waiting() {
    const std::lock_guard lock(cache_.mutex_);
    if (--cache_.waiting_ == 0) cache_.nobody_waits_.notify_all();
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  ObjectCache& cache_;
};

ObjectCache::ObjectCache(std::shared_ptr<Storage> storage, fs::path folder, std::uint64_t limit_bytes)
    : storage_(std::move(storage)), folder_(std::move(folder)), limit_bytes_(limit_bytes) {}

fs::path ObjectCache::loose_path(const std::string& sha256) const {
  return folder_ / "objects" / sha256.substr(0, 2) / sha256;
}

fs::path ObjectCache::path_of(const std::string& key, const std::string& sha256) const {
  const std::string clip = clip_of(key);
  std::error_code error;
  const fs::path kept = kept_folder(clip);
  if (clip.empty() || !fs::is_directory(kept, error)) return loose_path(sha256);
  // It was here before the clip was kept: it moves.
  if (!fs::exists(kept / sha256, error)) fs::rename(loose_path(sha256), kept / sha256, error);
  return kept / sha256;
}

bool ObjectCache::has(const std::string& key, const ManifestObject& object) const {
  std::error_code error;
  return fs::file_size(path_of(key, object.sha256), error) == object.bytes && !error;
}

std::optional<Bytes> ObjectCache::read_here(const std::string& key, const std::string& sha256,
                                            std::uint64_t limit_bytes) const {
  const fs::path path = path_of(key, sha256);
  auto bytes = read_file(path, limit_bytes);
  if (!bytes || sha256_hex(*bytes) != sha256) return std::nullopt;
  std::error_code ignored;  // only the order of trimming hangs on it
  fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  return std::move(*bytes);
}

// A cache that can't be written costs time, never the picture.
void ObjectCache::store(const std::string& key, const std::string& sha256, const Bytes& bytes) {
  const fs::path path = path_of(key, sha256);
  if (!make_folders(path.parent_path()) || !write_file_durably(path, bytes)) return;
  if (path == loose_path(sha256)) note_added(bytes.size());
}

Result<Bytes> ObjectCache::fetch(const std::string& key, const std::string& sha256, std::uint64_t limit_bytes,
                                 std::stop_token stop) {
  auto bytes = storage_->get(key, limit_bytes, std::nullopt, std::move(stop));
  if (!bytes) return std::unexpected(bytes.error());
  if (sha256_hex(*bytes) != sha256) {
    return fail(ErrorCode::Corrupt,
                tr_format("{} in {} is damaged: it doesn't match its hash", key, storage_->description()));
  }
  store(key, sha256, *bytes);
  return bytes;
}

Result<Bytes> ObjectCache::get(const std::string& key, const ManifestObject& object, std::stop_token stop) {
  return get_document(key, object.sha256, object.bytes, std::move(stop));
}

Result<Bytes> ObjectCache::get_document(const std::string& key, const std::string& sha256,
                                        std::uint64_t limit_bytes, std::stop_token stop) {
  if (auto here = read_here(key, sha256, limit_bytes)) return std::move(*here);
  const Waiting waiting(*this);
  return fetch(key, sha256, limit_bytes, std::move(stop));
}

std::stop_source ObjectCache::begin_ahead(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  nobody_waits_.wait(lock, stop, [&] { return waiting_ == 0; });
  ahead_ = std::stop_source();
  return ahead_;
}

Result<void> ObjectCache::fetch_ahead(const std::string& key, const ManifestObject& object,
                                      std::stop_token stop) {
  while (!stop.stop_requested()) {
    if (has(key, object)) return {};
    std::stop_source interruption = begin_ahead(stop);
    const std::stop_callback at_stop(stop, [&] { interruption.request_stop(); });
    const auto fetched = fetch(key, object.sha256, object.bytes, interruption.get_token());
    if (fetched) return {};
    if (fetched.error().code != ErrorCode::Aborted) return std::unexpected(fetched.error());
  }
  return fail(ErrorCode::Aborted, "fetching ahead");
}

void ObjectCache::set_limit(std::uint64_t limit_bytes) {
  {
    const std::lock_guard lock(mutex_);
    limit_bytes_ = limit_bytes;
  }
  trim();
}

void ObjectCache::note_added(std::uint64_t bytes) {
  {
    const std::lock_guard lock(mutex_);
    if (loose_bytes_) {
      *loose_bytes_ += bytes;
      if (*loose_bytes_ <= limit_bytes_) return;
    }
  }
  trim();
}

// What other processes added is counted here too. A tenth more than needed goes, so that not every object has
// it counted anew.
void ObjectCache::trim() {
  std::vector<LooseFile> all = files_below(folder_ / "objects");
  std::uint64_t total = 0;
  for (const LooseFile& file : all) total += file.bytes;
  std::uint64_t limit = 0;
  {
    const std::lock_guard lock(mutex_);
    limit = total > limit_bytes_ ? limit_bytes_ - limit_bytes_ / 10 : limit_bytes_;
  }
  std::ranges::sort(all, {}, &LooseFile::used);
  for (const LooseFile& file : all) {
    if (total <= limit) break;
    std::error_code error;
    fs::remove(file.path, error);
    total -= file.bytes;
  }
  const std::lock_guard lock(mutex_);
  loose_bytes_ = total;
}

Result<void> ObjectCache::keep(const std::string& clip) {
  if (!is_clip_id(clip)) return fail(ErrorCode::InvalidArgument, tr_format("'{}' is no clip's id", clip));
  return make_folders(kept_folder(clip));
}

void ObjectCache::let_go(const std::string& clip) {
  if (!is_clip_id(clip)) return;
  std::error_code error;
  for (const LooseFile& file : files_below(kept_folder(clip))) {
    const std::string name = file.path.filename();
    if (name.size() != kHashLetters) continue;
    fs::create_directories(loose_path(name).parent_path(), error);
    fs::rename(file.path, loose_path(name), error);
  }
  fs::remove_all(kept_folder(clip), error);
  trim();
}

std::vector<std::string> ObjectCache::kept_clips() const {
  std::vector<std::string> clips;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder_ / "kept", error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (const std::string name = entry->path().filename(); is_clip_id(name)) clips.push_back(name);
  }
  return clips;
}

void ObjectCache::forget(const std::string& clip, const std::vector<std::string>& hashes) {
  std::error_code ignored;
  for (const std::string& hash : hashes) {
    if (hash.size() != kHashLetters) continue;
    fs::remove(loose_path(hash), ignored);
    if (is_clip_id(clip)) fs::remove(kept_folder(clip) / hash, ignored);
  }
  if (is_clip_id(clip)) fs::remove(kept_folder(clip) / kWholeMark, ignored);
}

bool ObjectCache::is_whole(const std::string& clip) const {
  std::error_code error;
  return is_clip_id(clip) && fs::exists(kept_folder(clip) / kWholeMark, error);
}

Result<void> ObjectCache::note_whole(const std::string& clip) {
  return write_file_durably(kept_folder(clip) / kWholeMark, {});
}

}  // namespace meanwhile
