// Lets others watch a take while it is recorded: says so, and sends lists of what there is by now.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/manifest.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/record/take.h"
#include "media/record/track_report.h"
#include "upload/event_log.h"
#include "upload/outbox.h"

namespace meanwhile {

// One take's. One thread at a time. What can't be said is logged and comes with the next list: nothing here
// disturbs a recording.
class LiveSender {
 public:
  // outbox must outlive it; log: the same library's.
  LiveSender(std::string clip, std::filesystem::path folder, Outbox& outbox, std::shared_ptr<EventLog> log);

  // Objects that were handed to the outbox before.
  void add_track(TrackKind kind, const ManifestObject& init);
  void add_segment(TrackKind kind, const ManifestSegment& segment);
  // What ends behind `keep` is gone.
  void take_back(MediaTime keep);

  // A list of what is new, if there is something, and the last one was some seconds ago; an empty one now and
  // then, for one that gives no sign for minutes has broken off. The first tells everybody that there is
  // something to watch.
  void send_news();
  // It is not being recorded any more.
  void end();

 private:
  Result<void> send_part(bool is_last);
  Result<void> say(bool has_ended);
  bool has_news() const;

  const std::string clip_;
  const std::filesystem::path folder_;
  Outbox& outbox_;
  const std::shared_ptr<EventLog> log_;
  std::map<TrackKind, ManifestTrack> tracks_;  // with the segments that no list has named yet
  std::optional<MediaTime> keep_;
  std::size_t sent_ = 0;
  bool is_said_ = false;
  std::chrono::steady_clock::time_point next_{};
  // Nothing is said of a recording that has nothing to show yet.
  std::chrono::steady_clock::time_point next_sign_ = std::chrono::steady_clock::time_point::max();
};

// Takes that a crash ended can't be watched any more: says so where the library was told that they can.
// Errors: the index's, LibrarySession::say.
Result<void> end_lost_live(LibrarySession& library, const std::vector<Take>& takes);

}  // namespace meanwhile
