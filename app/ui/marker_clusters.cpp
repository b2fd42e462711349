#include "app/ui/marker_clusters.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

std::vector<MarkerCluster> cluster_markers(const std::vector<MediaTime>& moments, MediaTime duration,
                                           float width, float apart) {
  std::vector<MarkerCluster> clusters;
  if (duration <= MediaTime{}) return clusters;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const double share = std::clamp(to_seconds(moments[i]) / to_seconds(duration), 0.0, 1.0);
    const float x = float(share) * width;
    if (clusters.empty() || x - clusters.back().x >= apart) {
      clusters.push_back({x, {i}});
      continue;
    }
    MarkerCluster& cluster = clusters.back();
    const auto count = float(cluster.comments.size());
    cluster.x = (cluster.x * count + x) / (count + 1);
    cluster.comments.push_back(i);
  }
  return clusters;
}

}  // namespace meanwhile
