#include "app/library/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/manifest_history.h"
#include "app/library/manifest_reader.h"
#include "app/library/manifest_tracks.h"
#include "app/library/text.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/signed_document.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostFiles = 500;
constexpr std::int64_t kLargestTrack = kLargestObject * static_cast<std::int64_t>(kMostSegments + 1);
// Time scales other than microseconds round; nothing rounds by this much.
constexpr MediaTime kRounding = std::chrono::milliseconds(100);

constexpr std::array<std::string_view, 4> kTrackNames = {"screen", "camera", "voice", "system"};

// What the parts say must be what the whole says.
void check_sums(const ManifestTrack& track, const std::string& where, ManifestReader& in) {
  std::uint64_t bytes = track.init.bytes;  // at most kLargestTrack: can't overflow
  MediaTime end{};
  for (const ManifestSegment& segment : track.segments) {
    bytes += segment.bytes;
    in.require(segment.start + kRounding >= end, where + "segments", tr_later("{} overlap or go backwards"));
    end = segment.start + segment.duration;
  }
  in.require(bytes == track.bytes, where + "bytes", tr_later("{} is not the sum of its parts"));
  const MediaTime difference = end > track.duration ? end - track.duration : track.duration - end;
  in.require(difference <= kRounding, where + "duration_us",
             tr_later("{} is not where the last segment ends"));
}

ManifestTrack read_track(const Json& json, const std::string& where, ManifestReader& in) {
  ManifestTrack track = read_track_parts(json, where, in);
  track.bytes = static_cast<std::uint64_t>(in.integer(json, where, "bytes", 0, kLargestTrack));
  track.duration = in.moment(json, where, "duration_us");
  check_sums(track, where, in);
  track.unknown =
      unknown_members(json, {"name", "codec", "width", "height", "bytes", "duration_us", "init", "segments"});
  return track;
}

ManifestFile read_file_entry(const Json& json, const std::string& where, ManifestReader& in) {
  ManifestFile file;
  file.name = in.text(json, where, "name", kLongestName);
  in.require(is_clip_file_name(file.name), where + "name",
             tr_later("{} is not a name that a clip's file may have"));
  file.bytes = static_cast<std::uint64_t>(in.integer(json, where, "bytes", 0, kLargestObject));
  file.sha256 = in.sha256(json, where);
  file.number =
      static_cast<std::size_t>(in.integer_or_zero(json, where, "number", std::int64_t{kLargestObjectNumber}));
  return file;
}

void read_tracks(const Json& json, Manifest& manifest, ManifestReader& in) {
  const Json& tracks = in.array(json, "", "tracks", kMostTracks);
  std::set<std::string> names;
  for (std::size_t i = 0; i < tracks.size() && in.is_good(); ++i) {
    const std::string where = fmt::format("tracks[{}].", i);
    manifest.tracks.push_back(read_track(tracks[i], where, in));
    in.require(names.insert(manifest.tracks.back().name).second, where + "name",
               tr_later("{} is there twice"));
  }
}

void read_files(const Json& json, Manifest& manifest, ManifestReader& in) {
  const Json& files = in.array(json, "", "files", kMostFiles);
  std::set<std::string> names;
  for (std::size_t i = 0; i < files.size() && in.is_good(); ++i) {
    const std::string where = fmt::format("files[{}].", i);
    manifest.files.push_back(read_file_entry(files[i], where, in));
    in.require(names.insert(manifest.files.back().name).second, where + "name",
               tr_later("{} is there twice"));
  }
}

void read_author(const Json& json, Manifest& manifest, ManifestReader& in) {
  const Json& author = in.object(json, "", "author");
  manifest.person = in.key_id(author, "author.", "person");
  manifest.device = in.key_id(author, "author.", "device");
  manifest.author_name = in.text(author, "author.", "name", kLongestName);
}

void add_members(Json& json, const Json& unknown) {
  for (const auto& [name, value] : unknown.items()) json[name] = value;
}

Json track_json(const ManifestTrack& track) {
  Json json = track_parts_json(track);
  json["bytes"] = track.bytes;
  json["duration_us"] = track.duration.count();
  add_members(json, track.unknown);
  return json;
}

Json files_json(const std::vector<ManifestFile>& files) {
  Json list = Json::array();
  for (const ManifestFile& file : files) {
    list.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    if (file.number != 0) list.back()["number"] = file.number;
  }
  return list;
}

Json manifest_json(const Manifest& manifest) {
  Json json = {
      {"format", 1},
      {"clip", manifest.clip},
      {"title", manifest.title},
      {"author", {{"person", manifest.person}, {"device", manifest.device}, {"name", manifest.author_name}}},
      {"recorded", format_rfc3339(manifest.recorded)},
      {"duration_us", manifest.duration.count()},
      {"tracks", Json::array()},
      {"files", files_json(manifest.files)}};
  for (const ManifestTrack& track : manifest.tracks) json["tracks"].push_back(track_json(track));
  if (manifest.loudness) json["loudness"] = json_of(*manifest.loudness);
  if (manifest.clean_sound) json["clean_sound"] = true;
  add_history(json, manifest);
  add_members(json, manifest.unknown);
  return json;
}

}  // namespace

const ManifestTrack* Manifest::track(std::string_view name) const {
  const auto found = std::ranges::find(tracks, name, &ManifestTrack::name);
  return found == tracks.end() ? nullptr : &*found;
}

const ManifestFile* Manifest::file(std::string_view name) const {
  const auto found = std::ranges::find(files, name, &ManifestFile::name);
  return found == files.end() ? nullptr : &*found;
}

Result<Manifest> parse_manifest(const Json& json) {
  MEANWHILE_TRY(check_format(json, tr("this clip")));
  ManifestReader in;
  Manifest manifest;
  manifest.clip = in.text(json, "", "clip", kLongestName);
  in.require(is_clip_id(manifest.clip), "clip", tr_later("{} is not a clip's id"));
  manifest.title = in.text(json, "", "title", kLongestTitle);
  read_author(json, manifest, in);
  const auto recorded = parse_rfc3339(in.text(json, "", "recorded", kLongestName));
  in.require(recorded.has_value(), "recorded", tr_later("{} is not an RFC 3339 time"));
  manifest.recorded = recorded.value_or(WallTime{});
  manifest.duration = in.moment(json, "", "duration_us");
  read_tracks(json, manifest, in);
  read_files(json, manifest, in);
  manifest.loudness = loudness_from_json(json, "loudness");
  manifest.clean_sound = bool_member(json, "clean_sound").value_or(false);
  read_history(json, manifest, in);
  if (!in.is_good()) return fail(ErrorCode::Corrupt, "clip.json: " + in.problem());
  manifest.unknown = unknown_members(
      json, {"format", "clip", "title", "author", "recorded", "duration_us", "tracks", "files", "loudness",
             "clean_sound", "replaces", "removed", "earlier", "signature"});
  return manifest;
}

Result<Manifest> parse_manifest(std::string_view text) {
  if (text.size() > kLargestManifestBytes)
    return fail(ErrorCode::Corrupt, tr("clip.json is larger than 1 MB"));
  auto json = parse_json(text);
  if (!json) return fail("clip.json", json.error());
  return parse_manifest(*json);
}

Result<Json> to_json(const Manifest& manifest) {
  if (!is_valid_utf8(manifest.title) || !is_valid_utf8(manifest.author_name)) {
    return fail(ErrorCode::InvalidArgument, tr("the clip's title or author is not valid UTF-8"));
  }
  Json json = manifest_json(manifest);
  if (auto read = parse_manifest(json); !read) return fail(ErrorCode::InvalidArgument, read.error().message);
  if (to_text(json).size() > kLargestManifestBytes) {
    return fail(ErrorCode::InvalidArgument, tr("the clip is too long: its clip.json is larger than 1 MB"));
  }
  return json;
}

bool is_track_name(std::string_view name) {
  return std::ranges::find(kTrackNames, name) != kTrackNames.end();
}

}  // namespace meanwhile
