// Who wants to know what becomes of a take while it is recorded: its files can be read then, and sent.
#pragma once

#include <filesystem>
#include <string>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

// Called by the Recorder on the thread that calls it, never twice at once.
class TakeListener {
 public:
  virtual ~TakeListener() = default;
  // The take's folder is there; its track files appear in it, and grow, but for retake() only at their ends.
  virtual void on_started(const std::string& clip, const std::filesystem::path& folder) = 0;
  // The tracks are about to be cut somewhere behind `keep`: until after_retake() nobody may read what lies
  // behind it. An error keeps the take as it is.
  virtual Result<void> before_retake(MediaTime keep) = 0;
  virtual void after_retake() = 0;
  // The take is about to be removed: discarded, or begun anew.
  virtual void on_dropped(const std::string& clip) = 0;
  // The take is whole on the disk.
  virtual void on_finished() = 0;
};

}  // namespace meanwhile
