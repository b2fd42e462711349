#include "app/library/manifest_tracks.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/manifest.h"
#include "app/library/manifest_reader.h"
#include "app/library/text.h"
#include "media/base/json.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::int64_t kLargestSide = 16'384;

// H.264 for pictures (avc3: it may change its size), AAC-LC for sound: nothing else is decoded of a clip.
// Without a profile it stands in lists of what is still recorded.
bool is_codec(std::string_view codec, std::string_view track) {
  if (track == "voice" || track == "system") return codec == "mp4a.40.2";
  if (!codec.starts_with("avc1") && !codec.starts_with("avc3")) return false;
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  const std::string_view profile = codec.substr(4);
  return profile.empty() ||
         (profile.size() == 7 && profile[0] == '.' && profile.find_first_not_of(kHex, 1) == profile.npos);
}

ManifestObject read_object(const Json& json, const std::string& where, ManifestReader& in) {
  return {static_cast<std::uint64_t>(in.integer(json, where, "bytes", 1, kLargestObject)),
          in.sha256(json, where)};
}

// number: what it is where none is given.
std::size_t read_number(const Json& json, const std::string& where, std::size_t number, ManifestReader& in) {
  if (!json.is_object() || !json.contains("number")) return number;
  return static_cast<std::size_t>(in.integer(json, where, "number", 1, kLargestObjectNumber));
}

ManifestSegment read_segment(const Json& json, const std::string& where, std::size_t number,
                             ManifestReader& in) {
  const ManifestObject object = read_object(json, where, in);
  return {object.bytes, object.sha256, read_number(json, where, number, in),
          in.moment(json, where, "start_us"), in.moment(json, where, "duration_us")};
}

Json init_json(const ManifestTrack& track) {
  Json json = {{"bytes", track.init.bytes}, {"sha256", track.init.sha256}};
  if (track.init_number != 0) json["number"] = track.init_number;
  return json;
}

Json segments_json(const std::vector<ManifestSegment>& segments) {
  Json list = Json::array();
  for (const ManifestSegment& segment : segments) {
    list.push_back({{"bytes", segment.bytes},
                    {"sha256", segment.sha256},
                    {"start_us", segment.start.count()},
                    {"duration_us", segment.duration.count()}});
    if (segment.number != list.size()) list.back()["number"] = segment.number;
  }
  return list;
}

}  // namespace

ManifestTrack read_track_parts(const Json& json, const std::string& where, ManifestReader& in) {
  ManifestTrack track;
  track.name = in.text(json, where, "name", kLongestName);
  in.require(is_track_name(track.name), where + "name", tr_later("{} is not the name of a track"));
  track.codec = in.text(json, where, "codec", kLongestName);
  in.require(is_codec(track.codec, track.name), where + "codec",
             tr_later("{} is not the one of such a track"));
  track.width = static_cast<int>(in.integer_or_zero(json, where, "width", kLargestSide));
  track.height = static_cast<int>(in.integer_or_zero(json, where, "height", kLargestSide));
  const Json& init = in.object(json, where, "init");
  track.init = read_object(init, where + "init.", in);
  track.init_number = read_number(init, where + "init.", 0, in);
  const Json& segments = in.array(json, where, "segments", kMostSegments);
  for (std::size_t i = 0; i < segments.size() && in.is_good(); ++i) {
    track.segments.push_back(read_segment(segments[i], fmt::format("{}segments[{}].", where, i), i + 1, in));
  }
  return track;
}

Json track_parts_json(const ManifestTrack& track) {
  Json json = {{"name", track.name}, {"codec", track.codec}};
  if (track.width > 0 || track.height > 0) {
    json["width"] = track.width;
    json["height"] = track.height;
  }
  json["init"] = init_json(track);
  json["segments"] = segments_json(track.segments);
  return json;
}

}  // namespace meanwhile
