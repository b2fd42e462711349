#include "media/capture/x11/screen_source.h"

#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
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
#include "media/capture/rectangles.h"
#include "media/capture/screen_info.h"
#include "media/capture/screen_picture.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/capture/waiting.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/image_fetcher.h"
#include "media/capture/x11/pointer_watch.h"
#include "media/capture/x11/screen_spec.h"
#include "media/capture/x11/screen_watch.h"
#include "media/capture/x11/subject.h"
#include "media/ffmpeg/owners.h"

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

// So long the server may refuse to show what it says is there.
constexpr auto kPatience = std::chrono::seconds(3);

// A layout that changes has moments in which nothing is where it was.
constexpr auto kNoFlicker = std::chrono::seconds(1);

class X11ScreenSource final : public FrameSource {
 public:
  X11ScreenSource(XScreen x, int frames_per_second, const Clock& clock)
      : frames_per_second_(frames_per_second), clock_(clock), x_(std::move(x)), pointer_watch_(x_) {}
  ~X11ScreenSource() override { stop(); }

  Result<void> prepare(const ScreenSpec& spec, int most_width);
  FrameSourceInfo info() const override { return info_; }
  Result<void> start(FrameSink& frames, PointerSink* pointer) override;
  void stop() override;

 private:
  void run(const std::stop_token& stop);
  // nullopt: go on.
  std::optional<Error> tick();
  void note_news(const ScreenWatch::Changes& changes);
  std::optional<Error> look_at_layout();
  void tell(SourceState state);
  void show(const View& view);
  std::optional<Error> look_at_pixels();
  MonotonicTime next_stamp();
  void note_damage();
  std::optional<Error> give_picture(const std::vector<Rect>& areas, MonotonicTime at);
  std::optional<Error> refused(Error error, MonotonicTime at);

  // Constant after prepare().
  const int frames_per_second_;
  const Clock& clock_;
  FrameSourceInfo info_;
  FrameSink* frames_ = nullptr;
  PointerSink* pointer_ = nullptr;
  // Only the thread, once it runs.
  const XScreen x_;
  std::unique_ptr<Subject> subject_;
  std::unique_ptr<ScreenWatch> watch_;
  std::unique_ptr<ImageFetcher> fetcher_;
  std::optional<View> view_;  // nullopt: there is nothing to be seen for now, and the last picture holds
  std::unique_ptr<ScreenPicture> picture_;
  PointerWatch pointer_watch_;
  std::vector<Rect> changed_;  // in the view's coordinates, not fetched yet
  bool is_all_changed_ = true;
  std::optional<MonotonicTime> changed_at_;  // of what was heard of in this tick
  MonotonicTime last_at_{};
  std::optional<MonotonicTime> layout_settles_;
  bool has_new_pixmap_ = false;
  std::optional<MonotonicTime> unseen_since_;
  std::optional<MonotonicTime> refused_since_;
  SourceState state_ = SourceState::Delivering;  // as told

  NamedThread thread_;  // last: joined before anything above goes
};

Result<void> X11ScreenSource::prepare(const ScreenSpec& spec, int most_width) {
  auto fetcher = ImageFetcher::create(x_);
  if (!fetcher) return std::unexpected(fetcher.error());
  fetcher_ = std::move(*fetcher);
  auto subject = spec.window ? make_window_subject(x_, *spec.window) : make_screen_subject(x_, spec);
  if (!subject) return std::unexpected(subject.error());
  subject_ = std::move(*subject);
  auto watch = ScreenWatch::create(x_, subject_->window());
  if (!watch) return std::unexpected(watch.error());
  watch_ = std::move(*watch);
  const auto view = subject_->look(false);
  if (!view) return std::unexpected(view.error());
  if (!*view) {
    return fail(ErrorCode::Unavailable,
                tr_format("recording {}: there is nothing to be seen of it now", subject_->name()));
  }
  const Size source{(*view)->area.width, (*view)->area.height};
  picture_ = std::make_unique<ScreenPicture>(recorded_size(source, most_width));
  show(**view);
  info_ = screen_info(subject_->name(), source, picture_->size(), frames_per_second_);
  return {};
}

Result<void> X11ScreenSource::start(FrameSink& frames, PointerSink* pointer) {
  if (thread_.joinable())
    return fail(ErrorCode::InvalidArgument, "starting a screen that was started before");
  frames_ = &frames;
  pointer_ = pointer;
  picture_->hand_over();
  thread_ = NamedThread("screen", [this](const std::stop_token& stop) { run(stop); });
  return {};
}

// Closing the socket wakes the thread also from waiting for a server that hangs.
void X11ScreenSource::stop() {
  thread_.request_stop();
  ::shutdown(xcb_get_file_descriptor(x_.connection.get()), SHUT_RDWR);
  if (thread_.joinable()) thread_.join();
}

void X11ScreenSource::run(const std::stop_token& stop) {
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
                 tr_format("recording the X display {}: the X server went away", x_.display)};
  }
  note_news(changes);
  const bool is_settled = layout_settles_ && clock_.now() >= *layout_settles_;
  if (is_settled || unseen_since_) {
    if (auto end = look_at_layout()) return end;
  }
  auto end = look_at_pixels();
  if (pointer_) {
    pointer_watch_.tick(changes.has_new_shape, clock_.now(), subject_->pointer_ground(), *picture_,
                        *pointer_);
  }
  return end;
}

void X11ScreenSource::note_news(const ScreenWatch::Changes& changes) {
  if (changes.has_new_layout) layout_settles_ = clock_.now() + subject_->settling();
  if (changes.has_new_pixmap) has_new_pixmap_ = true;
  if (!changes.is_damaged) return;
  note_damage();
  // The first picture is of now: what changed before anybody looked is no news.
  if (!is_all_changed_) changed_at_ = time_of_change(changes.damaged_at_ms, clock_.now());
}

std::optional<Error> X11ScreenSource::look_at_layout() {
  layout_settles_.reset();
  const auto view = subject_->look(std::exchange(has_new_pixmap_, false));
  if (!view) return view.error();
  if (*view) {
    unseen_since_.reset();
    tell(SourceState::Delivering);
    show(**view);
    return std::nullopt;
  }
  view_.reset();
  const auto patience = subject_->patience();
  const MonotonicTime now = clock_.now();
  if (!unseen_since_) unseen_since_ = now;
  if (now - *unseen_since_ >= kNoFlicker) tell(SourceState::Unseen);
  if (!patience) return std::nullopt;
  if (now - *unseen_since_ <= *patience) return std::nullopt;
  return Error{ErrorCode::Unavailable,
               tr_format("recording {}: it was unplugged or switched off", subject_->name())};
}

void X11ScreenSource::tell(SourceState state) {
  if (state != std::exchange(state_, state)) frames_->on_state(state);
}

void X11ScreenSource::show(const View& view) {
  if (view_ == view) return;
  view_ = view;
  picture_->set_source({view.area.width, view.area.height});
  is_all_changed_ = true;
}

void X11ScreenSource::note_damage() {
  const auto damages = watch_->take_damage();
  if (!view_) return;
  for (const Rect& damage : damages) {
    if (const auto inside = clip_to_even(damage, view_->area)) changed_.push_back(*inside);
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
  if (view_) {
    const Rect whole{0, 0, view_->area.width, view_->area.height};
    if (is_all_changed_ || total_area(changed_) > total_area({whole})) changed_ = {whole};
    if (!changed_.empty()) return give_picture(changed_, at);
  }
  frames_->on_unchanged(at);
  return std::nullopt;
}

std::optional<Error> X11ScreenSource::give_picture(const std::vector<Rect>& areas, MonotonicTime at) {
  std::vector<Rect> of_drawable = areas;
  for (Rect& area : of_drawable) {
    area.x += view_->area.x + view_->border;
    area.y += view_->area.y + view_->border;
  }
  const auto pixels = fetcher_->fetch(view_->drawable, of_drawable);
  if (!pixels) return refused(pixels.error(), at);
  FramePtr frame = picture_->update(areas, *pixels);
  changed_.clear();
  is_all_changed_ = false;
  refused_since_.reset();
  frames_->on_frame(std::move(frame), at);
  return std::nullopt;
}

// It was resized and we have not read that yet: the layout is looked at soon, and then all of the picture.
std::optional<Error> X11ScreenSource::refused(Error error, MonotonicTime at) {
  if (error.code != ErrorCode::TryAgain) return error;
  if (!refused_since_) refused_since_ = at;
  if (at - *refused_since_ > kPatience) {
    return Error{ErrorCode::Unavailable,
                 tr_format("recording {}: the X server doesn't show it any more", info_.name)};
  }
  is_all_changed_ = true;
  if (!layout_settles_) layout_settles_ = at + subject_->settling();
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<FrameSource>> open_x11_screen(const std::string& spec, int frames_per_second,
                                                     int most_width, const Clock& clock) {
  auto parsed = parse_screen_spec(spec == "default" ? "x11:" : spec);
  if (!parsed) return std::unexpected(parsed.error());
  auto x = connect_to_x(parsed->display);
  if (!x) return std::unexpected(x.error());
  auto source = std::make_unique<X11ScreenSource>(std::move(*x), frames_per_second, clock);
  MEANWHILE_TRY(source->prepare(*parsed, most_width));
  return source;
}

}  // namespace meanwhile
