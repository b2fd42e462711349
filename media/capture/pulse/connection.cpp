#include "media/capture/pulse/connection.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr auto kAnswerLimit = std::chrono::seconds(5);

struct Listing {
  PulseDevices devices;
  std::string default_sink;
  bool is_finished = false;
};

std::string text_or_empty(const char* text) {
  return text ? text : "";
}

void on_source(pa_context* /*context*/, const pa_source_info* info, int end, void* user) {
  auto& listing = *static_cast<Listing*>(user);
  if (end != 0 || !info) {
    listing.is_finished = true;
    return;
  }
  const bool is_monitor = info->monitor_of_sink != PA_INVALID_INDEX;
  if (is_monitor && text_or_empty(info->monitor_of_sink_name) == listing.default_sink) {
    listing.devices.default_monitor = info->name;
  }
  const std::string description = text_or_empty(info->description);
  listing.devices.sources.push_back({.name = info->name,
                                     .description = description.empty() ? info->name : description,
                                     .channels = info->sample_spec.channels,
                                     .map = info->channel_map,
                                     .is_monitor = is_monitor});
}

void on_server(pa_context* /*context*/, const pa_server_info* info, void* user) {
  auto& listing = *static_cast<Listing*>(user);
  listing.is_finished = true;
  if (!info) return;
  listing.default_sink = text_or_empty(info->default_sink_name);
  listing.devices.default_source = text_or_empty(info->default_source_name);
}

}  // namespace

const PulseDevice* find_by_name(const PulseDevices& devices, std::string_view name) {
  const auto found = std::find_if(devices.sources.begin(), devices.sources.end(),
                                  [name](const PulseDevice& device) { return device.name == name; });
  return found == devices.sources.end() ? nullptr : &*found;
}

const PulseDevice* default_microphone(const PulseDevices& devices) {
  const PulseDevice* device = find_by_name(devices, devices.default_source);
  if (device && !device->is_monitor) return device;
  const auto found = std::find_if(devices.sources.begin(), devices.sources.end(),
                                  [](const PulseDevice& any) { return !any.is_monitor; });
  return found == devices.sources.end() ? nullptr : &*found;
}

PulseConnection::PulseConnection()
    : loop_(pa_mainloop_new()),
      context_(loop_ ? pa_context_new(pa_mainloop_get_api(loop_.get()), "Meanwhile") : nullptr) {
  if (!context_) throw std::bad_alloc();
}

Result<std::unique_ptr<PulseConnection>> PulseConnection::connect() {
  std::unique_ptr<PulseConnection> connection(new PulseConnection);
  pa_context* context = connection->context();
  const auto none = [context] {
    return fail(ErrorCode::NotFound, tr_format("connecting to the sound server (PulseAudio or PipeWire): {}",
                                               pa_strerror(pa_context_errno(context))));
  };
  if (pa_context_connect(context, nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0) return none();
  const auto is_ready = [context] { return pa_context_get_state(context) == PA_CONTEXT_READY; };
  auto ready = connection->run_until(is_ready, kAnswerLimit);
  if (!ready && !connection->is_alive()) return none();
  if (!ready) return fail(tr("connecting to the sound server"), ready.error());
  return connection;
}

Result<PulseDevices> PulseConnection::list() {
  Listing listing;
  using Operation = std::unique_ptr<pa_operation, PulseDeleter>;
  const auto finish = [&](const Operation& operation) {
    auto finished = run_until([&listing] { return listing.is_finished; }, kAnswerLimit);
    // Without an answer the callback must not find `listing` gone.
    if (!finished && operation) pa_operation_cancel(operation.get());
    listing.is_finished = false;
    return finished;
  };
  const Operation server(pa_context_get_server_info(context(), on_server, &listing));
  MEANWHILE_TRY(finish(server));
  const Operation sources(pa_context_get_source_info_list(context(), on_source, &listing));
  MEANWHILE_TRY(finish(sources));
  return listing.devices;
}

Result<void> PulseConnection::run_until(const std::function<bool()>& done, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!done()) {
    if (!is_alive()) return fail(ErrorCode::Unavailable, tr("the sound server went away"));
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= left.zero()) return fail(ErrorCode::Unavailable, tr("the sound server doesn't answer"));
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(left).count();
    if (pa_mainloop_prepare(loop_.get(), static_cast<int>(microseconds)) < 0) break;
    if (pa_mainloop_poll(loop_.get()) < 0) break;
    if (pa_mainloop_dispatch(loop_.get()) < 0) break;
  }
  return {};
}

void PulseConnection::run_once() {
  pa_mainloop_iterate(loop_.get(), 1, nullptr);
}

}  // namespace meanwhile
