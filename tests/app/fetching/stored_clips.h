// Small clips in a storage, as if others had published them.
#pragma once

#include <fmt/format.h>

#include "app/fetching/clip_store.h"
#include "media/base/identifier.h"
#include "upload/signing.h"

namespace meanwhile {

constexpr std::size_t kStoredPartBytes = 1000;

inline Bytes part_bytes(const std::string& key) {
  Bytes bytes = to_bytes(key);
  bytes.resize(kStoredPartBytes, std::byte{'.'});
  return bytes;
}

// A screen of `segments` segments of 5 s, a poster; each object has kStoredPartBytes. Returns it as an index
// would. captions: WebVTT; "": none.
inline Clip store_clip(Storage& storage, int number, std::size_t segments, const std::string& captions = "") {
  const WallTime recorded(std::chrono::milliseconds(1'795'000'000'000 + number * 1000));
  const std::string clip = new_clip_id(recorded);
  const auto put = [&](const std::string& key) {
    const Bytes bytes = part_bytes(key);
    (void)storage.put(key, bytes, {});
    return ManifestObject{bytes.size(), sha256_hex(bytes)};
  };
  const ManifestObject poster = put(clip_file_key(clip, "poster.jpg"));
  ManifestTrack track{.name = "screen", .codec = "avc1.640028", .width = 320, .height = 180};
  track.init = put(init_key(clip, "screen"));
  for (std::size_t i = 1; i <= segments; ++i) {
    const ManifestObject part = put(segment_key(clip, "screen", i));
    const MediaTime length = std::chrono::seconds(5);
    track.segments.push_back({part.bytes, part.sha256, i, length * static_cast<int>(i - 1), length});
  }
  track.duration = std::chrono::seconds(5) * static_cast<int>(segments);
  track.bytes = (segments + 1) * kStoredPartBytes;
  const std::string device(26, 'a');
  Manifest manifest{.clip = clip,
                    .title = fmt::format("Clip {}", number),
                    .person = device,
                    .device = device,
                    .author_name = "Anna",
                    .recorded = recorded,
                    .duration = track.duration,
                    .tracks = {track},
                    .files = {{"poster.jpg", poster.bytes, poster.sha256}}};
  if (!captions.empty()) {
    (void)storage.put(clip_file_key(clip, "captions.vtt"), as_byte_span(captions), {});
    manifest.files.push_back({"captions.vtt", captions.size(), sha256_hex(as_byte_span(captions))});
  }
  const std::string text = to_text(to_json(manifest).value());
  (void)storage.put(manifest_key(clip), as_byte_span(text), {});
  Clip indexed;
  indexed.id = clip;
  indexed.title = manifest.title;
  indexed.author_name = "Anna";
  indexed.manifest_sha256 = sha256_hex(as_byte_span(text));
  return indexed;
}

// Captions of one line, from 1 s to 2 s, that came later.
inline void add_captions(Storage& storage, Clip& clip, const std::string& language, const std::string& line) {
  const std::string text = "WEBVTT\n\n00:01.000 --> 00:02.000\n" + line + "\n";
  const std::string hash = sha256_hex(as_byte_span(text));
  Addition addition{
      .kind = AdditionKind::Captions, .language = language, .object = {}, .person = clip.author};
  addition.object = {added_name(addition.kind, std::string(26, 'a'), hash), text.size(), hash};
  (void)storage.put(added_key(clip.id, addition.object.name), as_byte_span(text), {});
  clip.additions.push_back(addition);
}

}  // namespace meanwhile
