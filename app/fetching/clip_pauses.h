// Where nothing is said and nothing happens in a clip or draft, wherever it lies.
#pragma once

#include <stop_token>
#include <vector>

#include "app/fetching/clip_store.h"
#include "media/base/time_range.h"

namespace meanwhile {

// On its whole timeline; none where it isn't known what was said or what moved. Blocks.
std::vector<TimeRange> read_pauses(const ClipStore& store, const OpenedClip& opened,
                                   const std::stop_token& stop);

}  // namespace meanwhile
