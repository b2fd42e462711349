#include "upload/seal/sealed_storage.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/event_batch.h"
#include "upload/library_marker.h"
#include "upload/payload.h"
#include "upload/seal/object_seal.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::string_view kMembersFolder = "members/";
// Pages for people outside the library, which are locked in their own way, and what those answer.
constexpr std::string_view kSharesFolder = "shares/";

ObjectInfo as_opened(ObjectInfo info) {
  if (is_in_the_open(info.key) || !info.size_bytes) return info;
  info.size_bytes = plain_size(*info.size_bytes).value_or(0);
  return info;
}

// Which batch a folder sync's copy was of: "12.sync-conflict-….ev", "12 (conflicted copy).ev".
std::string original_key(const std::string& prefix, const std::string& name) {
  const auto digits = std::ranges::find_if_not(name, [](unsigned char c) { return std::isdigit(c) != 0; });
  return prefix + std::string(name.begin(), digits) + ".ev";
}

std::uint64_t sealed_limit(std::uint64_t plain_limit) {
  constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max() / 2;
  return plain_limit > kLargest ? plain_limit : sealed_size(plain_limit);
}

}  // namespace

bool is_in_the_open(std::string_view key) {
  return key == kLibraryMarkerKey || key == kBellKey || key.starts_with(kMembersFolder) ||
         key.starts_with(kSharesFolder);
}

Result<void> SealedStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                std::stop_token stop) {
  if (is_in_the_open(key)) return place_->put(key, bytes, std::move(stop));
  const auto secret = secrets_->for_writing(stop);
  if (!secret) return std::unexpected(secret.error());
  return place_->put(key, seal_object(*secret, {library_, key}, bytes), std::move(stop));
}

Result<UploadProof> SealedStorage::put_hashed(const std::string& key, const Payload& payload,
                                              const std::string& sha256, std::stop_token stop) {
  if (is_in_the_open(key)) return put_with_hash(*place_, key, payload, sha256, std::move(stop));
  const auto secret = secrets_->for_writing(stop);
  if (!secret) return std::unexpected(secret.error());
  const auto sealed = seal_payload(*secret, {library_, key}, payload);
  if (!sealed) return std::unexpected(sealed.error());
  // Of what is sealed the storage compares another hash: that a file is what it was is looked at here.
  if (!sha256.empty() && sealed->plain_sha256 != sha256)
    return fail(ErrorCode::Corrupt, tr_format("{} isn't any more what it was when it was to be shared", key));
  return put_with_hash(*place_, key, sealed->bytes, sha256_hex(sealed->bytes), std::move(stop));
}

Result<Bytes> SealedStorage::open(const std::string& key, Bytes sealed, std::stop_token stop) {
  const auto header = read_seal_header(sealed);
  if (!header) return fail(key, header.error());
  const auto secret = secrets_->find(header->secret_id(), std::move(stop));
  if (!secret) return std::unexpected(secret.error());
  return open_object(*secret, {library_, key}, std::move(sealed));
}

Result<Bytes> SealedStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                 std::optional<ByteRange> range, std::stop_token stop) {
  if (is_in_the_open(key)) return place_->get(key, limit_bytes, range, std::move(stop));
  if (range) return get_part(key, limit_bytes, *range, std::move(stop));
  auto sealed = place_->get(key, sealed_limit(limit_bytes), std::nullopt, stop);
  if (!sealed) return sealed;
  return open(key, std::move(*sealed), std::move(stop));
}

// The chunks that the range touches. Reading from the start on gives the header by the way.
Result<Bytes> SealedStorage::get_part(const std::string& key, std::uint64_t limit_bytes, ByteRange range,
                                      std::stop_token stop) {
  const std::uint64_t first = range.offset / kSealChunkBytes;
  const std::uint64_t skipped = range.offset - first * kSealChunkBytes;
  const std::uint64_t chunks = (skipped + std::max<std::uint64_t>(range.length, 1) - 1) / kSealChunkBytes + 1;
  const bool is_from_start = first == 0;
  const ByteRange wanted{is_from_start ? 0 : kSealHeaderBytes + first * kSealedChunkBytes,
                         chunks * kSealedChunkBytes + (is_from_start ? kSealHeaderBytes : 0)};
  const std::uint64_t limit = sealed_limit(limit_bytes) + 2 * kSealedChunkBytes;
  Bytes head;
  if (!is_from_start) {
    auto begun = place_->get(key, kSealHeaderBytes, ByteRange{0, kSealHeaderBytes}, stop);
    if (!begun) return begun;
    head = std::move(*begun);
  }
  const auto got = place_->get(key, limit, wanted, stop);
  if (!got) return got;
  std::span<const std::byte> part(*got);
  const bool is_short = part.size() < wanted.length;
  const auto header = read_seal_header(is_from_start ? part : std::span<const std::byte>(head));
  if (!header) return fail(key, header.error());
  if (is_from_start) part = part.subspan(kSealHeaderBytes);
  const auto secret = secrets_->find(header->secret_id(), stop);
  if (!secret) return std::unexpected(secret.error());
  if (part.empty() && !is_from_start) {
    MEANWHILE_TRY(check_end(key, *secret, *header, first, stop));
    return Bytes{};
  }
  const auto plain = open_chunks(*secret, {library_, key}, *header, first, part,
                                 is_short ? SealedEnd::Must : SealedEnd::May);
  if (!plain) return plain;
  const auto there = std::span(*plain).subspan(std::min<std::uint64_t>(skipped, plain->size()));
  const auto asked = there.first(std::min<std::uint64_t>(there.size(), range.length));
  if (asked.size() > limit_bytes)
    return fail(ErrorCode::Corrupt, tr_format("{} is larger than it may be", key));
  return Bytes(asked.begin(), asked.end());
}

// Nothing is there so far behind: because the object ends before, or because somebody cut it off?
Result<void> SealedStorage::check_end(const std::string& key, const SealSecret& secret,
                                      const SealHeader& header, std::uint64_t before, std::stop_token stop) {
  const auto info = place_->stat(key, stop);
  if (!info) return std::unexpected(info.error());
  const auto plain = plain_size(info->size_bytes.value_or(sealed_size(0)));
  const std::uint64_t last = plain && *plain > 0 ? (*plain - 1) / kSealChunkBytes : 0;
  if (last >= before) return fail(ErrorCode::Unavailable, tr_format("{} has changed while it was read", key));
  const auto chunk =
      place_->get(key, kSealedChunkBytes,
                  ByteRange{kSealHeaderBytes + last * kSealedChunkBytes, kSealedChunkBytes}, stop);
  if (!chunk) return std::unexpected(chunk.error());
  const auto opened = open_chunks(secret, {library_, key}, header, last, *chunk, SealedEnd::Must);
  return opened ? Result<void>() : std::unexpected(opened.error());
}

Result<std::vector<ObjectInfo>> SealedStorage::list(const std::string& prefix, const std::string& after,
                                                    std::stop_token stop) {
  auto found = place_->list(prefix, after, std::move(stop));
  if (!found) return found;
  for (ObjectInfo& info : *found) info = as_opened(std::move(info));
  return found;
}

Result<ObjectInfo> SealedStorage::stat(const std::string& key, std::stop_token stop) {
  auto info = place_->stat(key, std::move(stop));
  if (info) *info = as_opened(std::move(*info));
  return info;
}

// One that can't be opened is nobody's words.
Result<std::vector<ConflictCopy>> SealedStorage::conflict_copies(
    const std::string& prefix, std::uint64_t limit_bytes,
    const std::function<bool(const std::string& name, const std::string& version)>& wanted,
    std::stop_token stop) {
  ConflictCopies* copies = place_->capabilities().conflict_copies;
  if (!copies) return std::vector<ConflictCopy>();
  auto found = copies->conflict_copies(prefix, sealed_limit(limit_bytes), wanted, stop);
  if (!found) return found;
  for (ConflictCopy& copy : *found) {
    auto opened = open(original_key(prefix, copy.name), std::move(copy.bytes), stop);
    copy.bytes = opened ? std::move(*opened) : Bytes();
  }
  return found;
}

StorageCapabilities SealedStorage::capabilities() {
  StorageCapabilities can = place_->capabilities();
  if (can.hashed_uploads) can.hashed_uploads = this;
  if (can.conflict_copies) can.conflict_copies = this;
  return can;
}

}  // namespace meanwhile
