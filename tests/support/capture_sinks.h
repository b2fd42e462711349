// Sinks that keep what a capture source gives, for tests to wait for and look at.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/sinks.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

inline constexpr std::chrono::seconds kSourceDeadline{20};

// What a FrameSource gave; the frames themselves only the last 100. Any thread.
class KeepingFrameSink final : public FrameSink {
 public:
  struct State {
    std::vector<MonotonicTime> stamps;  // of each frame
    std::vector<FramePtr> last_frames;
    std::vector<MonotonicTime> unchanged;
    std::vector<SourceState> states;
    std::optional<Error> end;
    int calls_after_end = 0;
  };

  void on_frame(FramePtr frame, MonotonicTime at) override;
  void on_unchanged(MonotonicTime at) override;
  void on_state(SourceState state) override;
  void on_ended(Error why) override;

  // Waits until condition is true of what came. false: the deadline passed.
  bool wait_for(const std::function<bool(const State&)>& condition);
  bool is_now(const std::function<bool(const State&)>& condition);
  bool wait_for_frames(std::size_t count);
  bool wait_for_end();
  // The newest frame; at least one must have come.
  FramePtr newest();
  std::vector<MonotonicTime> stamps();
  std::optional<Error> end();
  int calls_after_end();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_;
};

class KeepingSampleSink final : public SampleSink {
 public:
  struct Block {
    MonotonicTime at;
    std::vector<float> samples;  // of the first channel
    int channels = 0;
    std::vector<float> peaks = {};  // of each channel
  };
  struct State {
    std::vector<Block> blocks;
    std::vector<SourceState> states;
    std::optional<Error> end;
  };

  void on_samples(FramePtr samples, MonotonicTime at) override;
  void on_state(SourceState state) override;
  void on_ended(Error why) override;

  bool wait_for(const std::function<bool(const State&)>& condition);
  bool wait_for_end();
  std::vector<Block> blocks();
  std::optional<Error> end();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_;
};

class KeepingPointerSink final : public PointerSink {
 public:
  struct State {
    std::vector<PointerShape> shapes;
    std::vector<PointerSample> samples;
  };

  void on_shape(PointerShape shape) override;
  void on_pointer(PointerSample sample) override;

  bool wait_for(const std::function<bool(const State&)>& condition);
  State state();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_;
};

}  // namespace meanwhile
