#include "upload/stored_bytes.h"

#include <sodium.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/payload.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

// Words, lists and most of a still screen's segments: to fetch them costs little more than to ask.
constexpr std::uint64_t kSmallBytes = 64 << 10;
constexpr std::uint64_t kEndBytes = 16 << 10;
constexpr std::uint32_t kOneIn = 16;

std::unexpected<Error> not_there(const Storage& storage, const std::string& key) {
  return fail(ErrorCode::Unavailable,
              tr_format("{} was not stored as it was sent to {}", key, storage.description()));
}

std::unexpected<Error> other_bytes(const Storage& storage, const std::string& key) {
  return fail(ErrorCode::Corrupt,
              tr_format("{} was not stored as it was sent to {}", key, storage.description()));
}

// The object from offset on. One byte more than there should be is asked for: nothing may follow.
Result<void> expect_end(Storage& storage, const std::string& key, const Payload& payload,
                        std::uint64_t offset, const std::stop_token& stop) {
  const std::uint64_t length = payload.size() - offset;
  const auto range = offset > 0 ? std::optional(ByteRange{offset, length + 1}) : std::nullopt;
  const auto stored = storage.get(key, length + 1, range, stop);
  // Not visible yet; the next time another server may answer.
  if (!stored && stored.error().code == ErrorCode::NotFound) return not_there(storage, key);
  // Longer than it may be.
  if (!stored && stored.error().code == ErrorCode::Corrupt) return other_bytes(storage, key);
  if (!stored) return std::unexpected(stored.error());
  if (stored->size() != length) return other_bytes(storage, key);
  const auto same = is_part_of(payload, offset, *stored);
  if (!same) return std::unexpected(same.error());
  return *same ? Result<void>() : other_bytes(storage, key);
}

}  // namespace

Result<void> put_checked(Storage& storage, const std::string& key, const Payload& payload,
                         std::stop_token stop, const std::string& sha256, ReadBack read_back) {
  const auto proof = put_with_hash(storage, key, payload, sha256, stop);
  if (!proof) return std::unexpected(proof.error());
  if (*proof == UploadProof::Hash) return {};
  const bool is_enough_in_part = *proof == UploadProof::Server && read_back == ReadBack::InPart &&
                                 payload.size() > kSmallBytes && randombytes_uniform(kOneIn) != 0;
  return expect_end(storage, key, payload, is_enough_in_part ? payload.size() - kEndBytes : 0, stop);
}

Result<void> put_listed(Storage& storage, const std::string& key, std::span<const std::byte> bytes,
                        std::stop_token stop) {
  const auto proof = put_with_hash(storage, key, bytes, "", stop);
  if (!proof) return std::unexpected(proof.error());
  if (*proof == UploadProof::Hash) return {};
  const auto info = storage.stat(key, stop);
  if (!info && info.error().code == ErrorCode::NotFound) return not_there(storage, key);
  if (!info) return std::unexpected(info.error());
  if (!info->size_bytes) return expect_end(storage, key, bytes, 0, stop);
  return *info->size_bytes == bytes.size() ? Result<void>() : not_there(storage, key);
}

}  // namespace meanwhile
