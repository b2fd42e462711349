#include "media/export/shown_pictures.h"

#include <algorithm>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "media/base/edit_list.h"
#include "media/base/log.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/export/frame_times.h"
#include "media/export/held_pictures.h"
#include "media/export/scene.h"
#include "media/play/arranged_track.h"
#include "media/play/clip_media.h"
#include "media/play/pointer_track.h"

namespace meanwhile {

Result<void> ShownPictures::open_track(std::unique_ptr<HeldPictures>& pictures, Track track, MediaTime from) {
  ArrangedTrack arranged = arranged_track(media_, track);
  if (arranged.is_missing()) return {};
  auto reader = open_arranged_video(std::move(arranged), {});
  if (!reader) return std::unexpected(reader.error());
  if (played_duration(media_) == MediaTime{}) {
    const auto end = (*reader)->end();
    if (!end) return std::unexpected(end.error());
    end_ = std::max(end_, *end);
  }
  auto opened = std::make_unique<HeldPictures>(std::move(*reader));
  const auto first = opened->at(from);
  if (!first) return std::unexpected(first.error());
  if (!*first) return fail(ErrorCode::Corrupt, "there is no picture in the track");
  pictures = std::move(opened);
  return {};
}

// What was recorded beside a damaged track is worth having without it, as the player shows it.
Result<void> ShownPictures::open_unless_damaged(std::unique_ptr<HeldPictures>& pictures, Track track,
                                                const char* name, MediaTime from) {
  const auto opened = open_track(pictures, track, from);
  if (opened) return {};
  if (opened.error().code != ErrorCode::Corrupt)
    return fail(std::string("reading the ") + name, opened.error());
  log(LogLevel::Warning, std::string("exporting without the ") + name + ": " + opened.error().message);
  return {};
}

Result<void> ShownPictures::open(MediaTime from) {
  MEANWHILE_TRY(open_unless_damaged(screen_, &ClipMedia::screen, "screen", from));
  MEANWHILE_TRY(open_unless_damaged(camera_, &ClipMedia::camera, "camera", from));
  if ((media_.screen || media_.camera) && !has_any())
    return fail(ErrorCode::Corrupt, "none of the clip's pictures can be read");
  return {};
}

std::optional<PointerMark> ShownPictures::pointer(MediaTime moment) const {
  if (!media_.pointer) return std::nullopt;
  const MediaTime recorded = media_.edits ? media_.edits->recorded(moment) : moment;
  // Behind the update's own end lies what was joined to it.
  if (media_.edits && recorded >= media_.duration) return std::nullopt;
  const auto where = media_.pointer->at(recorded);
  if (!where) return std::nullopt;
  return PointerMark{.x = where->x,
                     .y = where->y,
                     .image = media_.pointer->image(where->shape),
                     .is_pressed = where->buttons != 0 && clicks_ == Clicks::Highlighted};
}

std::optional<MediaTime> ShownPictures::next_change(MediaTime after) const {
  std::optional<MediaTime> next;
  const auto add = [&](std::optional<MediaTime> change) {
    if (change && (!next || *change < *next)) next = change;
  };
  for (const auto* track : {&screen_, &camera_}) {
    if (*track) add((*track)->next_change());
  }
  if (!media_.pointer) return next;
  const auto moved = media_.pointer->after(media_.edits ? media_.edits->recorded(after) : after);
  if (moved) add(media_.edits ? media_.edits->edited(moved->at) : moved->at);
  return next;
}

Result<MediaTime> ShownPictures::go_to(FrameTimes::Span span) {
  MediaTime last_change = span.from;
  for (const auto* track : {&screen_, &camera_}) {
    if (!*track) continue;
    const auto picture = (*track)->at(span.until);
    if (!picture) return std::unexpected(picture.error());
    // Before a track begins, its first picture is held: nothing changes.
    if ((*picture)->at <= span.until) last_change = std::max(last_change, (*picture)->at);
  }
  return frame_time(span.from, last_change);
}

}  // namespace meanwhile
