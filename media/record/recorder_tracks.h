// Everything a Recorder records from.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "media/record/audio_track.h"
#include "media/record/pointer_recorder.h"
#include "media/record/track_report.h"
#include "media/record/video_track.h"

namespace meanwhile {

struct RecorderTracks {
  PointerRecorder pointer;  // outlives the screen, which feeds it
  std::vector<std::unique_ptr<VideoTrack>> pictures;
  std::vector<std::unique_ptr<AudioTrack>> sounds;

  bool is_empty() const { return pictures.empty() && sounds.empty(); }
  void stop_sources() const {
    for (const auto& track : pictures) track->stop_source();
    for (const auto& track : sounds) track->stop_source();
  }
  bool is_any_lost() const {
    const auto is_lost = [](const auto& track) { return track->is_lost(); };
    return std::ranges::any_of(pictures, is_lost) || std::ranges::any_of(sounds, is_lost);
  }
  void reopen_lost() const {
    for (const auto& track : pictures) {
      if (track->is_lost()) track->reopen_source();
    }
    for (const auto& track : sounds) {
      if (track->is_lost()) track->reopen_source();
    }
  }
  VideoTrack* picture(TrackKind kind) const {
    for (const auto& track : pictures) {
      if (track->kind() == kind) return track.get();
    }
    return nullptr;
  }
  AudioTrack* sound(TrackKind kind) const {
    for (const auto& track : sounds) {
      if (track->kind() == kind) return track.get();
    }
    return nullptr;
  }
};

}  // namespace meanwhile
