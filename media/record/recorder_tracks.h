// Everything a Recorder records from.
#pragma once

#include <memory>
#include <vector>

#include "media/record/audio_track.h"
#include "media/record/pointer_recorder.h"
#include "media/record/video_track.h"

namespace meanwhile {

struct RecorderTracks {
  PointerRecorder pointer;  // outlives the screen, which feeds it
  std::vector<std::unique_ptr<VideoTrack>> pictures;
  std::vector<std::unique_ptr<AudioTrack>> sounds;

  bool is_empty() const { return pictures.empty() && sounds.empty(); }
  const VideoTrack* picture(TrackKind kind) const {
    for (const auto& track : pictures) {
      if (track->kind() == kind) return track.get();
    }
    return nullptr;
  }
  const AudioTrack* sound(TrackKind kind) const {
    for (const auto& track : sounds) {
      if (track->kind() == kind) return track.get();
    }
    return nullptr;
  }
};

}  // namespace meanwhile
