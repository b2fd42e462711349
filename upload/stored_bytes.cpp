#include "upload/stored_bytes.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstring>
#include <expected>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

Result<void> store(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                   const std::string& sha256, const std::stop_token& stop) {
  HashedUploads* uploads = storage.capabilities().hashed_uploads;
  return uploads ? uploads->put_hashed(key, bytes, sha256, stop) : storage.put(key, bytes, stop);
}

std::unexpected<Error> not_stored(const Storage& storage, const std::string& key) {
  return fail(ErrorCode::Unavailable,
              fmt::format("{} was not stored as it was sent to {}", key, storage.description()));
}

Result<bool> arrived(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                     const std::stop_token& stop) {
  const auto stored = storage.get(key, bytes.size(), std::nullopt, stop);
  if (!stored) return std::unexpected(stored.error());
  // Both are here: no need to hash either. Not std::equal, which goes byte by byte.
  return stored->size() == bytes.size() &&
         (bytes.empty() || std::memcmp(stored->data(), bytes.data(), bytes.size()) == 0);
}

Result<void> compare(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                     const std::stop_token& stop) {
  const auto same = arrived(storage, key, bytes, stop);
  // NotFound: not visible yet; Corrupt: longer than what was sent. Both may be another server's answer next
  // time.
  const bool unclear =
      !same && (same.error().code == ErrorCode::NotFound || same.error().code == ErrorCode::Corrupt);
  if (!same && !unclear) return std::unexpected(same.error());
  if (same && *same) return {};
  return not_stored(storage, key);
}

}  // namespace

Result<void> put_checked(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                         std::stop_token stop, const std::string& sha256) {
  MEANWHILE_TRY(store(storage, key, bytes, sha256, stop));
  return checks_uploads(storage) ? Result<void>() : compare(storage, key, bytes, stop);
}

Result<void> put_listed(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                        std::stop_token stop) {
  MEANWHILE_TRY(store(storage, key, bytes, "", stop));
  if (checks_uploads(storage)) return {};
  const auto info = storage.stat(key, stop);
  if (!info && info.error().code == ErrorCode::NotFound) return not_stored(storage, key);
  if (!info) return std::unexpected(info.error());
  if (info->size_bytes) return *info->size_bytes == bytes.size() ? Result<void>() : not_stored(storage, key);
  return compare(storage, key, bytes, stop);
}

}  // namespace meanwhile
