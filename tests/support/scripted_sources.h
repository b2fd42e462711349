// Sources that a test plays by hand, or that run by the clock without any device.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"
#include "media/record/recorder_parts.h"

namespace meanwhile {

// A clock that stands where the test puts it. Any thread.
class ScriptedClock final : public Clock {
 public:
  MonotonicTime now() const override { return MonotonicTime(std::chrono::microseconds(now_us_.load())); }
  void advance(std::chrono::microseconds by) { now_us_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_us_ = 1'000'000'000;
};

// A picture of one grey (16 to 235) with a pattern that `step` moves along.
FramePtr grey_frame(int width, int height, int luma, int step = 0);
// A block of sound from sample(n), n counting from `first`.
FramePtr sound_block(int channels, int samples, std::int64_t first,
                     const std::function<float(std::int64_t)>& sample);

// The test's end of a picture source: what it gives goes to whoever started the source, on the test's own
// thread.
class ScriptedFrames {
 public:
  explicit ScriptedFrames(FrameSourceInfo info) : link_(std::make_shared<Link>()), info_(std::move(info)) {}
  std::unique_ptr<FrameSource> source();

  void frame(FramePtr frame, MonotonicTime at);
  void unchanged(MonotonicTime at);
  void shape(PointerShape shape);
  void pointer(PointerSample sample);
  void state(SourceState state);
  void end(Error why);
  bool is_started() const;
  const FrameSourceInfo& info() const { return info_; }

  struct Link {
    mutable std::mutex mutex;
    FrameSink* frames = nullptr;
    PointerSink* pointer = nullptr;
  };

 private:
  const std::shared_ptr<Link> link_;
  const FrameSourceInfo info_;
};

class ScriptedSamples {
 public:
  explicit ScriptedSamples(SampleSourceInfo info) : link_(std::make_shared<Link>()), info_(std::move(info)) {}
  std::unique_ptr<SampleSource> source();

  void samples(FramePtr samples, MonotonicTime at);
  void state(SourceState state);
  void end(Error why);
  bool is_started() const;

  struct Link {
    mutable std::mutex mutex;
    SampleSink* samples = nullptr;
  };

 private:
  const std::shared_ptr<Link> link_;
  const SampleSourceInfo info_;
};

// Real time: picture n at n / frames_per_second; nullptr from `draw` means "unchanged".
std::unique_ptr<FrameSource> paced_frames(FrameSourceInfo info, const Clock& clock,
                                          std::function<FramePtr(std::int64_t n)> draw);
// Real time: blocks of 10 ms.
std::unique_ptr<SampleSource> paced_samples(SampleSourceInfo info, const Clock& clock,
                                            std::function<float(std::int64_t n)> sample);

// Parts with no source at all and the machine's disk; a test puts its sources in.
RecorderParts parts_without_devices();
OpenFrames always(ScriptedFrames& frames);
OpenSamples always(ScriptedSamples& samples);

}  // namespace meanwhile
