// Writes down what is said in one's own updates and drafts, where the settings say so: one after the other,
// never while something is recorded, by an engine that everybody else goes before.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "app/fetching/clip_captions.h"
#include "app/window/desk.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/record/take.h"

namespace meanwhile {

class TranscriptDesk {
 public:
  // on_change: a draft or update has captions now.
  TranscriptDesk(Desk& desk, std::function<void()> on_change)
      : desk_(desk), on_change_(std::move(on_change)) {}
  TranscriptDesk(const TranscriptDesk&) = delete;
  TranscriptDesk& operator=(const TranscriptDesk&) = delete;
  // What is being heard is heard again another time.
  ~TranscriptDesk() = default;

  // There may be something to do, or no more: a take ended, an update was published, a setting changed.
  void consider();
  // Each frame: makes room for a recording.
  void update();

 private:
  bool may_work() const;
  void go_on();
  void start(const Take& take);
  void finish(const std::string& clip, Result<CaptionTrack> track);
  void deliver(const std::string& clip, const CaptionTrack& track);
  void note_done(const std::string& clip);

  Desk& desk_;
  const std::function<void()> on_change_;
  bool is_busy_ = false;
  std::set<std::string> tried_;    // since the start, and not to be tried again by itself
  std::set<std::string> waiting_;  // until there is something new: their update isn't there yet
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
  NamedThread thread_;  // last: joined before anything above goes
};

// The newest of one's takes that has sound and no captions, and isn't done or to be left out; marks: a folder
// with a file for each that is done. Reads the disk.
std::optional<Take> next_to_hear(const std::filesystem::path& takes, const std::filesystem::path& marks,
                                 const std::set<std::string>& left_out);

}  // namespace meanwhile
