#include "media/capture/x11/screen_source.h"

#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "media/capture/rectangles.h"
#include "media/capture/screen_picture.h"
#include "media/capture/thread_name.h"
#include "media/capture/waiting.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/image_fetcher.h"
#include "media/capture/x11/monitors.h"
#include "media/capture/x11/pointer_watch.h"
#include "media/capture/x11/screen_watch.h"

namespace meanwhile {
namespace {

// When pixels changed: a tick later than that is late against the sound by up to a whole tick. A local X
// server counts milliseconds of CLOCK_MONOTONIC, as we do; one that counts otherwise shows by times that
// can't be, and the tick's own time is taken.
MonotonicTime time_of_change(std::uint32_t server_ms, MonotonicTime now) {
  constexpr std::uint32_t kLongestAgoMs = 500;
  const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::uint32_t ago_ms = static_cast<std::uint32_t>(now_ms) - server_ms;
  return ago_ms <= kLongestAgoMs ? now - std::chrono::milliseconds(ago_ms) : now;
}

// A change of monitors comes as a burst of events, some before the new layout can be read.
constexpr auto kSettling = std::chrono::milliseconds(100);
// So long the server may refuse to show a screen that it says is large enough.
constexpr auto kPatience = std::chrono::seconds(3);

class X11ScreenSource final : public FrameSource {
 public:
  X11ScreenSource(XScreen x, ScreenSpec spec, Monitor monitor, int frames_per_second, const Clock& clock)
      : spec_(std::move(spec)),
        frames_per_second_(frames_per_second),
        clock_(clock),
        x_(std::move(x)),
        monitor_(std::move(monitor)),
        picture_({monitor_.area.width, monitor_.area.height}),
        pointer_watch_(x_) {}
  ~X11ScreenSource() override { stop(); }

  Result<void> prepare();
  FrameSourceInfo info() const override { return info_; }
  Result<void> start(FrameSink& frames, PointerSink* pointer) override;
  void stop() override;

 private:
  void run(const std::stop_token& stop);
  // nullopt: go on.
  std::optional<Error> tick();
  std::optional<Error> look_at_layout();
  std::optional<Error> look_at_pixels();
  MonotonicTime next_stamp();
  void note_damage();
  std::optional<Error> give_picture(const std::vector<Rect>& areas, MonotonicTime at);
  std::optional<Error> refused(Error error, MonotonicTime at);
  Rect whole() const { return {0, 0, monitor_.area.width, monitor_.area.height}; }

  // Constant after prepare().
  const ScreenSpec spec_;
  const int frames_per_second_;
  const Clock& clock_;
  FrameSourceInfo info_;
  FrameSink* frames_ = nullptr;
  PointerSink* pointer_ = nullptr;
  // Only the thread, once it runs.
  const XScreen x_;
  Monitor monitor_;
  std::unique_ptr<ScreenWatch> watch_;
  std::unique_ptr<ImageFetcher> fetcher_;
  ScreenPicture picture_;
  PointerWatch pointer_watch_;
  std::vector<Rect> changed_;  // in the picture's coordinates, not fetched yet
  bool is_all_changed_ = true;
  std::optional<MonotonicTime> changed_at_;  // of what was heard of in this tick
  MonotonicTime last_at_{};
  std::optional<MonotonicTime> layout_settles_;
  std::optional<MonotonicTime> refused_since_;

  std::jthread thread_;  // last: joined before anything above goes
};

Result<void> X11ScreenSource::prepare() {
  if (monitor_.area.width < 2 || monitor_.area.height < 2) {
    return fail(ErrorCode::Unsupported, fmt::format("recording {}: it has no size", monitor_.name));
  }
  auto watch = ScreenWatch::create(x_);
  if (!watch) return std::unexpected(watch.error());
  watch_ = std::move(*watch);
  auto fetcher = ImageFetcher::create(x_, std::int64_t{monitor_.area.width} * monitor_.area.height);
  if (!fetcher) return std::unexpected(fetcher.error());
  fetcher_ = std::move(*fetcher);
  info_ = {fmt::format("{}, {} x {}", monitor_.name, monitor_.area.width, monitor_.area.height),
           monitor_.area.width, monitor_.area.height, static_cast<double>(frames_per_second_)};
  return {};
}

Result<void> X11ScreenSource::start(FrameSink& frames, PointerSink* pointer) {
  if (thread_.joinable())
    return fail(ErrorCode::InvalidArgument, "starting a screen that was started before");
  frames_ = &frames;
  pointer_ = pointer;
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  return {};
}

// Closing the socket wakes the thread also from waiting for a server that hangs.
void X11ScreenSource::stop() {
  thread_.request_stop();
  ::shutdown(xcb_get_file_descriptor(x_.connection.get()), SHUT_RDWR);
  if (thread_.joinable()) thread_.join();
}

void X11ScreenSource::run(const std::stop_token& stop) {
  name_this_thread("screen");
  block_broken_pipe_signal();
  Ticker ticker(clock_, std::chrono::microseconds(1'000'000 / frames_per_second_));
  while (ticker.wait(stop)) {
    std::optional<Error> end = tick();
    if (stop.stop_requested()) return;
    if (end) return frames_->on_ended(std::move(*end));
  }
}

std::optional<Error> X11ScreenSource::tick() {
  const ScreenWatch::Changes changes = watch_->poll();
  if (!changes.is_connected) {
    return Error{ErrorCode::Unavailable,
                 fmt::format("recording the X display {}: the X server went away", x_.display)};
  }
  if (changes.has_new_layout) layout_settles_ = clock_.now() + kSettling;
  if (layout_settles_ && clock_.now() >= *layout_settles_) {
    if (auto end = look_at_layout()) return end;
  }
  if (changes.is_damaged) {
    note_damage();
    // The first picture is of now: what changed before anybody looked is no news.
    if (!is_all_changed_) changed_at_ = time_of_change(changes.damaged_at_ms, clock_.now());
  }
  auto end = look_at_pixels();
  if (pointer_) {
    pointer_watch_.tick(changes.has_new_shape, clock_.now(), monitor_.area.x, monitor_.area.y, *pointer_);
  }
  return end;
}

// A named monitor that only moved is followed; else the same area goes on being recorded, as long as there is
// one.
std::optional<Error> X11ScreenSource::look_at_layout() {
  layout_settles_.reset();
  const auto size = screen_size(x_);
  if (!size) return std::nullopt;  // the connection broke: the next tick says so
  const auto same =
      spec_.area ? Result<Monitor>(monitor_) : resolve_screen(x_, {x_.display, monitor_.name, {}});
  Rect& area = monitor_.area;
  const bool has_moved = same && same->area.width == area.width && same->area.height == area.height;
  if (has_moved) area = same->area;
  is_all_changed_ = true;
  if (area.x + area.width <= size->width && area.y + area.height <= size->height) return std::nullopt;
  return Error{ErrorCode::Unavailable,
               fmt::format("recording {}: the screen was made smaller ({} x {}) and no longer holds it",
                           info_.name, size->width, size->height)};
}

void X11ScreenSource::note_damage() {
  for (const Rect& damage : watch_->take_damage()) {
    if (const auto inside = clip_to_even(damage, monitor_.area)) changed_.push_back(*inside);
  }
  changed_ = merge_rectangles(changed_);
}

// Strictly rising, whatever the two clocks' roundings.
MonotonicTime X11ScreenSource::next_stamp() {
  const MonotonicTime wanted = changed_at_.value_or(clock_.now());
  changed_at_.reset();
  last_at_ = std::max(wanted, last_at_ + std::chrono::microseconds(1));
  return last_at_;
}

std::optional<Error> X11ScreenSource::look_at_pixels() {
  const MonotonicTime at = next_stamp();
  const auto everything = std::int64_t{monitor_.area.width} * monitor_.area.height;
  if (is_all_changed_ || total_area(changed_) > everything) changed_ = {whole()};
  if (changed_.empty()) {
    frames_->on_unchanged(at);
    return std::nullopt;
  }
  return give_picture(changed_, at);
}

std::optional<Error> X11ScreenSource::give_picture(const std::vector<Rect>& areas, MonotonicTime at) {
  std::vector<Rect> on_screen = areas;
  for (Rect& area : on_screen) {
    area.x += monitor_.area.x;
    area.y += monitor_.area.y;
  }
  const auto pixels = fetcher_->fetch(on_screen);
  if (!pixels) return refused(pixels.error(), at);
  FramePtr frame = picture_.update(areas, *pixels);
  changed_.clear();
  is_all_changed_ = false;
  refused_since_.reset();
  frames_->on_frame(std::move(frame), at);
  return std::nullopt;
}

// The screen was resized and we have not read it yet: the layout is looked at soon, and then all of the
// picture.
std::optional<Error> X11ScreenSource::refused(Error error, MonotonicTime at) {
  if (error.code != ErrorCode::TryAgain) return error;
  if (!refused_since_) refused_since_ = at;
  if (at - *refused_since_ > kPatience) {
    return Error{ErrorCode::Unavailable,
                 fmt::format("recording {}: the X server doesn't show it any more", info_.name)};
  }
  is_all_changed_ = true;
  if (!layout_settles_) layout_settles_ = at + kSettling;
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<FrameSource>> open_x11_screen(const std::string& spec, int frames_per_second,
                                                     const Clock& clock) {
  auto parsed = parse_screen_spec(spec == "default" ? "x11:" : spec);
  if (!parsed) return std::unexpected(parsed.error());
  auto x = connect_to_x(parsed->display);
  if (!x) return std::unexpected(x.error());
  auto monitor = resolve_screen(*x, *parsed);
  if (!monitor) return std::unexpected(monitor.error());
  auto source = std::make_unique<X11ScreenSource>(std::move(*x), std::move(*parsed), std::move(*monitor),
                                                  frames_per_second, clock);
  MEANWHILE_TRY(source->prepare());
  return source;
}

}  // namespace meanwhile
