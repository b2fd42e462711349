#include "tests/support/scripted_sources.h"

extern "C" {
#include <libavutil/channel_layout.h>
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <stop_token>
#include <utility>

namespace meanwhile {
namespace {

constexpr int kBlockSamples = 480;

class LinkedFrameSource final : public FrameSource {
 public:
  LinkedFrameSource(std::shared_ptr<ScriptedFrames::Link> link, FrameSourceInfo info)
      : link_(std::move(link)), info_(std::move(info)) {}
  ~LinkedFrameSource() override { LinkedFrameSource::stop(); }
  FrameSourceInfo info() const override { return info_; }
  Result<void> start(FrameSink& frames, PointerSink* pointer) override {
    const std::lock_guard lock(link_->mutex);
    link_->frames = &frames;
    link_->pointer = pointer;
    return {};
  }
  void stop() override {
    const std::lock_guard lock(link_->mutex);
    link_->frames = nullptr;
    link_->pointer = nullptr;
  }

 private:
  const std::shared_ptr<ScriptedFrames::Link> link_;
  const FrameSourceInfo info_;
};

class LinkedSampleSource final : public SampleSource {
 public:
  LinkedSampleSource(std::shared_ptr<ScriptedSamples::Link> link, SampleSourceInfo info)
      : link_(std::move(link)), info_(std::move(info)) {}
  ~LinkedSampleSource() override { LinkedSampleSource::stop(); }
  SampleSourceInfo info() const override { return info_; }
  Result<void> start(SampleSink& samples) override {
    const std::lock_guard lock(link_->mutex);
    link_->samples = &samples;
    return {};
  }
  void stop() override {
    const std::lock_guard lock(link_->mutex);
    link_->samples = nullptr;
  }

 private:
  const std::shared_ptr<ScriptedSamples::Link> link_;
  const SampleSourceInfo info_;
};

// Calls beat(n, when) at start + n * interval until it is stopped.
class Metronome {
 public:
  Metronome(const Clock& clock, std::chrono::microseconds interval) : clock_(clock), interval_(interval) {}

  void start(std::function<void(std::int64_t, MonotonicTime)> beat) {
    thread_ = std::jthread([this, beat = std::move(beat)](const std::stop_token& stop) { run(stop, beat); });
  }
  void stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run(const std::stop_token& stop, const std::function<void(std::int64_t, MonotonicTime)>& beat) {
    const MonotonicTime begin = clock_.now();
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    for (std::int64_t n = 0; !stop.stop_requested(); ++n) {
      const MonotonicTime due = begin + n * interval_;
      never.wait_until(lock, stop, due, [] { return false; });
      if (!stop.stop_requested()) beat(n, due);
    }
  }

  const Clock& clock_;
  const std::chrono::microseconds interval_;
  std::jthread thread_;
};

class PacedFrameSource final : public FrameSource {
 public:
  PacedFrameSource(FrameSourceInfo info, const Clock& clock, std::function<FramePtr(std::int64_t)> draw)
      : info_(std::move(info)),
        draw_(std::move(draw)),
        metronome_(clock,
                   std::chrono::microseconds(static_cast<std::int64_t>(1e6 / info_.frames_per_second))) {}
  ~PacedFrameSource() override { PacedFrameSource::stop(); }
  FrameSourceInfo info() const override { return info_; }
  Result<void> start(FrameSink& frames, PointerSink*) override {
    metronome_.start([this, &frames](std::int64_t n, MonotonicTime at) {
      FramePtr frame = draw_(n);
      frame ? frames.on_frame(std::move(frame), at) : frames.on_unchanged(at);
    });
    return {};
  }
  void stop() override { metronome_.stop(); }

 private:
  const FrameSourceInfo info_;
  const std::function<FramePtr(std::int64_t)> draw_;
  Metronome metronome_;
};

class PacedSampleSource final : public SampleSource {
 public:
  PacedSampleSource(SampleSourceInfo info, const Clock& clock, std::function<float(std::int64_t)> sample)
      : info_(std::move(info)),
        sample_(std::move(sample)),
        metronome_(clock, std::chrono::milliseconds(10)) {}
  ~PacedSampleSource() override { PacedSampleSource::stop(); }
  SampleSourceInfo info() const override { return info_; }
  Result<void> start(SampleSink& samples) override {
    metronome_.start([this, &samples](std::int64_t n, MonotonicTime at) {
      samples.on_samples(sound_block(info_.channels, kBlockSamples, n * kBlockSamples, sample_), at);
    });
    return {};
  }
  void stop() override { metronome_.stop(); }

 private:
  const SampleSourceInfo info_;
  const std::function<float(std::int64_t)> sample_;
  Metronome metronome_;
};

Result<std::unique_ptr<FrameSource>> no_frames(const std::string&, int, const Clock&) {
  return fail(ErrorCode::NotFound, "there is none");
}

Result<std::unique_ptr<SampleSource>> no_samples(const std::string&, const Clock&) {
  return fail(ErrorCode::NotFound, "there is none");
}

}  // namespace

FramePtr grey_frame(int width, int height, int luma, int step) {
  FramePtr frame = make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = AV_PIX_FMT_YUV420P;
  frame->color_range = AVCOL_RANGE_MPEG;
  frame->colorspace = AVCOL_SPC_BT709;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  for (int y = 0; y < height; ++y) {
    std::uint8_t* row = frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0];
    std::memset(row, luma, static_cast<std::size_t>(width));
    const int bar = std::clamp(luma + (luma < 128 ? 60 : -60), 16, 235);
    const int x = (step * 5 + y / 4) % std::max(1, width - 16);
    if (step > 0) std::memset(row + x, bar, 16);
  }
  for (int plane = 1; plane <= 2; ++plane) {
    std::memset(frame->data[plane], 128,
                static_cast<std::size_t>(frame->linesize[plane] * ((height + 1) / 2)));
  }
  return frame;
}

FramePtr sound_block(int channels, int samples, std::int64_t first,
                     const std::function<float(std::int64_t)>& sample) {
  FramePtr frame = make_frame();
  frame->format = AV_SAMPLE_FMT_FLTP;
  frame->sample_rate = 48'000;
  frame->nb_samples = samples;
  av_channel_layout_default(&frame->ch_layout, channels);
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  for (int channel = 0; channel < channels; ++channel) {
    auto* plane = reinterpret_cast<float*>(frame->extended_data[channel]);
    for (int i = 0; i < samples; ++i) plane[i] = sample(first + i);
  }
  return frame;
}

std::unique_ptr<FrameSource> ScriptedFrames::source() {
  return std::make_unique<LinkedFrameSource>(link_, info_);
}

void ScriptedFrames::frame(FramePtr frame, MonotonicTime at) {
  const std::lock_guard lock(link_->mutex);
  if (link_->frames) link_->frames->on_frame(std::move(frame), at);
}

void ScriptedFrames::unchanged(MonotonicTime at) {
  const std::lock_guard lock(link_->mutex);
  if (link_->frames) link_->frames->on_unchanged(at);
}

void ScriptedFrames::shape(PointerShape shape) {
  const std::lock_guard lock(link_->mutex);
  if (link_->pointer) link_->pointer->on_shape(std::move(shape));
}

void ScriptedFrames::pointer(PointerSample sample) {
  const std::lock_guard lock(link_->mutex);
  if (link_->pointer) link_->pointer->on_pointer(sample);
}

void ScriptedFrames::state(SourceState state) {
  const std::lock_guard lock(link_->mutex);
  if (link_->frames) link_->frames->on_state(state);
}

void ScriptedFrames::end(Error why) {
  const std::lock_guard lock(link_->mutex);
  if (FrameSink* frames = std::exchange(link_->frames, nullptr)) frames->on_ended(std::move(why));
}

bool ScriptedFrames::is_started() const {
  const std::lock_guard lock(link_->mutex);
  return link_->frames != nullptr;
}

std::unique_ptr<SampleSource> ScriptedSamples::source() {
  return std::make_unique<LinkedSampleSource>(link_, info_);
}

void ScriptedSamples::samples(FramePtr samples, MonotonicTime at) {
  const std::lock_guard lock(link_->mutex);
  if (link_->samples) link_->samples->on_samples(std::move(samples), at);
}

void ScriptedSamples::state(SourceState state) {
  const std::lock_guard lock(link_->mutex);
  if (link_->samples) link_->samples->on_state(state);
}

bool ScriptedSamples::is_started() const {
  const std::lock_guard lock(link_->mutex);
  return link_->samples != nullptr;
}

void ScriptedSamples::end(Error why) {
  const std::lock_guard lock(link_->mutex);
  if (SampleSink* samples = std::exchange(link_->samples, nullptr)) samples->on_ended(std::move(why));
}

std::unique_ptr<FrameSource> paced_frames(FrameSourceInfo info, const Clock& clock,
                                          std::function<FramePtr(std::int64_t)> draw) {
  return std::make_unique<PacedFrameSource>(std::move(info), clock, std::move(draw));
}

std::unique_ptr<SampleSource> paced_samples(SampleSourceInfo info, const Clock& clock,
                                            std::function<float(std::int64_t)> sample) {
  return std::make_unique<PacedSampleSource>(std::move(info), clock, std::move(sample));
}

RecorderParts parts_without_devices() {
  RecorderParts parts = machine_parts();
  parts.open_screen = no_frames;
  parts.open_camera = no_frames;
  parts.open_microphone = no_samples;
  parts.open_system_audio = no_samples;
  return parts;
}

OpenFrames always(ScriptedFrames& frames) {
  return [&frames](const std::string&, int, const Clock&) -> Result<std::unique_ptr<FrameSource>> {
    return frames.source();
  };
}

OpenSamples always(ScriptedSamples& samples) {
  return [&samples](const std::string&, const Clock&) -> Result<std::unique_ptr<SampleSource>> {
    return samples.source();
  };
}

}  // namespace meanwhile
