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
#include "upload/storage.h"

namespace meanwhile {
namespace {

Result<bool> arrived(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                     UploadCheck check, const std::stop_token& stop) {
  if (check == UploadCheck::Size) {
    const auto info = storage.stat(key, stop);
    if (!info) return std::unexpected(info.error());
    return info->size_bytes == bytes.size();
  }
  const auto stored = storage.get(key, bytes.size(), std::nullopt, stop);
  if (!stored) return std::unexpected(stored.error());
  // Both are here: no need to hash either. Not std::equal, which goes byte by byte.
  return stored->size() == bytes.size() &&
         (bytes.empty() || std::memcmp(stored->data(), bytes.data(), bytes.size()) == 0);
}

}  // namespace

Result<void> put_checked(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                         UploadCheck check, std::stop_token stop, const std::string& sha256) {
  MEANWHILE_TRY(storage.put_hashed(key, bytes, sha256, stop));
  if (check == UploadCheck::ByStorage) return {};
  const auto same = arrived(storage, key, bytes, check, stop);
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
