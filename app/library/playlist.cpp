#include "app/library/playlist.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/manifest.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

// What the picture is and which sounds go with it, as HLS sees a clip: one variant, with other sounds as
// renditions that a player may offer. Other pictures are in playlists of their own only: as renditions, VLC
// and mpv play them instead of the screen.
struct Roles {
  const ManifestTrack* picture = nullptr;
  std::vector<const ManifestTrack*> sounds;
};

const ManifestTrack* playable(const Manifest& manifest, std::string_view name) {
  const ManifestTrack* track = manifest.track(name);
  return track && !track->segments.empty() ? track : nullptr;
}

Roles roles_in(const Manifest& manifest) {
  Roles roles{.picture = playable(manifest, "screen"), .sounds = {}};
  if (!roles.picture) roles.picture = playable(manifest, "camera");
  for (const char* name : {"voice", "system"}) {
    if (const ManifestTrack* track = playable(manifest, name)) roles.sounds.push_back(track);
  }
  return roles;
}

std::string title_of(const ManifestTrack& sound) {
  return sound.name == "voice" ? "Voice" : "System sound";
}

double seconds(MediaTime time) {
  return to_seconds(time);
}

// RFC 8216 s. 4.3.3.1: every segment's duration, rounded, is at most the target; at least 1.
std::int64_t target_duration(const ManifestTrack& track) {
  double longest = 1;
  for (const ManifestSegment& segment : track.segments)
    longest = std::max(longest, seconds(segment.duration));
  return static_cast<std::int64_t>(std::ceil(longest));
}

// Of the fastest segment: what BANDWIDTH means (RFC 8216 s. 4.3.4.2).
double peak_bps(const ManifestTrack& track) {
  double peak = 0;
  for (const ManifestSegment& segment : track.segments) {
    const double duration = std::max(seconds(segment.duration), 0.1);
    peak = std::max(peak, static_cast<double>(segment.bytes) * 8 / duration);
  }
  return peak;
}

std::string track_playlist(const ManifestTrack& track) {
  std::string text = fmt::format(
      "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{}\n#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-PLAYLIST-TYPE:"
      "VOD\n"
      "#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI=\"{}/{}\"\n",
      target_duration(track), track.name, init_name(track.init_number));
  for (const ManifestSegment& segment : track.segments) {
    text += fmt::format("#EXTINF:{:.6f},\n{}/{}\n", seconds(segment.duration), track.name,
                        segment_name(segment.number));
  }
  return text + "#EXT-X-ENDLIST\n";
}

std::string file_of(const Manifest& manifest, const ManifestTrack& track) {
  const std::string name = track.name + ".m3u8";
  const ManifestFile* file = manifest.file(name);
  const std::string key = clip_file_key(manifest.clip, name, file != nullptr ? file->number : 0);
  return key.substr(key.rfind('/') + 1);
}

// uri: "": it is in the variant itself.
std::string rendition(const ManifestTrack& sound, bool is_default, const std::string& uri) {
  const char* wanted = is_default ? "YES" : "NO";
  std::string line =
      fmt::format("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sounds\",NAME=\"{}\",DEFAULT={},AUTOSELECT={}",
                  title_of(sound), wanted, wanted);
  if (!uri.empty()) line += fmt::format(",URI=\"{}\"", uri);
  return line + "\n";
}

std::string renditions(const Manifest& manifest, const Roles& roles) {
  std::string text;
  // Without a picture the first sound is the variant itself.
  for (std::size_t i = 0; i < roles.sounds.size() && (roles.picture || roles.sounds.size() > 1); ++i) {
    const ManifestTrack& sound = *roles.sounds[i];
    text += rendition(sound, i == 0, roles.picture || i > 0 ? file_of(manifest, sound) : "");
  }
  return text;
}

std::string master_playlist(const Manifest& manifest, const Roles& roles) {
  const ManifestTrack& main = roles.picture ? *roles.picture : *roles.sounds.front();
  double bandwidth = peak_bps(main);
  std::string codecs = main.codec;
  if (roles.picture && !roles.sounds.empty()) {
    bandwidth += peak_bps(*roles.sounds.front());
    codecs += "," + roles.sounds.front()->codec;
  }
  const std::string media = renditions(manifest, roles);
  std::string variant = fmt::format("#EXT-X-STREAM-INF:BANDWIDTH={},CODECS=\"{}\"",
                                    static_cast<std::int64_t>(bandwidth) + 1, codecs);
  if (main.width > 0 && main.height > 0) variant += fmt::format(",RESOLUTION={}x{}", main.width, main.height);
  if (!media.empty()) variant += ",AUDIO=\"sounds\"";
  return "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n" + media + variant + "\n" +
         file_of(manifest, main) + "\n";
}

}  // namespace

std::vector<Playlist> make_track_playlists(const Manifest& manifest) {
  std::vector<Playlist> playlists;
  for (const ManifestTrack& track : manifest.tracks) {
    if (!track.segments.empty()) playlists.push_back({track.name + ".m3u8", track_playlist(track)});
  }
  return playlists;
}

std::optional<Playlist> make_clip_playlist(const Manifest& manifest) {
  const Roles roles = roles_in(manifest);
  if (!roles.picture && roles.sounds.empty()) return std::nullopt;
  return Playlist{"clip.m3u8", master_playlist(manifest, roles)};
}

}  // namespace meanwhile
