#include "app/platform/window.h"

#include <SDL.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/canvas.h"
#include "app/platform/desktop_scale.h"
#include "app/platform/icon.h"
#include "app/platform/imgui_versions.h"
#include "app/platform/keys.h"
#include "app/platform/png.h"
#include "app/platform/reader_line.h"
#include "app/platform/renderer.h"
#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr int kSmallestWidth = 900;
constexpr int kSmallestHeight = 600;
// ImGui needs a frame to lay out what an event changed, and one more to place what depends on that.
constexpr int kFramesToSettle = 3;
// So long a desktop may take to put its frame around a window that is new, or has one again.
constexpr std::chrono::seconds kFramingTime{2};

class VideoSubsystem {
 public:
  static Result<std::unique_ptr<VideoSubsystem>> create() {
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_APP_NAME, "Meanwhile");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    // Leaving full screen or the focus must not minimise a window that someone records or watches.
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    // Ctrl-C is the program's to handle.
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
      return fail(
          ErrorCode::Unavailable,
          tr_format("Opening a window: {}; is there a display (DISPLAY, WAYLAND_DISPLAY)?", SDL_GetError()));
    return std::make_unique<VideoSubsystem>();
  }
  ~VideoSubsystem() { SDL_QuitSubSystem(SDL_INIT_VIDEO); }
};

// An event that ImGui must see in a frame of its own: before 1.87 it only sees how keys and buttons stand at
// a frame, so that a press and its release in one frame are none.
bool needs_own_frame(const SDL_Event& event) {
  switch (event.type) {
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_KEYDOWN:
    case SDL_KEYUP:
    case SDL_TEXTINPUT:
      return true;
    default:
      return false;
  }
}

// Once SDL's video is there.
double real_scale(double wanted) {
  if (wanted > 0) return std::clamp(wanted, 1.0, 2.0);
  const char* driver = SDL_GetCurrentVideoDriver();
  return desktop_scale(driver != nullptr ? driver : "");
}

class SdlWindow final : public Window {
 public:
  SdlWindow(std::unique_ptr<VideoSubsystem> video, WindowAndRenderer made, double scale)
      : video_(std::move(video)),
        window_(std::move(made.window)),
        renderer_(std::move(made.renderer)),
        canvas_(renderer_.get(), float(scale)),
        scale_(scale),
        wake_event_(SDL_RegisterEvents(1)),
        reader_([this] { wake(); }) {
    start_platform_back_end(window_.get(), renderer_.get());
    set_smallest_size();
    set_window_icon(window_.get(), WindowBadge::None);
    keep_at_first_place();
  }

  ~SdlWindow() override { ImGui_ImplSDL2_Shutdown(); }

  void run(WindowClient& client) override {
    frames_to_draw_ = kFramesToSettle;
    while (!closing_.load()) {
      wait_and_handle(client);
      if (!closing_.load() && is_due(client)) draw_frame(client);
    }
  }

  void wake() override {
    wants_frame_.store(true);
    knock();
  }

  void knock() override {
    if (wake_is_queued_.exchange(true)) return;
    SDL_Event event{};
    event.type = wake_event_;
    if (SDL_PushEvent(&event) < 0) wake_is_queued_.store(false);
  }

  void close() override {
    closing_.store(true);
    wake();
  }

  void capture(const std::filesystem::path& png, std::function<void(Result<void>)> done) override {
    captures_.emplace_back(png, std::move(done));
    // What was asked for in this frame settles first.
    frames_to_draw_ = std::max(frames_to_draw_, kFramesToSettle);
  }

  void set_badge(WindowBadge badge) override { set_window_icon(window_.get(), badge); }
  void set_title(const std::string& title) override { SDL_SetWindowTitle(window_.get(), title.c_str()); }
  void raise() override {
    SDL_RestoreWindow(window_.get());
    SDL_RaiseWindow(window_.get());
    frames_to_draw_ = kFramesToSettle;
  }
  bool is_minimised() const override {
    return (SDL_GetWindowFlags(window_.get()) & SDL_WINDOW_MINIMIZED) != 0;
  }
  std::optional<Rect> place() const override {
    if (whole_) return whole_;
    constexpr Uint32 kNoPlace = SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_MAXIMIZED | SDL_WINDOW_MINIMIZED;
    if ((SDL_GetWindowFlags(window_.get()) & kNoPlace) != 0) return std::nullopt;
    Rect now;
    SDL_GetWindowPosition(window_.get(), &now.x, &now.y);
    SDL_GetWindowSize(window_.get(), &now.width, &now.height);
    return now;
  }
  void set_full_screen(bool on) override {
    SDL_SetWindowFullscreen(window_.get(), on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    frames_to_draw_ = kFramesToSettle;
  }
  bool is_full_screen() const override {
    return (SDL_GetWindowFlags(window_.get()) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
  }
  std::vector<Rect> displays() const override {
    std::vector<Rect> all;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); ++i) {
      SDL_Rect area{};
      if (SDL_GetDisplayBounds(i, &area) == 0) all.push_back({area.x, area.y, area.w, area.h});
    }
    return all;
  }
  void stand_aside(const std::optional<Rect>& place) override {
    if (whole_) return;
    Rect& whole = whole_.emplace();
    SDL_GetWindowPosition(window_.get(), &whole.x, &whole.y);
    SDL_GetWindowSize(window_.get(), &whole.width, &whole.height);
    is_small_ = place.has_value();
    if (!place) return SDL_MinimizeWindow(window_.get());
    SDL_SetWindowMinimumSize(window_.get(), 1, 1);
    SDL_SetWindowBordered(window_.get(), SDL_FALSE);
    SDL_SetWindowAlwaysOnTop(window_.get(), SDL_TRUE);
    move_to(*place);
  }
  void come_back() override {
    if (!whole_) return;
    const Rect whole = *std::exchange(whole_, std::nullopt);
    if (std::exchange(is_small_, false)) {
      SDL_SetWindowAlwaysOnTop(window_.get(), SDL_FALSE);
      SDL_SetWindowBordered(window_.get(), SDL_TRUE);
      move_to(whole);
      keep_at(whole);
      set_smallest_size();
    } else {
      SDL_RestoreWindow(window_.get());
    }
    SDL_RaiseWindow(window_.get());
    frames_to_draw_ = kFramesToSettle;
  }
  void set_scale(double scale) override {
    scale_ = real_scale(scale);
    frames_to_draw_ = kFramesToSettle;
  }
  void set_clipboard(const std::string& text) override { SDL_SetClipboardText(text.c_str()); }

 private:
  // A small screen may have less room.
  void set_smallest_size() {
    int width = 0;
    int height = 0;
    SDL_GetWindowSize(window_.get(), &width, &height);
    SDL_SetWindowMinimumSize(window_.get(), std::min(kSmallestWidth, width),
                             std::min(kSmallestHeight, height));
  }

  std::optional<MonotonicTime> next_redraw(WindowClient& client) const {
    std::optional<MonotonicTime> next = client.next_duty();
    if (!is_visible_) return next;
    for (const auto& other : {client.next_change(), canvas_.wanted_redraw()})
      if (other && (!next || *other < *next)) next = other;
    return next;
  }

  // What was said after the last frame holds: "in 100 ms", asked again and again, would never come.
  std::optional<MonotonicTime> next_frame(WindowClient& client) const {
    const std::optional<MonotonicTime> asked = next_redraw(client);
    return asked && due_ ? std::min(*asked, *due_) : asked ? asked : due_;
  }

  void move_to(const Rect& place) {
    SDL_SetWindowSize(window_.get(), place.width, place.height);
    SDL_SetWindowPosition(window_.get(), place.x, place.y);
    frames_to_draw_ = kFramesToSettle;
  }

  // X11 desktops put the frame, not what is in it, where a window without one was to be.
  void keep_at(const Rect& place) {
    framed_place_ = place;
    framed_until_ = clock_.now() + kFramingTime;
  }

  // Whether it was left there or is the first one: what was measured to fit the screen would stand below it.
  void keep_at_first_place() {
    Rect place;
    SDL_GetWindowPosition(window_.get(), &place.x, &place.y);
    keep_at(place);
  }

  void put_back_into_place() {
    if (!framed_place_) return;
    const Rect wanted = *std::exchange(framed_place_, std::nullopt);
    if (clock_.now() > framed_until_) return;  // it was the person
    SDL_SetWindowPosition(window_.get(), wanted.x, wanted.y);
  }

  // Milliseconds to sleep; -1: until something happens.
  int time_to_sleep(WindowClient& client) const {
    if (frames_to_draw_ > 0) return 0;
    const std::optional<MonotonicTime> at = next_frame(client);
    if (!at) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*at - clock_.now());
    return int(std::clamp<std::int64_t>(left.count(), 0, 60'000));
  }

  bool is_due(WindowClient& client) const {
    if (frames_to_draw_ > 0) return true;
    const std::optional<MonotonicTime> at = next_frame(client);
    return at && *at <= clock_.now();
  }

  void wait_and_handle(WindowClient& client) {
    SDL_Event event;
    const int timeout = time_to_sleep(client);
    const int got = timeout < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, timeout);
    if (got == 0) return;
    bool mouse_moved = false;
    do {
      // The frame between shows ImGui where the pointer is before it is told that it was pressed there.
      if (mouse_moved && event.type == SDL_MOUSEBUTTONDOWN) draw_frame(client);
      mouse_moved = event.type == SDL_MOUSEMOTION;
      handle(event, client);
    } while (!needs_own_frame(event) && SDL_PollEvent(&event) != 0);
  }

  void handle(const SDL_Event& event, WindowClient& client) {
    if (event.type == wake_event_) {
      wake_is_queued_.store(false);
      const bool is_news = client.answer_knock();
      if (wants_frame_.exchange(false) || is_news) frames_to_draw_ = std::max(frames_to_draw_, 1);
      return;
    }
    ImGui_ImplSDL2_ProcessEvent(&event);
    if (event.type == SDL_KEYDOWN || event.type == SDL_KEYUP) feed_modifiers(event.key);
    if (const auto press = to_key_press(event)) canvas_.press(*press);
    if (event.type == SDL_QUIT && client.may_close()) closing_.store(true);
    if (event.type == SDL_RENDER_TARGETS_RESET || event.type == SDL_RENDER_DEVICE_RESET)
      canvas_.renew_textures();
    if (event.type == SDL_WINDOWEVENT) handle_window_event(event.window);
    if (event.type == SDL_DROPFILE) note_dropped(event.drop);
    if (event.type == SDL_DROPTEXT) take_text(event.drop, client);
    if (event.type == SDL_DROPCOMPLETE && !dropped_.empty()) client.take_files(std::exchange(dropped_, {}));
    frames_to_draw_ = kFramesToSettle;
  }

  // The text is ours to free (SDL_events.h).
  void note_dropped(const SDL_DropEvent& event) {
    if (event.file) dropped_.emplace_back(event.file);
    SDL_free(event.file);
  }

  static void take_text(const SDL_DropEvent& event, WindowClient& client) {
    const std::string text = event.file ? event.file : "";
    SDL_free(event.file);
    client.take_text(text);
  }

  void handle_window_event(const SDL_WindowEvent& event) {
    if (event.event == SDL_WINDOWEVENT_MINIMIZED || event.event == SDL_WINDOWEVENT_HIDDEN)
      is_visible_ = false;
    if (event.event == SDL_WINDOWEVENT_RESTORED || event.event == SDL_WINDOWEVENT_SHOWN ||
        event.event == SDL_WINDOWEVENT_EXPOSED)
      is_visible_ = true;
    if (event.event == SDL_WINDOWEVENT_MOVED) put_back_into_place();
    // What was on the screen may be gone, or is drawn into memory of another size.
    if (event.event == SDL_WINDOWEVENT_SIZE_CHANGED || event.event == SDL_WINDOWEVENT_EXPOSED ||
        event.event == SDL_WINDOWEVENT_SHOWN || event.event == SDL_WINDOWEVENT_RESTORED)
      canvas_.forget_pixels();
  }

  float pixels_per_unit() const {
    int pixels = 0;
    int height = 0;
    int units = 0;
    SDL_GetRendererOutputSize(renderer_.get(), &pixels, &height);
    SDL_GetWindowSize(window_.get(), &units, nullptr);
    return units > 0 ? float(pixels) / float(units) : 1;
  }

  // ImGui's backend asks for the pointer's place on the whole screen, which SDL's X11 doesn't renew while a
  // button is held: every drag stood still where it began. The window's own events say it.
  void place_mouse() const {
    int x = 0;
    int y = 0;
    const bool is_held = SDL_GetMouseState(&x, &y) != 0;
    if (is_held && SDL_GetMouseFocus() == window_.get()) ImGui::GetIO().MousePos = ImVec2(float(x), float(y));
  }

  void draw_frame(WindowClient& client) {
    frames_to_draw_ = std::max(0, frames_to_draw_ - 1);
    canvas_.set_scale(float(scale_), pixels_per_unit());
    canvas_.prepare_frame();
    if (reader_.begin_frame(canvas_)) frames_to_draw_ = kFramesToSettle;
    ImGui_ImplSDL2_NewFrame();
    place_mouse();
    // 1.86 asks OpenGL for the size in pixels, which isn't there.
    ImGui::GetIO().DisplayFramebufferScale = ImVec2(pixels_per_unit(), pixels_per_unit());
    canvas_.begin_frame();
    client.draw(canvas_);
    reader_.end_frame(canvas_, window_.get());
    const bool has_changed = canvas_.end_frame();
    if (frames_to_draw_ == 0) serve_captures();
    if (has_changed) SDL_RenderPresent(renderer_.get());
    due_ = next_redraw(client);
  }

  void serve_captures() {
    for (auto& [png, done] : std::exchange(captures_, {})) done(write_png(renderer_.get(), png));
  }

  const SteadyClock clock_;
  // In the order in which SDL wants them made; let go of in the opposite one.
  std::unique_ptr<VideoSubsystem> video_;
  SdlWindowPtr window_;
  SdlRendererPtr renderer_;
  Canvas canvas_;
  double scale_;
  int frames_to_draw_ = 0;
  std::optional<MonotonicTime> due_;  // the next frame, as it looked after the last one
  bool is_visible_ = true;
  std::optional<Rect> whole_;  // while it stands aside: where it comes back to
  bool is_small_ = false;
  std::optional<Rect> framed_place_;  // where it belongs, until its frame is there
  MonotonicTime framed_until_{};
  std::vector<std::pair<std::filesystem::path, std::function<void(Result<void>)>>> captures_;
  std::vector<std::filesystem::path> dropped_;  // until all that were dropped together are told
  // Any thread.
  const Uint32 wake_event_;
  std::atomic<bool> wake_is_queued_ = false;
  std::atomic<bool> wants_frame_ = false;
  std::atomic<bool> closing_ = false;
  ReaderLine reader_;  // last: its thread calls the window
};

}  // namespace

Result<std::unique_ptr<Window>> Window::create(const WindowOptions& options) {
  auto video = VideoSubsystem::create();
  if (!video) return std::unexpected(video.error());
  WindowOptions wanted = options;
  wanted.scale = real_scale(options.scale);
  auto made = make_window_and_renderer(wanted);
  if (!made) return std::unexpected(made.error());
  return std::make_unique<SdlWindow>(std::move(*video), std::move(*made), wanted.scale);
}

}  // namespace meanwhile
