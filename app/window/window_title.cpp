#include "app/window/window_title.h"

#include <fmt/format.h>

#include <string>

#include "app/ui/state.h"
#include "media/base/translation.h"
#include "media/record/health_words.h"

namespace meanwhile {
namespace {

std::string running_words(const RecordPageState& record) {
  const std::string trouble = short_trouble(record.status.tracks);
  const bool is_muted = record.status.is_muted;
  if (trouble.empty()) return is_muted ? tr("● Recording, microphone off") : tr("● Recording");
  // TRANSLATORS: {} is what is wrong with the recording, in a few words.
  return is_muted ? tr_format("⚠ {} · Recording, microphone off", trouble)
                  : tr_format("⚠ {} · Recording", trouble);
}

std::string recording_words(const RecordPageState& record) {
  switch (record.phase) {
    case RecordPhase::Recording:
    case RecordPhase::Replaying:
      return running_words(record);
    case RecordPhase::Paused:
      return record.status.is_muted ? tr("Paused, microphone off") : tr_in("a recording", "Paused");
    case RecordPhase::Finishing:
      return tr("Finishing");
    default:
      return record.phase == RecordPhase::Failed && !record.status.clip.empty() ? tr("Recording stopped")
                                                                                : "";
  }
}

}  // namespace

std::string window_title(const UiState& state, bool counts) {
  if (const std::string words = recording_words(state.record); !words.empty()) return words + " · Meanwhile";
  const int waiting = counts ? state.inbox.waiting : 0;
  return waiting > 0 ? fmt::format("({}) Meanwhile", waiting) : "Meanwhile";
}

WindowBadge window_badge(const RecordPageState& record) {
  if (!is_running(record.phase)) return WindowBadge::None;
  if (record.phase != RecordPhase::Recording) return WindowBadge::Paused;
  return short_trouble(record.status.tracks).empty() ? WindowBadge::Recording : WindowBadge::Trouble;
}

}  // namespace meanwhile
