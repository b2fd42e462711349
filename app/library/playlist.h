// HLS playlists, so that a clip in a library plays in any player and browser that knows HLS with fMP4.
// Source: RFC 8216, and Apple's HLS authoring specification (EXT-X-VERSION 7 for EXT-X-MAP with CMAF).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/library/manifest.h"

namespace meanwhile {

struct Playlist {
  std::string name;  // "clip.m3u8", "screen.m3u8", …
  std::string text;
};

// One a track that has segments.
std::vector<Playlist> make_track_playlists(const Manifest& manifest);
// "clip.m3u8", which names those: as they are called among the manifest's files, if they are there. nullopt:
// there is nothing to play.
std::optional<Playlist> make_clip_playlist(const Manifest& manifest);

}  // namespace meanwhile
