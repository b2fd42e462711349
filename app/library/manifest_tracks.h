// What clip.json and the parts that are sent while recording say of a track in the same way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "app/library/manifest.h"
#include "app/library/manifest_reader.h"
#include "media/base/json.h"
#include "upload/storage.h"

namespace meanwhile {

constexpr std::size_t kMostTracks = 4;
// Together with kLargestManifestBytes: half an hour more than a day in segments of 4 s would not fit anyway.
constexpr std::size_t kMostSegments = 20'000;
constexpr std::int64_t kLargestObject = kLargestObjectBytes;

// name, codec, width, height, init and segments; where: "tracks[2].".
ManifestTrack read_track_parts(const Json& json, const std::string& where, ManifestReader& in);
Json track_parts_json(const ManifestTrack& track);

}  // namespace meanwhile
