// A conversation with the PulseAudio server (or PipeWire's).
#pragma once

#include <pulse/pulseaudio.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {

struct PulseDeleter {
  void operator()(pa_mainloop* loop) const { pa_mainloop_free(loop); }
  void operator()(pa_stream* stream) const { pa_stream_unref(stream); }
  void operator()(pa_operation* operation) const { pa_operation_unref(operation); }
  void operator()(pa_context* context) const {
    pa_context_disconnect(context);
    pa_context_unref(context);
  }
};
using PulseStreamPtr = std::unique_ptr<pa_stream, PulseDeleter>;

struct PulseDevice {
  std::string name;         // "alsa_input.usb-…", "alsa_output….monitor"
  std::string description;  // what a person calls it
  int channels = 1;
  pa_channel_map map{};     // where each of them is; may be no valid one
  bool is_monitor = false;  // hears what a loudspeaker plays
};

struct PulseDevices {
  std::vector<PulseDevice> sources;
  std::string default_source;
  std::string default_monitor;  // the default loudspeaker's; empty: there is none
};

// nullptr: there is no device of that name.
const PulseDevice* find_by_name(const PulseDevices& devices, std::string_view name);
// The server's default source if it is a microphone, else the first that is one: never a monitor. nullptr:
// none.
const PulseDevice* default_microphone(const PulseDevices& devices);

// One thread at a time, which runs the conversation itself: nothing happens but inside of these calls.
// wake(): any.
class PulseConnection {
 public:
  // Blocks for the server's answer, 5 s at most. Errors: NotFound (no server), Unavailable (it doesn't
  // answer).
  static Result<std::unique_ptr<PulseConnection>> connect();

  // What there is to record. Errors: Unavailable.
  Result<PulseDevices> list();

  pa_context* context() { return context_.get(); }
  bool is_alive() const { return PA_CONTEXT_IS_GOOD(pa_context_get_state(context_.get())); }

  // Handles what happens until done() is true. Errors: Unavailable (the time is up, or the server went away).
  Result<void> run_until(const std::function<bool()>& done, std::chrono::milliseconds limit);
  // Waits for something to happen, or wake(), and handles it.
  void run_once();
  void wake() { pa_mainloop_wakeup(loop_.get()); }

 private:
  PulseConnection();

  const std::unique_ptr<pa_mainloop, PulseDeleter> loop_;
  const std::unique_ptr<pa_context, PulseDeleter> context_;
};

}  // namespace meanwhile
