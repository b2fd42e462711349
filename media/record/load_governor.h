// One LoadPolicy for all of a take's pictures.
#pragma once

#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/record/load_policy.h"
#include "media/record/recorder_notes.h"

namespace meanwhile {

// Any thread.
class LoadGovernor {
 public:
  explicit LoadGovernor(RecorderNotes& notes) : notes_(notes) {}

  // What a track may do from now on. Says so when less work is done.
  WorkLimits report(MediaTime now, LoadSigns signs);

 private:
  RecorderNotes& notes_;
  Guarded<LoadPolicy> policy_;
};

}  // namespace meanwhile
