#include "app/window/run_window.h"

#include <chrono>
#include <expected>
#include <functional>
#include <string>
#include <utility>

#include "app/application.h"
#include "app/library/settings.h"
#include "app/logging.h"
#include "app/platform/last_call.h"
#include "app/platform/stop_signal.h"
#include "app/platform/window.h"
#include "app/window/allowed_waits.h"
#include "app/window/controller.h"
#include "app/window/one_window.h"
#include "app/window/start_place.h"
#include "media/base/blocking.h"
#include "media/base/layout.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/play/decoding_place.h"

namespace meanwhile {
namespace {

// Should the window itself not come to its end: a long take needs some time to be made whole.
constexpr std::chrono::seconds kLongestFarewell{10};

// Where it is found again.
void keep_place(Application& application, const Window& window) {
  const auto place = window.place();
  if (!place) return;
  Settings& settings = application.settings();
  settings.window_x = place->x;
  settings.window_y = place->y;
  settings.window_width = place->width;
  settings.window_height = place->height;
  if (const auto saved = application.save_settings(); !saved) log(LogLevel::Warning, saved.error().message);
}

}  // namespace

Result<void> run_window(Application& application, const StartPlace& place, LastCall& last_call) {
  auto seat = seat_or_hand_over(application.home(), place);
  if (!seat) return std::unexpected(std::move(seat.error()));
  if (!*seat) return {};
  keep_log_in(application.home().cache());
  const NoBlockingHere main_thread(allowed_waits());
  prepare_decoders();
  const Settings& settings = application.settings();
  WindowOptions options{.scale = window_scale(settings), .is_minimised = place.is_minimised};
  if (settings.window_width > 0 && settings.window_height > 0)
    options.place = Rect{settings.window_x, settings.window_y, settings.window_width, settings.window_height};
  StopSignal signal;  // before any thread
  auto window = Window::create(options);
  if (!window) return std::unexpected(window.error());
  const AtSignal close_at_signal(signal, [&window, &last_call] {
    (*window)->close();
    last_call.begin(kLongestFarewell, 0);
  });
  Controller controller(application, **window);
  (*seat)->listen([&controller](const std::string& line, std::function<void()> taken_up) {
    controller.answer_call(line, std::move(taken_up));
  });
  controller.start(place);
  (*window)->run(controller);
  keep_place(application, **window);
  controller.finish();
  seat->reset();  // the next start opens a window of its own
  last_call.begin(kLongestEnd, 0);
  return {};
}

}  // namespace meanwhile
