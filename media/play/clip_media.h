// What a player plays.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {

struct Arrangement;
class ByteSource;
class EditList;
class PointerTrack;
struct ClipMedia;

struct LiveEnd {
  MediaTime end{};
  bool is_final = false;  // nothing more comes
};

// Another clip, as it was recorded, whose beginning lies at place.from on this one's recorded timeline.
struct JoinedMedia {
  TimeRange place;
  std::shared_ptr<const ClipMedia> media;  // nullptr: it can't be had; nothing is seen or heard there
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
  // Where the player begins: nothing before it is read. 0: at the beginning of what is shown.
  MediaTime start{};
  // Of a clip that is still being recorded: how far it goes by now, instead of duration. Any thread; returns
  // at once. The tracks' reads wait for what isn't there yet.
  std::function<LiveEnd()> live;
  std::vector<JoinedMedia> joined = {};  // by place, behind duration
  // What is shown, in order, also of what is joined; nullptr: duration, as recorded.
  std::shared_ptr<const EditList> edits = nullptr;
  // What of it is covered; nullptr: nothing.
  std::shared_ptr<const Arrangement> arrangement = nullptr;
};

}  // namespace meanwhile
