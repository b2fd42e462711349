#include "app/window/run_window.h"

#include <chrono>
#include <expected>

#include "app/application.h"
#include "app/library/settings.h"
#include "app/platform/last_call.h"
#include "app/platform/stop_signal.h"
#include "app/platform/window.h"
#include "app/window/allowed_waits.h"
#include "app/window/controller.h"
#include "app/window/start_place.h"
#include "media/base/blocking.h"
#include "media/base/result.h"
#include "media/play/decoding_place.h"

namespace meanwhile {
namespace {

// Should the window itself not come to its end: a long take needs some time to be made whole.
constexpr std::chrono::seconds kLongestFarewell{10};

}  // namespace

Result<void> run_window(Application& application, const StartPlace& place, LastCall& last_call) {
  const NoBlockingHere main_thread(allowed_waits());
  prepare_decoders();
  const Settings& settings = application.settings();
  WindowOptions options{.scale = scale_percent(settings) / 100.0};
  if (settings.window_width > 0) options.width = settings.window_width;
  if (settings.window_height > 0) options.height = settings.window_height;
  StopSignal signal;  // before any thread
  auto window = Window::create(options);
  if (!window) return std::unexpected(window.error());
  const AtSignal close_at_signal(signal, [&window, &last_call] {
    (*window)->close();
    last_call.begin(kLongestFarewell, 0);
  });
  Controller controller(application, **window);
  controller.start(place);
  (*window)->run(controller);
  controller.finish();
  last_call.begin(kLongestEnd, 0);
  return {};
}

}  // namespace meanwhile
