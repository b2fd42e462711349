#include "app/window/window_title.h"

#include <fmt/format.h>

#include <string>

#include "app/ui/state.h"

namespace meanwhile {
namespace {

std::string recording_words(const RecordPageState& record) {
  switch (record.phase) {
    case RecordPhase::Recording:
    case RecordPhase::Replaying: {
      std::string words = "● Recording";
      if (record.status.is_muted) words += ", microphone off";
      if (!record.status.warnings.empty()) words += ", with a warning";
      return words;
    }
    case RecordPhase::Paused:
      return "Paused";
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

}  // namespace meanwhile
