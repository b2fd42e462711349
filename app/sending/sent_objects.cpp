#include "app/sending/sent_objects.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/hash_at_once.h"
#include "upload/outbox_items.h"
#include "upload/signing.h"

namespace meanwhile {

std::filesystem::path track_path(const std::filesystem::path& take, TrackKind kind) {
  return std::filesystem::weakly_canonical(std::filesystem::absolute(take)) / track_file(kind);
}

const OutboxObject* SentObjects::find(const std::string& folder, const FileRange& range) const {
  const auto found = std::ranges::find_if(objects_, [&](const OutboxObject& object) {
    return !object.is_withdrawn && object.key.starts_with(folder) && object.range &&
           object.range->path == range.path && object.range->offset == range.offset &&
           object.range->length == range.length;
  });
  return found == objects_.end() ? nullptr : &*found;
}

const OutboxObject* SentObjects::take(const std::string& folder, const FileRange& range) {
  const OutboxObject* found = find(folder, range);
  if (found != nullptr) taken_.insert(found->key);
  return found;
}

const OutboxObject* SentObjects::take(const std::string& folder, const std::string& sha256) {
  const auto found = std::ranges::find_if(objects_, [&](const OutboxObject& object) {
    return !object.is_withdrawn && object.key.starts_with(folder) && object.sha256 == sha256;
  });
  if (found == objects_.end()) return nullptr;
  taken_.insert(found->key);
  return &*found;
}

bool SentObjects::has_any(const std::string& folder) const {
  return std::ranges::any_of(objects_,
                             [&](const OutboxObject& object) { return object.key.starts_with(folder); });
}

std::size_t SentObjects::next_number(const std::string& folder) {
  std::size_t& last = last_numbers_[folder];
  if (last == 0) {
    for (const OutboxObject& object : objects_)
      if (object.key.starts_with(folder)) last = std::max(last, number_in_key(object.key));
    last += gap_;
  }
  return ++last;
}

std::size_t SentObjects::number_of_file(const std::string& clip, const std::string& name,
                                        const std::string& sha256) {
  std::size_t next = 0;
  for (const OutboxObject& object : objects_) {
    const auto number = clip_file_number(object.key, clip, name);
    if (!number) continue;
    if (!object.is_withdrawn && object.sha256 == sha256) {
      taken_.insert(object.key);
      return *number;
    }
    next = std::max(next, *number + 1 + gap_);
  }
  return next;
}

std::vector<std::string> SentObjects::left_over() const {
  std::vector<std::string> keys;
  for (const OutboxObject& object : objects_)
    if (!object.is_withdrawn && !taken_.contains(object.key) && (object.range || is_part_key(object.key)))
      keys.push_back(object.key);
  return keys;
}

SentTrack::SentTrack(SentObjects& sent, const std::string& clip, const std::string& track,
                     const std::filesystem::path& path, FileSource& file)
    : sent_(sent), folder_(clip_prefix(clip) + track + "/"), path_(path), file_(file) {}

void SentTrack::hash(const std::vector<ByteRange>& parts) {
  std::vector<ByteRange> unknown;
  std::uint64_t bytes = 0;
  for (const ByteRange& part : parts) {
    if (sent_.find(folder_, {path_, part.offset, part.length}) != nullptr) continue;
    unknown.push_back(part);
    bytes += part.length;
  }
  const auto stamp = file_.stamp();
  std::vector<Result<std::string>> hashes(unknown.size());
  hash_at_once(unknown.size(), bytes,
               [&](std::size_t i) { hashes[i] = sha256_hex(file_, unknown[i].offset, unknown[i].length); });
  for (std::size_t i = 0; i < unknown.size(); ++i)
    hashed_.insert_or_assign(unknown[i].offset, Hashed{stamp, std::move(hashes[i])});
}

Result<NamedObject> SentTrack::init(std::uint64_t length) {
  const FileRange range{path_, 0, length};
  if (const OutboxObject* known = sent_.take(folder_, range))
    return NamedObject{{length, known->sha256}, number_in_key(known->key)};
  // The usual name may be spent, if something of this track was sent before.
  return hashed(range, [&] { return sent_.has_any(folder_) ? sent_.next_number(folder_) : 0; });
}

Result<NamedObject> SentTrack::segment(std::uint64_t offset, std::uint64_t length) {
  const FileRange range{path_, offset, length};
  if (const OutboxObject* known = sent_.take(folder_, range))
    return NamedObject{{length, known->sha256}, number_in_key(known->key)};
  return hashed(range, [&] { return sent_.next_number(folder_); });
}

Result<NamedObject> SentTrack::hashed(const FileRange& range,
                                      const std::function<std::size_t()>& new_number) {
  const auto found = hashed_.find(range.offset);
  assert(found != hashed_.end());
  const auto& [stamp, sha256] = found->second;
  if (!sha256) return std::unexpected(sha256.error());
  const OutboxObject* known = sent_.take(folder_, *sha256);
  const std::size_t number = known != nullptr ? number_in_key(known->key) : new_number();
  return NamedObject{{.bytes = range.length, .sha256 = *sha256}, number, stamp};
}

}  // namespace meanwhile
