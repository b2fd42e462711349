// What a player plays.
#pragma once

#include <functional>
#include <memory>

#include "media/base/loudness.h"
#include "media/base/media_time.h"

namespace meanwhile {

class ByteSource;
class PointerTrack;

struct LiveEnd {
  MediaTime end{};
  bool is_final = false;  // nothing more comes
};

// The tracks of a clip, wherever their bytes lie; any may be missing.
struct ClipMedia {
  std::shared_ptr<ByteSource> screen;
  std::shared_ptr<ByteSource> camera;
  std::shared_ptr<ByteSource> voice;
  std::shared_ptr<ByteSource> system;
  std::shared_ptr<const PointerTrack> pointer;
  SoundTreatment sound = {};
  MediaTime duration{};
  MediaTime start{};  // where the player begins: nothing before it is read
  // Of a clip that is still being recorded: how far it goes by now, instead of duration. Any thread; returns
  // at once. The tracks' reads wait for what isn't there yet.
  std::function<LiveEnd()> live;
};

}  // namespace meanwhile
