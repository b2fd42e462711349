#include "upload/decorate/reopening_storage.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/storage.h"
#include "upload/storage_registry.h"
namespace meanwhile {

Result<std::shared_ptr<Storage>> ReopeningStorage::opened() {
  auto storage = storage_.lock();
  if (!*storage) {
    auto opened = open_storage(url_, access_);
    if (!opened) return std::unexpected(opened.error());
    *storage = std::move(*opened);
  }
  return *storage;
}

Result<void> ReopeningStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                   std::stop_token stop) {
  auto storage = opened();
  if (!storage) return std::unexpected(storage.error());
  return (*storage)->put(key, bytes, std::move(stop));
}

Result<void> ReopeningStorage::put_hashed(const std::string& key, std::span<const std::byte> bytes,
                                          const std::string& sha256, std::stop_token stop) {
  const auto storage = opened();
  if (!storage) return std::unexpected(storage.error());
  return (*storage)->put_hashed(key, bytes, sha256, std::move(stop));
}

Result<Bytes> ReopeningStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                    std::optional<ByteRange> range, std::stop_token stop) {
  auto storage = opened();
  if (!storage) return std::unexpected(storage.error());
  return (*storage)->get(key, limit_bytes, range, std::move(stop));
}

Result<std::vector<ObjectInfo>> ReopeningStorage::list(const std::string& prefix, const std::string& after,
                                                       std::stop_token stop) {
  auto storage = opened();
  if (!storage) return std::unexpected(storage.error());
  return (*storage)->list(prefix, after, std::move(stop));
}

Result<ObjectInfo> ReopeningStorage::stat(const std::string& key, std::stop_token stop) {
  auto storage = opened();
  if (!storage) return std::unexpected(storage.error());
  return (*storage)->stat(key, std::move(stop));
}

Result<void> ReopeningStorage::remove(const std::string& key, std::stop_token stop) {
  auto storage = opened();
  if (!storage) return std::unexpected(storage.error());
  return (*storage)->remove(key, std::move(stop));
}

Result<std::vector<ConflictCopy>> ReopeningStorage::conflict_copies(
    const std::string& prefix, std::uint64_t limit_bytes,
    const std::function<bool(const std::string& name, const std::string& version)>& wanted,
    std::stop_token stop) {
  auto storage = opened();
  if (!storage) return std::unexpected(storage.error());
  return (*storage)->conflict_copies(prefix, limit_bytes, wanted, std::move(stop));
}

std::unique_ptr<StorageWatch> ReopeningStorage::watch(std::function<void()> on_change) {
  auto storage = opened();
  return storage ? (*storage)->watch(std::move(on_change)) : nullptr;
}

}  // namespace meanwhile
