// A take while it is being recorded: its folder, its clock, and what watches over both.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/clock.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/record/disk_writer.h"
#include "media/record/load_governor.h"
#include "media/record/recorder_parts.h"
#include "media/record/recorder_tracks.h"
#include "media/record/take.h"
#include "media/record/take_lock.h"
#include "media/record/take_summary.h"
#include "media/record/timeline.h"
#include "media/record/track_report.h"

namespace meanwhile {

// Owns the thread "take-watch" (the free space, silent sources, a machine that slept) and, through
// DiskWriter, "writer". start to remove: one thread at a time. state(),
// elapsed(), chapters(): any.
class TakeRecording {
 public:
  // What a take leaves free: enough for its own small files, and for the person to do something about it.
  static constexpr std::uint64_t kSpareBytes = 4 << 20;

  // Makes the folder and its files; nothing runs yet. The tracks, clock and notes outlive the recording.
  // Errors: NoSpace, PermissionDenied, AlreadyExists, Io.
  static Result<std::unique_ptr<TakeRecording>> create(const std::filesystem::path& takes,
                                                       const TakeDetails& details, RecorderTracks& tracks,
                                                       const RecorderParts& parts, const Clock& clock,
                                                       RecorderNotes& notes);
  ~TakeRecording();

  void start();
  void pause();
  void resume();
  // Errors: InvalidArgument (it isn't being recorded any more).
  Result<Retake> retake();
  // Errors: as with_chapter.
  Result<void> mark_chapter();
  // Ends the sources too.
  Result<TakeSummary> finish();
  // The sources go on. Then the recording may go, and remove() its folder.
  void leave();
  void remove();

  RecordState state() const { return state_; }
  MediaTime elapsed() const { return timeline_.elapsed(clock_.now()); }
  Chapters chapters() const { return chapters_.copy().marked; }
  const std::string& clip() const { return take_.clip; }
  const std::filesystem::path& folder() const { return take_.folder; }

 private:
  TakeRecording(Take take, TakeLock lock, RecorderTracks& tracks, const RecorderParts& parts,
                const Clock& clock, RecorderNotes& notes);
  Result<void> make_files();
  Result<DiskFilePtr> make_file(const std::string& name);
  void watch(const std::stop_token& stop);
  void check_free_space();
  std::uint64_t written_bytes() const;
  void check_sleep();
  void tick();
  void write_chapters();
  void forget_chapters(MediaTime end);
  MediaTime place_to_go_back_to(MediaTime end) const;
  void stop_early(const std::string& sentence);
  TrackFilePtr track_file_of(TrackKind kind);
  void end_watch();
  void end_sources();
  void end_tracks(MediaTime end);
  void keep_only_whole_appends();
  void collect_reports();
  void keep_report(TrackReport report);
  void save_extras();
  void save_outlines();
  bool is_silent_voice(const TrackReport& report) const;
  std::vector<std::string> warnings_of_take() const;

  // Constant after create().
  RecorderTracks& tracks_;
  const RecorderParts& parts_;
  const Clock& clock_;
  RecorderNotes& notes_;
  const Take begun_;  // what take.json says while it is recorded
  // Only the caller's thread.
  Take take_;
  std::optional<TakeLock> lock_;
  std::map<std::string, DiskFilePtr> files_;
  // Only take-watch.
  int ticks_ = 0;
  std::uint64_t written_before_ = 0;
  std::chrono::microseconds asleep_{};
  MonotonicTime ticked_at_{};
  // Shared.
  Timeline timeline_;
  std::atomic<RecordState> state_ = RecordState::Armed;
  std::atomic<int> ticks_to_flush_ = 0;  // 0: there is nothing to flush
  DiskWriter disk_;
  LoadGovernor load_;
  const TakeContext context_{timeline_, disk_, load_};
  std::mutex watch_mutex_;  // held by take-watch while it works
  std::condition_variable_any watch_wake_;
  struct MarkedChapters {
    Chapters marked;
    bool is_written = true;
  };
  Guarded<MarkedChapters> chapters_;
  NamedThread watch_thread_;
};

}  // namespace meanwhile
