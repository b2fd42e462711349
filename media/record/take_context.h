// What the tracks of a take share while it is recorded.
#pragma once

#include "media/record/disk_writer.h"
#include "media/record/load_governor.h"
#include "media/record/timeline.h"

namespace meanwhile {

// All outlive every track's recording.
struct TakeContext {
  const Timeline& timeline;
  DiskWriter& disk;
  LoadGovernor& load;
};

}  // namespace meanwhile
