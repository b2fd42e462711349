// Clips of known pictures and sound, for the tests of the player.
#pragma once

#include "media/play/clip_media.h"
#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {

inline constexpr double kTone = 440;

inline ClipMedia clip_of(const VideoSpec& screen) {
  return {.screen = memory(make_video_track(screen)), .duration = screen.end};
}

inline ClipMedia clip_with_sound(const VideoSpec& screen) {
  ClipMedia media = clip_of(screen);
  media.voice = memory(make_sound_track({.frequency = kTone, .duration = screen.end}));
  return media;
}

}  // namespace meanwhile::test
