// Comments on a timeline: markers that would cover each other become one.
#pragma once

#include <cstddef>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

struct MarkerCluster {
  float x = 0;                        // the middle of its markers
  std::vector<std::size_t> comments;  // indices, by moment
};

// moments: sorted. A marker lies at moment / duration * width, and moments past the end at the end.
// Neighbours nearer than `apart` share a cluster.
std::vector<MarkerCluster> cluster_markers(const std::vector<MediaTime>& moments, MediaTime duration,
                                           float width, float apart);

}  // namespace meanwhile
