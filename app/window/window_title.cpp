#include "app/window/window_title.h"

#include <fmt/format.h>

#include <string>

#include "app/ui/state.h"
#include "media/record/health_words.h"

namespace meanwhile {
namespace {

std::string recording_words(const RecordPageState& record) {
  switch (record.phase) {
    case RecordPhase::Recording:
    case RecordPhase::Replaying: {
      const std::string trouble = short_trouble(record.status.tracks);
      std::string words = trouble.empty() ? "● Recording" : "⚠ " + trouble + " · Recording";
      if (record.status.is_muted) words += ", microphone off";
      return words;
    }
    case RecordPhase::Paused:
      return record.status.is_muted ? "Paused, microphone off" : "Paused";
    case RecordPhase::Finishing:
      return "Finishing";
    default:
      return record.phase == RecordPhase::Failed && !record.status.clip.empty() ? "Recording stopped" : "";
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
