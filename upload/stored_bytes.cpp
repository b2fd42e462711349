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

Result<bool> arrived(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                     const std::stop_token& stop) {
  const auto stored = storage.get(key, bytes.size(), std::nullopt, stop);
  if (!stored) return std::unexpected(stored.error());
  // Both are here: no need to hash either. Not std::equal, which goes byte by byte.
  return stored->size() == bytes.size() &&
         (bytes.empty() || std::memcmp(stored->data(), bytes.data(), bytes.size()) == 0);
}

}  // namespace

Result<void> put_checked(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                         std::stop_token stop, const std::string& sha256) {
  MEANWHILE_TRY(store(storage, key, bytes, sha256, stop));
  if (checks_uploads(storage)) return {};
  const auto same = arrived(storage, key, bytes, stop);
  // NotFound: not visible yet; Corrupt: longer than what was sent. Both may be another server's answer next
  // time.
  const bool unclear =
      !same && (same.error().code == ErrorCode::NotFound || same.error().code == ErrorCode::Corrupt);
  if (!same && !unclear) return std::unexpected(same.error());
  if (same && *same) return {};
  return fail(ErrorCode::Unavailable,
              fmt::format("{} was not stored as it was sent to {}", key, storage.description()));
}

}  // namespace meanwhile
