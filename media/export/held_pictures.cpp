#include "media/export/held_pictures.h"

#include <expected>
#include <optional>
#include <utility>

#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"

namespace meanwhile {

Result<PicturePtr> HeldPictures::at(MediaTime moment) {
  if (!current_ && !next_) MEANWHILE_TRY(fetch(moment));
  while (next_ && (!current_ || next_->at <= moment)) {
    current_ = std::move(next_);
    next_.reset();
    MEANWHILE_TRY(fetch(moment));
  }
  return current_;
}

std::optional<MediaTime> HeldPictures::next_change() const {
  if (!next_) return std::nullopt;
  return next_->at;
}

Result<void> HeldPictures::fetch(MediaTime moment) {
  if (is_at_end_) return {};
  auto picture = reader_->next(moment);
  if (picture) {
    next_ = std::move(*picture);
    return {};
  }
  if (picture.error().code == ErrorCode::Aborted) return std::unexpected(picture.error());
  is_at_end_ = true;
  if (!picture.error().is_control())
    log(LogLevel::Warning, "exporting: pictures end early: " + picture.error().message);
  return {};
}

}  // namespace meanwhile
