#include "upload/storage.h"

#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/payload.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestKey = 160;
constexpr std::size_t kLongestPart = 64;

bool is_valid_part(std::string_view part) {
  return !part.empty() && part.size() <= kLongestPart && part.front() != '.' && part.back() != '.' &&
         part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

}  // namespace

bool is_valid_key(std::string_view key) {
  if (key.size() > kLongestKey) return false;
  while (true) {
    const auto slash = key.find('/');
    if (!is_valid_part(key.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    key.remove_prefix(slash + 1);
  }
}

Result<void> check_key(std::string_view key) {
  if (is_valid_key(key)) return {};
  return fail(ErrorCode::InvalidArgument,
              tr_format("'{}' is no name for an object in a library", key.substr(0, 200)));
}

Result<void> check_prefix(std::string_view prefix) {
  if (prefix.empty() || (prefix.ends_with('/') && is_valid_key(prefix.substr(0, prefix.size() - 1))))
    return {};
  return fail(ErrorCode::InvalidArgument, tr_format("'{}' is no folder of a library", prefix.substr(0, 200)));
}

Result<UploadProof> put_with_hash(Storage& storage, const std::string& key, const Payload& payload,
                                  const std::string& sha256, const std::stop_token& stop) {
  HashedUploads* uploads = storage.capabilities().hashed_uploads;
  if (uploads != nullptr) return uploads->put_hashed(key, payload, sha256, stop);
  Bytes buffer;
  const auto bytes = payload.whole(buffer);
  if (!bytes) return std::unexpected(bytes.error());
  MEANWHILE_TRY(storage.put(key, *bytes, stop));
  return UploadProof::Nothing;
}

bool checks_uploads(Storage& storage) {
  const HashedUploads* uploads = storage.capabilities().hashed_uploads;
  return uploads && uploads->checks_uploads();
}

Result<void> put_document(Storage& storage, const std::string& key, const std::string& type,
                          std::string_view text, const std::stop_token& stop) {
  PackedDocuments* packs = storage.capabilities().packed_documents;
  return packs ? packs->put_packed(key, type, text, stop) : storage.put(key, as_byte_span(text), stop);
}

Result<std::string> signed_link(Storage& storage, const std::string& key, std::chrono::seconds valid) {
  const StorageCapabilities can = storage.capabilities();
  if (!can.addressed || !can.link_signer)
    return fail(ErrorCode::Unsupported,
                tr_format("{} can't make links to what is in it", storage.description()));
  const auto links = can.link_signer->sign_links({key}, valid);
  if (!links) return std::unexpected(links.error());
  return can.addressed->address(key) + "?" + links->query + "&X-Amz-Signature=" + links->signatures.front();
}

std::optional<std::chrono::seconds> clock_ahead(Storage& storage) {
  const ServerClock* clock = storage.capabilities().server_clock;
  return clock ? clock->clock_ahead() : std::nullopt;
}

WallTime corrected_time(Storage& storage, WallTime own) {
  // A Date has whole seconds, and takes its time to arrive.
  constexpr std::chrono::seconds kAsGoodAsEqual{5};
  const auto ahead = clock_ahead(storage);
  return ahead && std::chrono::abs(*ahead) > kAsGoodAsEqual ? own - *ahead : own;
}

}  // namespace meanwhile
