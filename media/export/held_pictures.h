// A track of pictures that last differently long, asked at any rising moments.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/video_reader.h"

namespace meanwhile {

// Thread: one at a time.
class HeldPictures {
 public:
  explicit HeldPictures(std::unique_ptr<VideoReader> reader) : reader_(std::move(reader)) {}

  // The picture on show at `moment`, which never falls: the first one before the track begins, the last one
  // after it ends (also where it ends early, damaged). nullptr: there is none at all. Errors: Aborted.
  Result<PicturePtr> at(MediaTime moment);
  // at() goes on there without having decoded all that lies before. Errors: as at().
  Result<void> skip_to(MediaTime moment);
  // What at() gave last.
  [[nodiscard]] const PicturePtr& current() const { return current_; }
  // When another one replaces it; nullopt: never.
  [[nodiscard]] std::optional<MediaTime> next_change() const;

 private:
  Result<void> fetch(MediaTime moment);
  Result<void> end_for(const Error& error);

  const std::unique_ptr<VideoReader> reader_;
  PicturePtr current_;
  PicturePtr next_;
  bool is_at_end_ = false;
};

}  // namespace meanwhile
