#include "media/capture/pulse/sound_watch.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <utility>

#include "media/base/clock.h"
#include "media/capture/pulse/connection.h"
#include "media/capture/waiting.h"

namespace meanwhile {
namespace {

// A server that was restarted is found soon enough, and asking where there is none costs a failed connect.
constexpr auto kAskServerAgain = std::chrono::seconds(2);

}  // namespace

SoundWatch::SoundWatch(std::function<void()> on_change)
    : on_change_(std::move(on_change)),
      thread_("sound-watch", [this](const std::stop_token& stop) { run(stop); }) {}

SoundWatch::~SoundWatch() {
  thread_.request_stop();
  auto listening = listening_.lock();
  if (*listening) (*listening)->wake();
}

void SoundWatch::run(const std::stop_token& stop) {
  const SteadyClock clock;
  Alarm alarm;
  bool is_first = true;
  while (!stop.stop_requested()) {
    if (const auto connection = PulseConnection::connect()) {
      if (!is_first) on_change_();
      listen(**connection, stop);
      if (!stop.stop_requested()) on_change_();
    }
    is_first = false;
    if (!alarm.wait_until(clock.now() + kAskServerAgain, clock, stop)) return;
  }
}

void SoundWatch::listen(PulseConnection& connection, const std::stop_token& stop) {
  pa_context_set_subscribe_callback(connection.context(), on_event, this);
  constexpr auto kSources = PA_SUBSCRIPTION_MASK_SOURCE;
  constexpr auto kDefaults = PA_SUBSCRIPTION_MASK_SERVER;
  pa_operation* asked = pa_context_subscribe(
      connection.context(), static_cast<pa_subscription_mask_t>(kSources | kDefaults), nullptr, nullptr);
  if (asked) pa_operation_unref(asked);
  *listening_.lock() = &connection;
  while (!stop.stop_requested() && connection.is_alive()) connection.run_once();
  *listening_.lock() = nullptr;
  pa_context_set_subscribe_callback(connection.context(), nullptr, nullptr);
}

// Sources change all the time (volumes, states); that one came or went, or another is the default, is news.
void SoundWatch::on_event(pa_context* /*context*/, pa_subscription_event_type_t event,
                          std::uint32_t /*index*/, void* self) {
  const bool is_source = (event & PA_SUBSCRIPTION_EVENT_FACILITY_MASK) == PA_SUBSCRIPTION_EVENT_SOURCE;
  const bool is_change = (event & PA_SUBSCRIPTION_EVENT_TYPE_MASK) == PA_SUBSCRIPTION_EVENT_CHANGE;
  if (!is_source || !is_change) static_cast<SoundWatch*>(self)->on_change_();
}

}  // namespace meanwhile
