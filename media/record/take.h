// Takes on the disk: found, made whole after a crash, thrown away. The folder's format: FORMAT.md.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/trim.h"
#include "media/record/track_report.h"

namespace meanwhile {

enum class TakeState { Recording, Finished, Recovered, Published };

// What take.json says. Fields that we don't know are kept in `json` and written back.
struct Take {
  std::string clip;
  std::filesystem::path folder;
  TakeState state = TakeState::Recording;
  std::string title;
  std::string channel;
  WallTime started{};
  MediaTime duration{};
  std::vector<TrackReport> tracks;
  std::vector<std::string> warnings;
  Chapters chapters;                 // on the recorded timeline, as the author marked them
  std::vector<MediaTime> slides;     // where the screen changed for good: chapters to be offered
  std::optional<Loudness> loudness;  // nullopt: not measured
  bool clean_sound = false;          // the author wants hum and noise taken off where it is played
  Trim trim;                         // of a take that isn't published; cut when it is
  std::string publishing_to;         // the library that it was, or is being, handed over to; empty: none
  std::string manifest_sha256;       // of the manifest that took its clip.json's place; empty: none did
  bool is_being_recorded = false;    // another living process holds it
  Json json;
};

// All takes below takes, oldest first; a folder that isn't a take is passed over. Errors: PermissionDenied,
// Io; none where there is no such folder.
Result<std::vector<Take>> read_takes(const std::filesystem::path& takes);
// The same; none where they can't be read.
std::vector<Take> list_takes(const std::filesystem::path& takes);

// Errors: NotFound, Corrupt (take.json), Unsupported (a newer format).
Result<Take> read_take(const std::filesystem::path& folder);

// What is left of it by its trim. Errors: InvalidArgument (the trim makes no sense).
inline Result<KeptRange> kept_range(const Take& take) {
  return kept_range(take.trim, take.duration);
}

// Writes take.json (durably). Errors: NoSpace, PermissionDenied, Io.
Result<void> write_take(const Take& take);

// Makes whole what a crash left: cuts each track after its last whole fragment, drops tracks without any,
// works out durations, makes what is missing of poster and waveform, sets the state to Recovered. A take that
// is still being recorded by a living process is left alone (Unavailable). Errors: NotFound (it ended before
// anything was recorded: it may go), Corrupt (nothing playable is left), NoSpace, Io.
Result<Take> recover_take(const std::filesystem::path& folder);

// Reads take.json, lets `change` change it, and writes it, while nobody else works on the take; gives what
// was written. Errors: Unavailable (it is recorded or published right now), change's, and those of read_take
// and write_take.
Result<Take> change_take(const std::filesystem::path& folder,
                         const std::function<Result<void>(Take&)>& change);

// Sets in and out points; a Trim that isn't set undoes. Errors: InvalidArgument (kept_range's; a take that is
// published or still recorded), and as change_take.
Result<Take> trim_take(const std::filesystem::path& folder, const Trim& trim);

// Sets the chapters, of the whole take. Errors: InvalidArgument (a take that is published or still recorded),
// and as change_take.
Result<Take> set_take_chapters(const std::filesystem::path& folder, const Chapters& chapters);

// Also what is left of it when it was being cut. Errors: Unavailable (still being recorded), Io.
Result<void> discard_take(const std::filesystem::path& folder);

}  // namespace meanwhile
