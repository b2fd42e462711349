#include "media/capture/avdevice/input_frame_source.h"

#include "media/capture/sinks.h"

extern "C" {
#include <libavutil/rational.h>
}

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

#include "media/base/clock.h"
#include "media/base/identifier.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/avdevice/input_reader.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/avdevice/input_times.h"
#include "media/capture/avdevice/media_input.h"
#include "media/capture/picture_converter.h"
#include "media/capture/picture_turner.h"
#include "media/capture/source.h"
#include "media/capture/waiting.h"

namespace meanwhile {
namespace {

constexpr auto kInputPatience = std::chrono::seconds(3);
constexpr double kUnknownRate = 25;

double rate_of(const AVStream& stream) {
  const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
  const double frames = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : kUnknownRate;
  return frames >= 1 && frames <= 240 ? frames : kUnknownRate;
}

class InputFrameSource final : public FrameSource {
 public:
  InputFrameSource(InputSpec spec, std::unique_ptr<MediaInput> input, Size size, const Clock& clock)
      : turn_(input->turn()),
        info_{spec.name, turned_size(size, turn_).width, turned_size(size, turn_).height,
              rate_of(input->stream())},
        is_raw_device_(spec.is_device && input->decoder().codec_id == AV_CODEC_ID_RAWVIDEO),
        clock_(clock),
        reader_(std::move(spec), std::move(input), kInputPatience, clock),
        converter_(size) {}
  ~InputFrameSource() override { stop(); }

  FrameSourceInfo info() const override { return info_; }
  Result<void> start(FrameSink& frames, PointerSink* pointer) override;
  void stop() override;

 private:
  void run(const std::stop_token& stop);
  Result<void> give_next(const std::stop_token& stop);
  // nullopt: it is from before start(), or not newer than the last one.
  std::optional<MonotonicTime> instant_of(const AVFrame& frame);
  MediaTime duration() const { return from_seconds(1 / info_.frames_per_second); }

  // Constant.
  const Turn turn_;
  const FrameSourceInfo info_;
  const bool is_raw_device_;  // its frames lie in the driver's memory
  const Clock& clock_;
  FrameSink* sink_ = nullptr;
  MonotonicTime started_;
  // Only the thread, once it runs (but for abort()).
  InputReader reader_;
  PictureConverter converter_;
  LiveTimes live_times_;
  PacedTimes paced_times_;
  Alarm alarm_;
  std::optional<MonotonicTime> last_;

  NamedThread thread_;  // last: joined before anything above goes
};

Result<void> InputFrameSource::start(FrameSink& frames, PointerSink* /*pointer*/) {
  if (thread_.joinable())
    return fail(ErrorCode::InvalidArgument, "starting a camera that was started before");
  sink_ = &frames;
  started_ = clock_.now();
  thread_ = NamedThread("pictures", [this](const std::stop_token& stop) { run(stop); });
  return {};
}

void InputFrameSource::stop() {
  thread_.request_stop();
  reader_.abort();
  if (thread_.joinable()) thread_.join();
}

void InputFrameSource::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    auto given = give_next(stop);
    if (given || stop.stop_requested()) continue;
    return sink_->on_ended(std::move(given).error());
  }
}

Result<void> InputFrameSource::give_next(const std::stop_token& stop) {
  const auto decoded = reader_.next(stop);
  if (!decoded) return std::unexpected(decoded.error());
  const auto at = instant_of(**decoded);
  if (!at) return {};
  auto picture = converter_.convert(**decoded, is_raw_device_);
  if (!picture) return fail(info_.name, picture.error());
  if (!reader_.spec().is_live && !alarm_.wait_until(*at, clock_, stop)) return {};
  last_ = at;
  sink_->on_frame(turned(std::move(*picture), turn_), *at);
  return {};
}

// A camera runs from the moment it is opened: what it saw before start() is of no interest.
std::optional<MonotonicTime> InputFrameSource::instant_of(const AVFrame& frame) {
  const auto time = reader_.input().time_of(frame);
  const MonotonicTime now = clock_.now();
  if (!reader_.spec().is_live) return paced_times_.due(time, duration(), reader_.rounds(), now);
  const MonotonicTime at = live_times_.instant(time, now, wall_now().time_since_epoch());
  if (at < started_ || (last_ && at <= *last_)) return std::nullopt;
  return at;
}

}  // namespace

Result<std::unique_ptr<FrameSource>> open_input_pictures(InputSpec spec, const Clock& clock) {
  auto input = MediaInput::open(spec, AVMEDIA_TYPE_VIDEO);
  if (!input) return std::unexpected(input.error());
  const AVCodecParameters& picture = *(*input)->stream().codecpar;
  if (picture.width < 2 || picture.height < 2) {
    return fail(ErrorCode::Corrupt, tr_format("opening {}: its pictures have no size", spec.name));
  }
  if (const auto& wanted = spec.required_size;
      wanted && (picture.width != wanted->width || picture.height != wanted->height)) {
    return fail(ErrorCode::Unavailable,
                tr_format("opening {}: it gives {}x{} instead of {}x{}; choose another mode, or plug it in "
                          "where it has more of the bus to itself",
                          spec.name, picture.width, picture.height, wanted->width, wanted->height));
  }
  const Size size = converted_size({picture.width, picture.height});
  return std::make_unique<InputFrameSource>(std::move(spec), std::move(*input), size, clock);
}

}  // namespace meanwhile
