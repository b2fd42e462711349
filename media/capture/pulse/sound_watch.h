// Says when the sound server has other sources than before.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "media/base/guarded.h"
#include "media/base/named_thread.h"
#include "media/capture/pulse/connection.h"

namespace meanwhile {

// Owns the thread "sound-watch". Also says when the server goes away, and when there is one again.
class SoundWatch {
 public:
  // on_change: called on the watch's thread.
  explicit SoundWatch(std::function<void()> on_change);
  // Waits a few seconds where a server doesn't answer.
  ~SoundWatch();
  SoundWatch(const SoundWatch&) = delete;
  SoundWatch& operator=(const SoundWatch&) = delete;

 private:
  static void on_event(pa_context*, pa_subscription_event_type_t event, std::uint32_t, void* self);
  void run(const std::stop_token& stop);
  void listen(PulseConnection& connection, const std::stop_token& stop);

  const std::function<void()> on_change_;
  Guarded<PulseConnection*> listening_{nullptr};  // to be woken
  NamedThread thread_;                            // last: joined before anything above goes
};

}  // namespace meanwhile
