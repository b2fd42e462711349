#include "app/window/run_window.h"

#include <chrono>
#include <stop_token>

#include "app/platform/stop_signal.h"
#include "app/platform/window.h"
#include "app/window/allowed_waits.h"
#include "app/window/controller.h"
#include "media/base/blocking.h"
#include "media/base/named_thread.h"

namespace meanwhile {
namespace {

// Closes the window at log-out or Ctrl-C; a take that runs is saved. Owns the thread "signals".
class CloseAtSignal {
 public:
  CloseAtSignal(StopSignal& signal, Window& window)
      : signal_(signal), thread_("signals", [&signal, &window](const std::stop_token& stop) {
          while (!stop.stop_requested())
            if (signal.wait_for(std::chrono::hours(1))) window.close();
        }) {}
  ~CloseAtSignal() {
    thread_.request_stop();
    signal_.interrupt();
  }

 private:
  StopSignal& signal_;
  NamedThread thread_;
};

}  // namespace

Result<void> run_window(Application& application, const StartPlace& place) {
  const NoBlockingHere main_thread(allowed_waits());
  const Settings& settings = application.settings();
  WindowOptions options{.scale = scale_percent(settings) / 100.0};
  if (settings.window_width > 0) options.width = settings.window_width;
  if (settings.window_height > 0) options.height = settings.window_height;
  StopSignal signal;  // before any thread
  auto window = Window::create(options);
  if (!window) return std::unexpected(window.error());
  const CloseAtSignal close_at_signal(signal, **window);
  Controller controller(application, **window);
  controller.start(place);
  (*window)->run(controller);
  return {};
}

}  // namespace meanwhile
