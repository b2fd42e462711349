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

Result<void> HeldPictures::skip_to(MediaTime moment) {
  const bool is_there = next_ && next_->at > moment;
  if (!is_there && !is_at_end_) {
    const auto sought = reader_->seek(moment);
    if (!sought) MEANWHILE_TRY(end_for(sought.error()));
  }
  const auto picture = at(moment);
  return picture ? Result<void>() : std::unexpected(picture.error());
}

Result<void> HeldPictures::fetch(MediaTime moment) {
  if (is_at_end_) return {};
  auto picture = reader_->next(moment);
  if (!picture) return end_for(picture.error());
  next_ = std::move(*picture);
  return {};
}

Result<void> HeldPictures::end_for(const Error& error) {
  if (error.code == ErrorCode::Aborted) return std::unexpected(error);
  is_at_end_ = true;
  if (!error.is_control()) log(LogLevel::Warning, "exporting: pictures end early: " + error.message);
  return {};
}

}  // namespace meanwhile
