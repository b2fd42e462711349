// HLS playlists, so that a clip in a library plays in any player and browser that knows HLS with fMP4.
// Source: RFC 8216, and Apple's HLS authoring specification (EXT-X-VERSION 7 for EXT-X-MAP with CMAF).
#pragma once

#include <string>
#include <vector>

#include "app/library/manifest.h"

namespace meanwhile {

struct Playlist {
  std::string name;  // "clip.m3u8", "screen.m3u8", …
  std::string text;
};

// clip.m3u8 first, then one a track that has segments; none for a clip without any.
std::vector<Playlist> make_playlists(const Manifest& manifest);

}  // namespace meanwhile
