// Whether the sound server has a source muted.
#pragma once

#include <pulse/pulseaudio.h>

#include <cstdint>
#include <functional>
#include <string>

namespace meanwhile {

// Lives and calls on the thread that runs the context's conversation, and goes before the context does.
class MuteWatch {
 public:
  // on_change: called when it is muted or at volume 0, and when it isn't any more; first only if it is muted.
  MuteWatch(pa_context* context, std::string source, std::function<void(bool is_muted)> on_change);
  ~MuteWatch();
  MuteWatch(const MuteWatch&) = delete;
  MuteWatch& operator=(const MuteWatch&) = delete;

 private:
  static void on_event(pa_context*, pa_subscription_event_type_t, std::uint32_t, void* self);
  static void on_source(pa_context*, const pa_source_info* source, int end, void* self);
  void ask();
  void cancel_question();

  pa_context* const context_;
  const std::string source_;
  const std::function<void(bool)> on_change_;
  pa_operation* question_ = nullptr;  // the last one, answered or not
  bool is_muted_ = false;
};

}  // namespace meanwhile
