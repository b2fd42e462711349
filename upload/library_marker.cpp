#include "upload/library_marker.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/probe.h"
#include "upload/signed_document.h"
#include "upload/signing.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestLibraryNameBytes = 200;
// Older versions can't open one, and say so.
constexpr std::int64_t kSealedFormat = 2;

Result<StoredMarker> read_from(Storage& storage, std::stop_token stop) {
  auto bytes = storage.get(kLibraryMarkerKey, kLargestMarkerBytes, std::nullopt, stop);
  if (!bytes) return std::unexpected(bytes.error());
  auto library = read_library_marker(*bytes);
  if (!library) return std::unexpected(library.error());
  return StoredMarker{.library = std::move(*library), .bytes = std::move(*bytes)};
}

// A folder sync may deliver everything else before the marker: a second one would split the team.
Result<void> check_empty(Storage& storage, std::stop_token stop) {
  for (const char* prefix : {kHeadsPrefix, "devices/"}) {
    const auto found = storage.list(prefix, "", stop);
    if (!found) return std::unexpected(found.error());
    // What a killed probe left belongs to nobody.
    const bool is_nobodys = std::ranges::all_of(
        *found, [](const ObjectInfo& info) { return info.key.starts_with(kProbeHeadsPrefix); });
    if (is_nobodys) continue;
    return fail(ErrorCode::Unavailable,
                tr_format("{} holds a library whose {} hasn't arrived yet: wait for the sync to finish",
                          storage.description(), kLibraryMarkerKey));
  }
  return {};
}

}  // namespace

Bytes make_library_marker(const LibraryMarker& marker, const KeyPair& founder) {
  Json document;
  document["format"] = marker.recovery ? kSealedFormat : 1;
  document["id"] = marker.id;
  document["name"] = marker.name;
  document["founder"] = founder.public_key().base64();
  document["created"] = format_rfc3339(marker.created);
  if (marker.recovery) document["sealed"] = {{"recovery", marker.recovery->base64()}};
  return sign_document(document, founder);
}

Result<LibraryMarker> read_library_marker(std::span<const std::byte> bytes) {
  const auto damaged = [](std::string_view why) {
    return fail(ErrorCode::Corrupt, tr_format("the library's {} is damaged: {}", kLibraryMarkerKey, why));
  };
  const auto document = read_unverified_document(bytes, kLargestMarkerBytes);
  if (!document) return damaged(document.error().message);
  const Json* sealed = object_member(*document, "sealed");
  if (!sealed || integer_member(*document, "format") != kSealedFormat)
    MEANWHILE_TRY(check_format(*document, tr("this library")));
  const auto founder = PublicKey::from_base64(string_member(*document, "founder").value_or(""));
  if (!founder) return damaged(founder.error().message);
  if (const auto verified = open_document(bytes, *founder, kLargestMarkerBytes); !verified) {
    return damaged(verified.error().message);
  }
  const auto id = string_member(*document, "id");
  const auto name = string_member(*document, "name");
  const auto created = parse_rfc3339(string_member(*document, "created").value_or(""));
  if (!id || !is_clip_id(*id) || !name || !created) return damaged(tr("a member is missing"));
  LibraryMarker marker{.id = *id, .name = *name, .founder = *founder, .created = *created};
  if (!sealed) return marker;
  const auto recovery = PublicKey::from_base64(string_member(*sealed, "recovery").value_or(""));
  if (!recovery) return damaged(recovery.error().message);
  marker.recovery = *recovery;
  return marker;
}

Result<StoredMarker> find_library(Storage& storage, std::stop_token stop) {
  auto marker = read_from(storage, stop);
  if (marker || marker.error().code != ErrorCode::NotFound) return marker;
  MEANWHILE_TRY(check_empty(storage, std::move(stop)));
  return fail(ErrorCode::NotFound, tr_format("there is no library at {} yet", storage.description()));
}

LibraryMarker new_library(const Founding& founding) {
  return {.id = new_clip_id(founding.now),
          .name = founding.name.substr(0, kLongestLibraryNameBytes),
          .founder = founding.founder.public_key(),
          .created = founding.now};
}

Result<StoredMarker> found_library(Storage& storage, const LibraryMarker& library, const KeyPair& founder,
                                   std::stop_token stop) {
  auto there = find_library(storage, stop);
  if (there || there.error().code != ErrorCode::NotFound) return there;
  MEANWHILE_TRY(storage.put(kLibraryMarkerKey, make_library_marker(library, founder), stop));
  return read_from(storage, std::move(stop));
}

Result<StoredMarker> found_library(Storage& storage, const Founding& founding, std::stop_token stop) {
  return found_library(storage, new_library(founding), founding.founder, std::move(stop));
}

}  // namespace meanwhile
