#include "media/capture/pipewire/cast_source.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/pipewire/stream.h"
#include "media/capture/pipewire/stream_buffer.h"
#include "media/capture/pipewire/stream_pointer.h"
#include "media/capture/rectangles.h"
#include "media/capture/screen_info.h"
#include "media/capture/screen_picture.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

constexpr auto kCastFormatTimeout = 10s;
// A window's own size comes with its first picture; a screen that stands still may have none for us yet.
constexpr auto kFirstPictureTimeout = 500ms;
// A monitor that is switched off and on, or gets another size, pauses for a moment.
constexpr auto kPausePatience = 10s;
// So often a picture that stands still is said to do so.
constexpr auto kStillInterval = 250ms;
// So long a picture may be on its way to us: until then nobody can say that there was none.
constexpr auto kOnItsWay = 150ms;

Rect intersection(const Rect& a, const Rect& b) {
  const int left = std::max(a.x, b.x);
  const int top = std::max(a.y, b.y);
  return {left, top, std::min(a.x + a.width, b.x + b.width) - left,
          std::min(a.y + a.height, b.y + b.height) - top};
}

// What of a buffer is recorded: even, and what counts of it.
Rect recorded_part(Size size, const std::optional<Rect>& crop) {
  const Rect whole{0, 0, size.width & ~1, size.height & ~1};
  if (!crop) return whole;
  Rect part = intersection(*crop, whole);
  part.width &= ~1;
  part.height &= ~1;
  return part.width >= 2 && part.height >= 2 ? part : whole;
}

bool is_same(const Rect& a, const Rect& b) {
  return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

// Desktops that don't say what changed give a picture whenever the pointer moved: to compare costs a
// twentieth of what it costs to encode it once more. Both of one size.
bool is_same(const AVFrame& a, const AVFrame& b) {
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    const auto length = static_cast<std::size_t>(a.width >> shift);
    for (std::ptrdiff_t row = 0; row < a.height >> shift; ++row) {
      if (std::memcmp(a.data[plane] + row * a.linesize[plane], b.data[plane] + row * b.linesize[plane],
                      length) != 0) {
        return false;
      }
    }
  }
  return true;
}

class CastSource final : public FrameSource {
 public:
  CastSource(std::string name, std::unique_ptr<PipeWireStream> stream, std::unique_ptr<CastGuard> guard,
             int frames_per_second, int most_width, const Clock& clock)
      : name_(std::move(name)),
        frames_per_second_(frames_per_second),
        most_width_(most_width),
        clock_(clock),
        guard_(std::move(guard)),
        stream_(std::move(stream)) {}
  ~CastSource() override { stop(); }

  Result<void> prepare(const std::stop_token& stop);
  FrameSourceInfo info() const override { return info_; }
  Result<void> start(FrameSink& frames, PointerSink* pointer) override;
  void stop() override;

 private:
  void run(const std::stop_token& stop);
  // Until pictures can be taken, or the time is up.
  Result<void> wait_for_format(const std::stop_token& stop);
  void wait_for_first_picture(const std::stop_token& stop);
  std::optional<Error> trouble();
  // What has come, as one picture; nullptr: nothing new to see.
  FramePtr collect();
  void note_pointer(StreamPointer pointer, MonotonicTime at);
  void tell_pointer();
  void tell_state();
  void note_sequence(std::uint64_t sequence);
  void make_picture();
  void note_part(const Rect& part, const std::optional<std::vector<Rect>>& damage);
  FramePtr convert(const AVFrame& pixels);
  void give();
  void say_unchanged();
  std::chrono::milliseconds time_to_wait() const;
  std::chrono::microseconds interval() const {
    return std::chrono::microseconds(1'000'000 / frames_per_second_);
  }

  // Constant after prepare().
  const std::string name_;
  const int frames_per_second_;
  const int most_width_;
  const Clock& clock_;
  FrameSourceInfo info_;
  FrameSink* frames_ = nullptr;
  PointerSink* pointer_ = nullptr;
  // Only the thread, once it runs.
  const std::unique_ptr<CastGuard> guard_;
  const std::unique_ptr<PipeWireStream> stream_;
  std::unique_ptr<ScreenPicture> picture_;
  StreamPointerTeller pointer_teller_;
  std::optional<StreamPointer> pointer_news_;  // not told yet
  MonotonicTime pointer_at_{};
  FramePtr first_;             // of before start()
  Rect part_;                  // of the buffers, that is recorded
  FramePtr last_;              // that was converted
  std::vector<Rect> changed_;  // in part_'s coordinates, not converted yet
  bool is_all_changed_ = true;
  std::uint64_t sequence_ = 0;  // of the newest buffer
  MonotonicTime picture_at_{};  // of the newest buffer
  MonotonicTime due_{};         // of the next picture, at the earliest
  MonotonicTime last_at_{};
  MonotonicTime still_said_{};
  SourceState state_ = SourceState::Delivering;  // as told

  NamedThread thread_;  // last: joined before anything above goes
};

Result<void> CastSource::prepare(const std::stop_token& stop) {
  if (guard_) stream_->connection().also_wait_for(guard_->descriptor());
  const std::stop_callback wake(stop, [this] { stream_->connection().wake(); });
  MEANWHILE_TRY(wait_for_format(stop));
  wait_for_first_picture(stop);
  if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped before the recording began"));
  if (!picture_) {
    part_ = recorded_part(stream_->format()->size, {});
    make_picture();
  }
  info_ = screen_info(name_, {part_.width, part_.height}, picture_->size(), frames_per_second_);
  return {};
}

// The first picture decides on the size of all.
void CastSource::make_picture() {
  const Size source{part_.width, part_.height};
  picture_ = std::make_unique<ScreenPicture>(recorded_size(source, most_width_));
  picture_->set_source(source);
}

Result<void> CastSource::wait_for_format(const std::stop_token& stop) {
  const auto deadline = std::chrono::steady_clock::now() + kCastFormatTimeout;
  while (!stream_->format()) {
    if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped before the recording began"));
    if (auto why = trouble()) return std::unexpected(std::move(*why));
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= 0ms) {
      return fail(ErrorCode::Unavailable,
                  tr_format("{}: PipeWire and the desktop found no format of pictures in common within {} s; "
                            "check that the service wireplumber runs",
                            name_, kCastFormatTimeout.count()));
    }
    stream_->connection().wait(left);
  }
  const Size size = stream_->format()->size;
  if (size.width >= 2 && size.height >= 2) return {};
  return fail(ErrorCode::Unsupported, tr_format("{}: its pictures have no size", name_));
}

void CastSource::wait_for_first_picture(const std::stop_token& stop) {
  const auto deadline = std::chrono::steady_clock::now() + kFirstPictureTimeout;
  while (!stop.stop_requested() && !trouble() && stream_->format()) {
    first_ = collect();
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (first_ || left <= 0ms) return;
    stream_->connection().wait(left);
  }
}

Result<void> CastSource::start(FrameSink& frames, PointerSink* pointer) {
  if (thread_.joinable())
    return fail(ErrorCode::InvalidArgument, "starting a screen that was started before");
  frames_ = &frames;
  pointer_ = pointer;
  picture_->hand_over();
  thread_ = NamedThread("screen", [this](const std::stop_token& stop) { run(stop); });
  return {};
}

void CastSource::stop() {
  thread_.request_stop();
  stream_->connection().wake();
  if (thread_.joinable()) thread_.join();
}

void CastSource::run(const std::stop_token& stop) {
  if (first_) {
    last_at_ = clock_.now();
    frames_->on_frame(std::move(first_), last_at_);
  }
  while (!stop.stop_requested()) {
    if (auto why = trouble()) return frames_->on_ended(std::move(*why));
    if (clock_.now() >= due_) give();
    tell_pointer();
    tell_state();
    say_unchanged();
    if (!stop.stop_requested()) stream_->connection().wait(time_to_wait());
  }
}

std::optional<Error> CastSource::trouble() {
  if (guard_) {
    if (auto why = guard_->check()) return why;
  }
  auto why = stream_->trouble(clock_.now(), kPausePatience);
  if (why) why->message = tr_format("recording {}: {}", name_, why->message);
  return why;
}

void CastSource::give() {
  FramePtr frame = collect();
  if (!frame) return;
  // The schedule stays what it is while pictures come faster, and begins anew after a pause.
  const MonotonicTime now = clock_.now();
  due_ += interval();
  if (due_ <= now) due_ = now + interval();
  last_at_ = std::max(picture_at_, last_at_ + 1us);
  frames_->on_frame(std::move(frame), last_at_);
}

// Of the buffers that have come, the newest holds everything, and all of them tell what changed.
FramePtr CastSource::collect() {
  PipeWireStream::Buffer newest{nullptr, PipeWireStream::GiveBack{nullptr}};
  FramePtr pixels;
  while (auto buffer = stream_->take()) {
    if (!stream_->format() || stream_->format()->pixels == AV_PIX_FMT_NONE) continue;
    StreamMetadata metadata = read_metadata(*buffer->buffer);
    const MonotonicTime at = instant_of(metadata.pts_ns, clock_.now());
    if (metadata.pointer) note_pointer(std::move(*metadata.pointer), at);
    FramePtr view = view_pixels(*buffer->buffer, *stream_->format());
    if (!view) continue;  // it only told of the pointer
    note_sequence(metadata.sequence);
    note_part(recorded_part({view->width, view->height}, metadata.crop), metadata.damage);
    picture_at_ = at;
    pixels = std::move(view);
    newest = std::move(buffer);
  }
  return pixels ? convert(*pixels) : nullptr;
}

// A shape is told once: it must not be lost with the position that came along with it.
void CastSource::note_pointer(StreamPointer pointer, MonotonicTime at) {
  if (pointer_news_ && !pointer.shape) pointer.shape = std::move(pointer_news_->shape);
  pointer_news_ = std::move(pointer);
  pointer_at_ = at;
}

void CastSource::tell_pointer() {
  if (pointer_news_ && pointer_) {
    pointer_teller_.tell(std::move(*pointer_news_), pointer_at_, {part_, picture_->placement()}, *pointer_);
  }
  pointer_news_.reset();
}

// PipeWire drops a buffer that isn't fetched before the next one, and with it what it said had changed.
void CastSource::note_sequence(std::uint64_t sequence) {
  if (sequence != 0 && sequence != sequence_ + 1) is_all_changed_ = true;
  sequence_ = sequence;
}

void CastSource::note_part(const Rect& part, const std::optional<std::vector<Rect>>& damage) {
  const bool is_moved = !is_same(part, part_);
  part_ = part;
  if (!picture_) make_picture();
  picture_->set_source({part.width, part.height});
  if (is_moved || !damage) is_all_changed_ = true;
  if (is_all_changed_) return;
  for (const Rect& area : *damage) {
    if (const auto inside = clip_to_even(area, part_)) changed_.push_back(*inside);
  }
  changed_ = merge_rectangles(changed_);
}

FramePtr CastSource::convert(const AVFrame& pixels) {
  const auto everything = std::int64_t{part_.width} * part_.height;
  if (is_all_changed_ || total_area(changed_) > everything) changed_ = {{0, 0, part_.width, part_.height}};
  if (changed_.empty()) return nullptr;
  const bool is_blue_first = pixels.format == AV_PIX_FMT_BGR0 || pixels.format == AV_PIX_FMT_BGRA;
  std::vector<ScreenPixels> sources;
  for (const Rect& area : changed_) {
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(area.y + part_.y) * pixels.linesize[0];
    sources.push_back({pixels.data[0] + row + static_cast<std::ptrdiff_t>(area.x + part_.x) * 4,
                       pixels.linesize[0], is_blue_first ? PixelOrder::BlueFirst : PixelOrder::RedFirst});
  }
  FramePtr frame = picture_->update(changed_, sources);
  const bool may_be_as_before = is_all_changed_ && last_;
  changed_.clear();
  is_all_changed_ = false;
  if (may_be_as_before && is_same(*frame, *last_)) return nullptr;
  last_ = reference(*frame);
  return frame;
}

void CastSource::tell_state() {
  const SourceState state = stream_->is_streaming() ? SourceState::Delivering : SourceState::Paused;
  if (state != std::exchange(state_, state)) frames_->on_state(state);
}

// A stream that is paused isn't looked at: nothing is known of it.
void CastSource::say_unchanged() {
  const MonotonicTime looked_at = clock_.now() - kOnItsWay;
  if (!stream_->is_streaming() || looked_at <= last_at_ || looked_at - still_said_ < kStillInterval) return;
  still_said_ = looked_at;
  frames_->on_unchanged(looked_at);
}

std::chrono::milliseconds CastSource::time_to_wait() const {
  const MonotonicTime now = clock_.now();
  const auto wanted = due_ > now ? std::min<std::chrono::microseconds>(due_ - now, kStillInterval)
                                 : std::chrono::microseconds(kStillInterval);
  return std::chrono::ceil<std::chrono::milliseconds>(wanted);
}

}  // namespace

Result<std::unique_ptr<FrameSource>> open_cast(std::string name, std::unique_ptr<PipeWireStream> stream,
                                               std::unique_ptr<CastGuard> guard, int frames_per_second,
                                               int most_width, const Clock& clock,
                                               const std::stop_token& stop) {
  auto source = std::make_unique<CastSource>(std::move(name), std::move(stream), std::move(guard),
                                             frames_per_second, most_width, clock);
  MEANWHILE_TRY(source->prepare(stop));
  return source;
}

}  // namespace meanwhile
