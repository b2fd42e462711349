// A track whose sources tell whether somebody waits for their bytes.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "media/play/arranged_track.h"
#include "media/play/watched_source.h"

namespace meanwhile {

class WatchedTrack {
 public:
  explicit WatchedTrack(ArrangedTrack track) : track_(std::move(track)) {
    for (auto& source : track_.sources) {
      watched_.push_back(std::make_shared<WatchedSource>(source));
      source = watched_.back();
    }
  }

  [[nodiscard]] const ArrangedTrack& track() const { return track_; }

  // Any thread.
  [[nodiscard]] bool is_reading() const {
    return std::ranges::any_of(watched_, [](const auto& source) { return source->is_reading(); });
  }
  void abort() const {
    for (const auto& source : watched_) source->abort();
  }

 private:
  // Constant after the constructor.
  ArrangedTrack track_;
  std::vector<std::shared_ptr<WatchedSource>> watched_;
};

}  // namespace meanwhile
