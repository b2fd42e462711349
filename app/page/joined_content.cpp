#include "app/page/joined_content.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "upload/identity.h"

namespace meanwhile {
namespace {

// Some browsers wait for what comes after the last picture that they have (web/edits.js).
constexpr MediaTime kBeyond = std::chrono::milliseconds(500);

std::vector<TimeRange> shown_of(const JoinedClip& joined, const Arrangement& arrangement) {
  std::vector<TimeRange> shown;
  for (const TimeRange& part : arrangement.parts) {
    if (part.from >= joined.place.from && part.from < joined.place.to)
      shown.push_back({part.from - joined.place.from, part.to - joined.place.from});
  }
  return shown;
}

Result<bool> is_deleted(Index& index, const std::string& clip) {
  const auto trash = index.trash();
  if (!trash) return std::unexpected(trash.error());
  return std::ranges::find(*trash, clip, &DeletedClip::id) != trash->end();
}

std::string reason_for(const Error& error) {
  if (error.code == ErrorCode::NotFound) return "it isn't in the library";
  if (error.code == ErrorCode::Unsupported) return "it was made by a newer Meanwhile";
  return "it is damaged in the library";
}

// nullopt: it can't be shown, and missing says why.
Result<std::optional<Clip>> find_joined(Index& index, const Clip& clip, const std::string& other,
                                        std::string& missing) {
  auto found = index.clip(other);
  if (!found && found.error().code != ErrorCode::NotFound) return std::unexpected(found.error());
  if (found && found->author == clip.author && !found->is_live) return std::move(*found);
  if (found) {
    missing = found->is_live ? "it is still being recorded" : "it is somebody else's";
    return std::nullopt;
  }
  const auto deleted = is_deleted(index, other);
  if (!deleted) return std::unexpected(deleted.error());
  missing = *deleted ? "it was deleted" : "it isn't in the library";
  return std::nullopt;
}

bool may_be_there_later(const Error& error) {
  return error.is_control() || error.code == ErrorCode::Unavailable;
}

Result<void> read_manifest(LibrarySession& session, const ClipStore& clips, const Clip& other,
                           JoinedContent& content, const std::stop_token& stop) {
  auto manifest = clips.manifest(other, stop);
  const auto text =
      manifest ? clips.manifest_bytes(other, stop) : Result<Bytes>(std::unexpected(manifest.error()));
  if (!text && may_be_there_later(text.error()))
    return fail(tr("reading an update that is joined to it"), text.error());
  if (!text) {
    content.missing = reason_for(text.error());
    return {};
  }
  content.manifest = std::move(*manifest);
  content.manifest_text = as_text(*text);
  content.author_key = key_of_device(session, content.manifest.device, stop);
  return {};
}

template <typename IsShown>
Manifest reduced(const JoinedContent& joined, const IsShown& is_shown) {
  Manifest manifest = joined.manifest;
  manifest.files.clear();
  for (ManifestTrack& track : manifest.tracks) {
    std::vector<ManifestSegment> segments;
    for (std::size_t i = 0; i < track.segments.size(); ++i)
      if (is_shown(track, i)) segments.push_back(track.segments[i]);
    track.segments = std::move(segments);
  }
  std::erase_if(manifest.tracks, [](const ManifestTrack& track) { return track.segments.empty(); });
  return manifest;
}

// It is played in that range, or its last picture stands there.
bool is_on_show(const ManifestTrack& track, std::size_t place, const TimeRange& range) {
  const ManifestSegment& segment = track.segments[place];
  const bool is_last_before =
      place + 1 == track.segments.size() || track.segments[place + 1].start > range.from;
  return segment.start < range.to + kBeyond &&
         (segment.start + segment.duration > range.from || is_last_before);
}

}  // namespace

Result<std::vector<JoinedContent>> read_joined(LibrarySession& session, Index& index, const ClipStore& clips,
                                               const Clip& clip, const Arrangement& arrangement,
                                               const std::stop_token& stop) {
  std::vector<JoinedContent> all;
  for (const JoinedClip& joined : arrangement.joined) {
    JoinedContent content{.place = joined.place, .shown = shown_of(joined, arrangement)};
    if (content.shown.empty()) continue;
    const auto other = find_joined(index, clip, joined.clip, content.missing);
    if (!other) return std::unexpected(other.error());
    if (*other) MEANWHILE_TRY(read_manifest(session, clips, **other, content, stop));
    all.push_back(std::move(content));
  }
  return all;
}

Manifest shown_manifest(const JoinedContent& joined) {
  return reduced(joined, [&](const ManifestTrack& track, std::size_t place) {
    return std::ranges::any_of(joined.shown,
                               [&](const TimeRange& range) { return is_on_show(track, place, range); });
  });
}

Manifest manifest_until_shown(const JoinedContent& joined) {
  const MediaTime end = std::ranges::max(joined.shown, {}, &TimeRange::to).to;
  return reduced(joined, [&](const ManifestTrack& track, std::size_t place) {
    return place == 0 || track.segments[place].start < end + kBeyond;
  });
}

std::string key_of_device(LibrarySession& session, const std::string& device, const std::stop_token& stop) {
  const Identity::Device own = session.identity().device();
  if (own.id() == device) return own.certificate.device_key.base64();
  const auto bytes = session.storage().get(certificate_key(device), kLargestCertificateBytes, {}, stop);
  if (!bytes) return "";
  const auto certificate = read_certificate(*bytes, device, session.id());
  return certificate ? certificate->device_key.base64() : "";
}

}  // namespace meanwhile
