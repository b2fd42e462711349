// One track of a clip as it is shown: from which source each part of the edited timeline comes.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/clip_media.h"
#include "media/play/sound_reader.h"
#include "media/play/video_reader.h"

namespace meanwhile {

struct TrackPart {
  MediaTime at{};  // on the edited timeline
  MediaTime duration{};
  std::optional<std::size_t> source;  // nullopt: there is nothing of this track
  MediaTime from{};                   // in the source's own time
};

struct ArrangedTrack {
  std::vector<std::shared_ptr<ByteSource>> sources;
  std::vector<TrackPart> parts;  // without gaps; empty: the only source, whole

  [[nodiscard]] bool is_missing() const { return sources.empty(); }
  [[nodiscard]] MediaTime end() const;
  // The part that is on at that moment; the first before it, the last after it.
  [[nodiscard]] std::size_t part_at(MediaTime moment) const;
};

// track: such as &ClipMedia::screen.
ArrangedTrack arranged_track(const ClipMedia& media, std::shared_ptr<ByteSource> ClipMedia::* track);

// On the edited timeline.
MediaTime played_start(const ClipMedia& media);
MediaTime played_duration(const ClipMedia& media);

// In the edited timeline's time. Where a part has nothing of the track, a picture of no width comes. What
// is_damaged() says holds for any of them; a source that can't be opened counts as one that isn't there, if
// another can. Errors: as open_video.
Result<std::unique_ptr<VideoReader>> open_arranged_video(ArrangedTrack track, const Interrupts& interrupts);

// Silence where a part has nothing of the track; no click where two parts meet. Errors: as open_sound.
Result<std::unique_ptr<SoundReader>> open_arranged_sound(ArrangedTrack track, const Interrupts& interrupts);

}  // namespace meanwhile
