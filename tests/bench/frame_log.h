// The pictures that the recorder would hand to its encoder, kept in a file so that many encoders see the
// same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

struct LoggedFrame {
  MediaTime at{};
  std::size_t picture = 0;  // as the frame's before: a repeat
};

class FrameLog {
 public:
  // Runs the source for `length` and keeps what it gives in `folder`, which must outlive the log; a picture
  // that stands still is repeated as VideoTrack does. Errors: the source's, Io.
  static Result<FrameLog> record(FrameSource& source, MediaTime length, const std::filesystem::path& folder);

  const std::vector<LoggedFrame>& frames() const { return frames_; }
  MediaTime length() const { return length_; }
  // Memory-mapped: never written to.
  FramePtr picture(std::size_t index) const;

 private:
  Result<void> map(const std::filesystem::path& file);

  Size size_;
  MediaTime length_{};
  std::vector<LoggedFrame> frames_;
  std::shared_ptr<std::uint8_t> pixels_;
};

}  // namespace meanwhile
