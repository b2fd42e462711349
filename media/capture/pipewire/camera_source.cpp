#include "media/capture/pipewire/camera_source.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>

#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/picture_converter.h"
#include "media/capture/pipewire/formats.h"
#include "media/capture/pipewire/jpeg_decoder.h"
#include "media/capture/pipewire/stream.h"
#include "media/capture/pipewire/stream_buffer.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

constexpr auto kFormatTimeout = 10s;
// So long a camera may be silent.
constexpr auto kCameraPatience = 3s;
constexpr double kUnknownCameraRate = 30;

class CameraStreamSource final : public FrameSource {
 public:
  CameraStreamSource(std::string name, std::unique_ptr<PipeWireStream> stream, const Clock& clock)
      : name_(std::move(name)), clock_(clock), stream_(std::move(stream)) {}
  ~CameraStreamSource() override { stop(); }

  Result<void> prepare();
  FrameSourceInfo info() const override { return info_; }
  Result<void> start(FrameSink& frames, PointerSink* pointer) override;
  void stop() override;

 private:
  void run(const std::stop_token& stop);
  std::optional<Error> trouble();
  void give_all();
  // A picture that is damaged is left out.
  FramePtr picture_of(const spa_buffer& buffer);

  // Constant after prepare().
  const std::string name_;
  const Clock& clock_;
  FrameSourceInfo info_;
  FrameSink* sink_ = nullptr;
  MonotonicTime started_{};
  // Only the thread, once it runs.
  const std::unique_ptr<PipeWireStream> stream_;
  std::optional<PictureConverter> converter_;
  JpegDecoder decoder_;
  MonotonicTime last_{};
  MonotonicTime heard_{};

  NamedThread thread_;  // last: joined before anything above goes
};

Result<void> CameraStreamSource::prepare() {
  const auto deadline = std::chrono::steady_clock::now() + kFormatTimeout;
  while (!stream_->format()) {
    if (auto why = trouble()) return std::unexpected(std::move(*why));
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= 0ms) {
      return fail(ErrorCode::Unavailable,
                  tr_format("opening {}: PipeWire found no format of pictures that we read within {} s",
                            name_, kFormatTimeout.count()));
    }
    stream_->connection().wait(left);
  }
  const StreamFormat& format = *stream_->format();
  if (format.size.width < 2 || format.size.height < 2)
    return fail(ErrorCode::Unsupported, tr_format("opening {}: its pictures have no size", name_));
  const Size size = converted_size(format.size);
  converter_.emplace(size);
  const double rate = format.frames_per_second;
  info_ = {name_, size.width, size.height, rate >= 1 && rate <= 240 ? rate : kUnknownCameraRate};
  return {};
}

Result<void> CameraStreamSource::start(FrameSink& frames, PointerSink* /*pointer*/) {
  if (thread_.joinable())
    return fail(ErrorCode::InvalidArgument, "starting a camera that was started before");
  sink_ = &frames;
  started_ = heard_ = clock_.now();
  thread_ = NamedThread("pictures", [this](const std::stop_token& stop) { run(stop); });
  return {};
}

void CameraStreamSource::stop() {
  thread_.request_stop();
  stream_->connection().wake();
  if (thread_.joinable()) thread_.join();
}

void CameraStreamSource::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    give_all();
    if (auto why = trouble()) return sink_->on_ended(std::move(*why));
    if (clock_.now() - heard_ > kCameraPatience) {
      return sink_->on_ended(
          {ErrorCode::Unavailable, tr_format("{}: it has sent no picture for {} s; check its cable", name_,
                                             kCameraPatience.count())});
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(heard_ + kCameraPatience - clock_.now());
    if (!stop.stop_requested()) stream_->connection().wait(left + 1ms);
  }
}

std::optional<Error> CameraStreamSource::trouble() {
  auto why = stream_->trouble(clock_.now(), kCameraPatience);
  if (why) why->message = fmt::format("{}: {}", name_, why->message);
  return why;
}

void CameraStreamSource::give_all() {
  while (const auto buffer = stream_->take()) {
    const MonotonicTime at = instant_of(read_metadata(*buffer->buffer).pts_ns, clock_.now());
    if (at < started_ || at <= last_) continue;
    FramePtr picture = picture_of(*buffer->buffer);
    if (!picture) continue;
    last_ = at;
    heard_ = clock_.now();
    sink_->on_frame(std::move(picture), at);
  }
}

FramePtr CameraStreamSource::picture_of(const spa_buffer& buffer) {
  if (!stream_->format()) return nullptr;
  const bool is_jpeg = stream_->format()->pixels == AV_PIX_FMT_NONE;
  const auto coded = is_jpeg ? view_coded(buffer) : std::span<const std::uint8_t>{};
  if (is_jpeg && coded.empty()) return nullptr;
  auto decoded = is_jpeg ? decoder_.decode(coded) : Result<FramePtr>(view_pixels(buffer, *stream_->format()));
  if (!decoded || !*decoded) return nullptr;
  constexpr bool kBelongsToDevice = true;
  auto picture = converter_->convert(**decoded, !is_jpeg && kBelongsToDevice);
  return picture ? std::move(*picture) : nullptr;
}

}  // namespace

Result<std::unique_ptr<FrameSource>> open_camera_stream(std::string name,
                                                        std::unique_ptr<PipeWireStream> stream,
                                                        const Clock& clock) {
  auto source = std::make_unique<CameraStreamSource>(std::move(name), std::move(stream), clock);
  MEANWHILE_TRY(source->prepare());
  return source;
}

}  // namespace meanwhile
