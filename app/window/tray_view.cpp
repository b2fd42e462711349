#include "app/window/tray_view.h"

#include <algorithm>
#include <string>

#include "app/platform/tray.h"
#include "app/ui/state.h"
#include "media/base/media_time.h"
#include "media/record/health_words.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

TrayMood mood_of(const RecordPageState& record, bool has_trouble) {
  if (record.phase == RecordPhase::Finishing) return TrayMood::Busy;
  if (record.phase != RecordPhase::Recording) return TrayMood::Paused;
  if (has_trouble) return TrayMood::Trouble;
  return record.status.is_muted ? TrayMood::Muted : TrayMood::Recording;
}

std::string tray_words(const RecordPageState& record, const std::string& time, const std::string& trouble) {
  if (record.phase == RecordPhase::Finishing) return "Saving what was recorded…";
  std::string words = (record.phase == RecordPhase::Recording ? "Recording " : "Paused at ") + time;
  if (record.status.is_muted) words += ", microphone off";
  if (!trouble.empty()) words += ". " + trouble;
  return words;
}

}  // namespace

TrayView tray_view(const RecordPageState& record) {
  const std::string trouble = short_trouble(record.status.tracks);
  const std::string time = format_moment(record.status.elapsed);
  return {.mood = mood_of(record, !trouble.empty()),
          .time = time,
          .words = tray_words(record, time, trouble),
          .is_paused = record.phase != RecordPhase::Recording,
          .is_muted = record.status.is_muted,
          .has_microphone = std::ranges::any_of(
              record.status.tracks, [](const TrackReport& track) { return track.kind == TrackKind::Voice; }),
          .can_act = record.phase == RecordPhase::Recording || record.phase == RecordPhase::Paused};
}

}  // namespace meanwhile
