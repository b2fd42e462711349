#include "app/sending/sent_objects.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"
#include "upload/outbox_items.h"
#include "upload/signing.h"

namespace meanwhile {

std::filesystem::path track_path(const std::filesystem::path& take, TrackKind kind) {
  return std::filesystem::weakly_canonical(std::filesystem::absolute(take)) / track_file(kind);
}

const OutboxObject* SentObjects::take(const std::string& folder, const FileRange& range) {
  const auto found = std::ranges::find_if(objects_, [&](const OutboxObject& object) {
    return !object.is_withdrawn && object.key.starts_with(folder) && object.range &&
           object.range->path == range.path && object.range->offset == range.offset &&
           object.range->length == range.length;
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
  }
  return ++last;
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

Result<NamedObject> SentTrack::init(std::uint64_t length) {
  const FileRange range{path_, 0, length};
  if (const OutboxObject* known = sent_.take(folder_, range))
    return NamedObject{{length, known->sha256}, number_in_key(known->key)};
  // The usual name may be spent, if something of this track was sent before.
  return hash(range, sent_.has_any(folder_) ? sent_.next_number(folder_) : 0);
}

Result<NamedObject> SentTrack::segment(std::uint64_t offset, std::uint64_t length) {
  const FileRange range{path_, offset, length};
  if (const OutboxObject* known = sent_.take(folder_, range))
    return NamedObject{{length, known->sha256}, number_in_key(known->key)};
  return hash(range, sent_.next_number(folder_));
}

Result<NamedObject> SentTrack::hash(const FileRange& range, std::size_t number) {
  const auto stamp = file_.stamp();
  auto hash = sha256_hex(file_, range.offset, range.length);
  if (!hash) return std::unexpected(hash.error());
  return NamedObject{{.bytes = range.length, .sha256 = *hash}, number, stamp};
}

}  // namespace meanwhile
