// clip.json: everything that belongs to a published clip, and where it lies in a library. Format: FORMAT.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/addition.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

constexpr std::uint64_t kLargestManifestBytes = 1u << 20;

struct ManifestObject {
  std::uint64_t bytes = 0;
  std::string sha256;  // lower-case hex
};

// Objects are named by numbers, which aren't always consecutive: what was sent while recording and then taken
// back leaves a gap, for no name is ever used twice.
struct ManifestSegment {
  std::uint64_t bytes = 0;
  std::string sha256;
  std::size_t number = 0;  // from 1
  MediaTime start{};
  MediaTime duration{};
};

// init and the segments, joined in order, are the local track file, byte for byte.
struct ManifestTrack {
  std::string name;   // screen, camera, voice or system
  std::string codec;  // RFC 6381: "avc1.640028"
  int width = 0;      // 0 for sound
  int height = 0;
  std::uint64_t bytes = 0;  // init and all segments
  MediaTime duration{};     // the end of the last segment
  ManifestObject init;
  std::size_t init_number = 0;  // 0: the usual one
  std::vector<ManifestSegment> segments;
  Json unknown = Json::object();
};

struct ManifestFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
  std::size_t number = 0;  // of its object; 0: named as it is
};

struct RemovedObject {
  std::string name;    // within the clip's folder: "screen/000004.m4s", "added/….vtt"
  std::string sha256;  // of its bytes
  bool operator==(const RemovedObject&) const = default;
};

// What an update was before another recording took its place.
struct EarlierVersion {
  MediaTime duration{};
  Chapters chapters = {};
  std::vector<Addition> additions = {};  // its manifest, if not clip.json; captions; how it was arranged
};

struct Manifest {
  std::string clip;
  std::string title;
  std::string person;  // the author
  std::string device;
  std::string author_name;
  WallTime recorded{};
  MediaTime duration{};
  std::vector<ManifestTrack> tracks;
  std::vector<ManifestFile> files;
  std::optional<Loudness> loudness = {};  // nullopt: it plays as it was recorded
  bool clean_sound = false;               // the author wants hum and noise taken off where it is played
  // Of one that took another's place: its hash ("": of none), and what was removed for good since the clip
  // was published: nobody keeps it.
  std::string replaces = {};
  std::vector<RemovedObject> removed = {};
  std::vector<EarlierVersion> earlier = {};  // of the update, the first first; empty: this is the first
  // Members that we don't know (but not "signature"): kept, and written again.
  Json unknown = Json::object();

  const ManifestTrack* track(std::string_view name) const;
  const ManifestFile* file(std::string_view name) const;
};

// json: a signed document that was verified, or take's own. Everything in it may lie all the same.
// Errors: Unsupported (a newer format), Corrupt (says which field).
Result<Manifest> parse_manifest(const Json& json);
// The text of clip.json. Errors: as above, and Corrupt for more than kLargestManifestBytes.
Result<Manifest> parse_manifest(std::string_view text);

// Without a signature; that is added as the last member when it is signed.
// Errors: InvalidArgument (what parse_manifest would refuse).
Result<Json> to_json(const Manifest& manifest);

// "screen", "camera", "voice", "system".
bool is_track_name(std::string_view name);
// What may lie beside clip.json: "poster.jpg", "pointer.jsonl", "pointer-3.png", "screen.m3u8", …; never
// clip.json.
bool is_clip_file_name(std::string_view name);

constexpr std::size_t kLargestObjectNumber = 999'999;

// "init.mp4" for 0, "init-000012.mp4", "000012.m4s".
std::string init_name(std::size_t number);
std::string segment_name(std::size_t number);

// The number in an object's key; 0: none, or the usual init part's.
std::size_t number_in_key(std::string_view key);

// Keys in a library. clip: a clip id; track, name: allowed ones.
std::string clip_prefix(std::string_view clip);  // "clips/2026-11/<clip>/"
std::string manifest_key(std::string_view clip);
std::string init_key(std::string_view clip, std::string_view track, std::size_t number = 0);
std::string segment_key(std::string_view clip, std::string_view track, std::size_t number);
std::string part_key(std::string_view clip, std::size_t number);
bool is_part_key(std::string_view key);
// What may be removed of a clip: no name that leads out of its folder, nor clip.json.
bool is_removable_name(std::string_view name);
// "clips/…/poster.jpg", "clips/…/poster-000002.jpg".
std::string clip_file_key(std::string_view clip, std::string_view name, std::size_t number = 0);
std::string clip_file_key(std::string_view clip, const ManifestFile& file);
// The number in the key of such a file; nullopt: it isn't that file's.
std::optional<std::size_t> clip_file_number(std::string_view key, std::string_view clip,
                                            std::string_view name);
// Of what came later: addition.h.
std::string added_key(std::string_view clip, std::string_view name);

}  // namespace meanwhile
