#include "upload/memory/memory_storage.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

Result<void> check(const std::string& key, const std::stop_token& stop) {
  if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped"));
  return check_key(key);
}

std::unexpected<Error> not_found(const std::string& key) {
  return fail(ErrorCode::NotFound, tr_format("there is no {} in the library", key));
}

}  // namespace

std::shared_ptr<MemoryStorage> MemoryStorage::shared(const std::string& name) {
  static Guarded<std::map<std::string, std::shared_ptr<MemoryStorage>>> places;
  auto handle = places.lock();
  auto& place = (*handle)[name];
  if (!place) place = std::make_shared<MemoryStorage>(name);
  return place;
}

Result<void> MemoryStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                std::stop_token stop) {
  MEANWHILE_TRY(check(key, stop));
  (*objects_.lock())[key] = Bytes(bytes.begin(), bytes.end());
  return {};
}

Result<Bytes> MemoryStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                 std::optional<ByteRange> range, std::stop_token stop) {
  MEANWHILE_TRY(check(key, stop));
  auto objects = objects_.lock();
  const auto found = objects->find(key);
  if (found == objects->end()) return not_found(key);
  const Bytes& bytes = found->second;
  const std::uint64_t offset = range ? std::min<std::uint64_t>(range->offset, bytes.size()) : 0;
  const std::uint64_t length =
      std::min<std::uint64_t>(range ? range->length : bytes.size(), bytes.size() - offset);
  if (length > limit_bytes) return fail(ErrorCode::Corrupt, tr_format("{} is larger than it may be", key));
  const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(offset);
  return Bytes(first, first + static_cast<std::ptrdiff_t>(length));
}

Result<std::vector<ObjectInfo>> MemoryStorage::list(const std::string& prefix, const std::string& after,
                                                    std::stop_token stop) {
  if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped"));
  MEANWHILE_TRY(check_prefix(prefix));
  std::vector<ObjectInfo> found;
  auto objects = objects_.lock();
  for (auto it = objects->lower_bound(prefix); it != objects->end() && it->first.starts_with(prefix); ++it) {
    if (it->first > after) found.push_back({it->first, it->second.size()});
  }
  return found;
}

Result<ObjectInfo> MemoryStorage::stat(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check(key, stop));
  auto objects = objects_.lock();
  const auto found = objects->find(key);
  if (found == objects->end()) return not_found(key);
  return ObjectInfo{key, found->second.size()};
}

Result<void> MemoryStorage::remove(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check(key, stop));
  objects_.lock()->erase(key);
  return {};
}

}  // namespace meanwhile
