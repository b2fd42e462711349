#include "app/library/live_part.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/library/manifest.h"
#include "app/library/manifest_reader.h"
#include "app/library/manifest_tracks.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

// Time scales other than microseconds round; nothing rounds by this much.
constexpr MediaTime kPartRounding = std::chrono::milliseconds(100);

// A device is named after its key, so the key needs no other proof.
Result<PublicKey> key_of(std::span<const std::byte> bytes, std::size_t number, const std::string& device) {
  const auto json = read_unverified_document(bytes, kLargestLivePartBytes);
  if (!json) return std::unexpected(json.error());
  const auto key = PublicKey::from_base64(string_member(*json, "device_key").value_or(""));
  if (!key || key->id() != device)
    return fail(ErrorCode::Corrupt,
                tr_format("part {} of the recording is not by the device that records", number));
  return key;
}

std::vector<ManifestTrack> read_tracks(const Json& json, ManifestReader& in) {
  std::vector<ManifestTrack> tracks;
  const Json& list = in.array(json, "", "tracks", kMostTracks);
  for (std::size_t i = 0; i < list.size() && in.is_good(); ++i) {
    const std::string where = fmt::format("tracks[{}].", i);
    tracks.push_back(read_track_parts(list[i], where, in));
    const auto same = std::ranges::count(tracks, tracks.back().name, &ManifestTrack::name);
    in.require(same == 1, where + "name", tr_later("{} is there twice"));
  }
  return tracks;
}

bool goes_backwards(const ManifestTrack& track, MediaTime end) {
  for (const ManifestSegment& segment : track.segments) {
    if (segment.start + kPartRounding < end) return true;
    end = segment.start + segment.duration;
  }
  return false;
}

void append(ManifestTrack& track, const std::vector<ManifestSegment>& segments) {
  for (const ManifestSegment& segment : segments) {
    track.segments.push_back(segment);
    track.bytes += segment.bytes;
    track.duration = segment.start + segment.duration;
  }
}

}  // namespace

Bytes make_live_part(const LivePart& part, const KeyPair& device) {
  Json json = {{"format", 1},
               {"clip", part.clip},
               {"part", part.number},
               {"device_key", device.public_key().base64()},
               {"tracks", Json::array()}};
  if (part.keep) json["keep_us"] = part.keep->count();
  if (part.is_last) json["last"] = true;
  if (part.at) json["at"] = format_rfc3339(*part.at);
  for (const ManifestTrack& track : part.tracks) json["tracks"].push_back(track_parts_json(track));
  return sign_document(json, device);
}

Result<LivePart> read_live_part(std::span<const std::byte> bytes, const std::string& clip, std::size_t number,
                                const std::string& device) {
  const auto key = key_of(bytes, number, device);
  if (!key) return std::unexpected(key.error());
  const auto json = open_document(bytes, *key, kLargestLivePartBytes);
  if (!json) return std::unexpected(json.error());
  MEANWHILE_TRY(check_format(*json, tr("this recording")));
  ManifestReader in;
  LivePart part{.clip = clip,
                .number = number,
                .keep = {},
                .is_last = bool_member(*json, "last").value_or(false),
                .at = {},
                .tracks = read_tracks(*json, in)};
  if (const auto at = parse_rfc3339(string_member(*json, "at").value_or(""))) part.at = *at;
  in.require(string_member(*json, "clip") == clip, "clip", tr_later("{} is another one"));
  in.require(integer_member(*json, "part") == static_cast<std::int64_t>(number), "part",
             tr_later("{} is another one"));
  if (json->contains("keep_us")) part.keep = in.moment(*json, "", "keep_us");
  if (!in.is_good())
    return fail(ErrorCode::Corrupt,
                tr_format("part {} of the recording can't be understood: {}", number, in.problem()));
  return part;
}

Result<void> LiveTimeline::add(const LivePart& part) {
  LiveTimeline next = *this;
  next.parts_ = part.number;
  next.is_ended_ = part.is_last;
  if (part.keep) next.take_back(*part.keep);
  for (const ManifestTrack& news : part.tracks) {
    auto track = std::ranges::find(next.tracks_, news.name, &ManifestTrack::name);
    if (track == next.tracks_.end()) {
      ++next.generation_;
      track = next.tracks_.insert(track, news);
      track->segments.clear();
      track->bytes = news.init.bytes;
      track->duration = {};
    }
    if (goes_backwards(news, track->duration))
      return fail(ErrorCode::Corrupt, tr_format("part {} of the recording goes backwards", part.number));
    append(*track, news.segments);
  }
  *this = std::move(next);
  return {};
}

void LiveTimeline::take_back(MediaTime keep) {
  for (ManifestTrack& track : tracks_) {
    const auto stays = std::ranges::find_if(track.segments, [keep](const ManifestSegment& segment) {
      return segment.start + segment.duration > keep;
    });
    if (stays == track.segments.end()) continue;
    ++generation_;
    const std::vector<ManifestSegment> kept(track.segments.begin(), stays);
    track.segments.clear();
    track.bytes = track.init.bytes;
    track.duration = {};
    append(track, kept);
  }
}

MediaTime LiveTimeline::end() const {
  if (tracks_.empty()) return {};
  return std::ranges::min(tracks_, {}, &ManifestTrack::duration).duration;
}

}  // namespace meanwhile
