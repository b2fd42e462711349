#include "app/window/tray_view.h"

#include <algorithm>
#include <string>

#include "app/platform/tray.h"
#include "app/ui/state.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
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

std::string state_words(const RecordPageState& record, const std::string& time) {
  const bool is_muted = record.status.is_muted;
  // TRANSLATORS: {} is how long it has been recorded, such as 1:23.
  if (record.phase == RecordPhase::Recording)
    return is_muted ? tr_format("Recording {}, microphone off", time) : tr_format("Recording {}", time);
  return is_muted ? tr_format("Paused at {}, microphone off", time) : tr_format("Paused at {}", time);
}

std::string tray_words(const RecordPageState& record, const std::string& time, const std::string& trouble) {
  if (record.phase == RecordPhase::Finishing) return tr("Saving what was recorded…");
  const std::string words = state_words(record, time);
  // TRANSLATORS: Two sentences: what goes on, and what is wrong with it.
  return trouble.empty() ? words : tr_format("{}. {}", words, trouble);
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
