#include "media/capture/pipewire/stream_pointer.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "media/base/clock.h"
#include "media/capture/pipewire/stream_buffer.h"
#include "media/capture/sinks.h"

namespace meanwhile {
namespace {

// Where a pointer is that isn't over the picture: too far away for any of it to be seen.
constexpr int kElsewhere = -10'000;
constexpr int kFarthest = 100'000;

int placed(int value, int from, int from_length, int to, int to_length) {
  const auto inside = static_cast<std::int64_t>(std::clamp(value, -kFarthest, kFarthest)) - from;
  return static_cast<int>(inside * to_length / std::max(from_length, 1)) + to;
}

}  // namespace

void StreamPointerTeller::tell(StreamPointer pointer, MonotonicTime at, const Placement& placement,
                               PointerSink& sink) {
  if (pointer.shape) shape_ = shapes_.index_of(std::move(*pointer.shape), sink).value_or(shape_);
  if (shapes_.is_empty()) return;
  const auto& [from, to] = placement;
  PointerSample sample{.at = at, .x = kElsewhere, .y = kElsewhere, .shape = shape_, .buttons = 0};
  if (pointer.is_here) {
    sample.x = placed(pointer.x, from.x, from.width, to.x, to.width);
    sample.y = placed(pointer.y, from.y, from.height, to.y, to.height);
  }
  if (last_ && last_->x == sample.x && last_->y == sample.y && last_->shape == sample.shape) return;
  last_ = sample;
  sink.on_pointer(sample);
}

}  // namespace meanwhile
