#include "media/capture/pulse/mute_watch.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace meanwhile {

MuteWatch::MuteWatch(pa_context* context, std::string source, std::function<void(bool)> on_change)
    : context_(context), source_(std::move(source)), on_change_(std::move(on_change)) {
  pa_context_set_subscribe_callback(context_, on_event, this);
  if (pa_operation* asked = pa_context_subscribe(context_, PA_SUBSCRIPTION_MASK_SOURCE, nullptr, nullptr))
    pa_operation_unref(asked);
  ask();
}

MuteWatch::~MuteWatch() {
  pa_context_set_subscribe_callback(context_, nullptr, nullptr);
  cancel_question();
}

void MuteWatch::cancel_question() {
  if (!question_) return;
  pa_operation_cancel(question_);
  pa_operation_unref(std::exchange(question_, nullptr));
}

// Any source's change is a reason to ask: they are rare.
void MuteWatch::on_event(pa_context* /*context*/, pa_subscription_event_type_t /*event*/,
                         std::uint32_t /*index*/, void* self) {
  static_cast<MuteWatch*>(self)->ask();
}

void MuteWatch::ask() {
  cancel_question();
  question_ = pa_context_get_source_info_by_name(context_, source_.c_str(), on_source, this);
}

void MuteWatch::on_source(pa_context* /*context*/, const pa_source_info* source, int end, void* self) {
  if (end != 0 || !source) return;
  auto& watch = *static_cast<MuteWatch*>(self);
  const bool is_muted = source->mute != 0 || pa_cvolume_max(&source->volume) == PA_VOLUME_MUTED;
  if (is_muted != std::exchange(watch.is_muted_, is_muted)) watch.on_change_(is_muted);
}

}  // namespace meanwhile
