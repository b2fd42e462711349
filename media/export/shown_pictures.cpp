#include "media/export/shown_pictures.h"

#include <algorithm>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "media/base/log.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/export/frame_times.h"
#include "media/export/held_pictures.h"
#include "media/export/scene.h"
#include "media/export/scene_layout.h"
#include "media/play/arranged_track.h"
#include "media/play/clip_media.h"
#include "media/play/open_readers.h"
#include "media/play/pointer_track.h"

namespace meanwhile {

namespace {

// Of a track that shows nothing at first, what its first source has.
Result<PicturePtr> first_picture(const ArrangedTrack& track, const PicturePtr& shown) {
  if (shown->width > 0) return shown;
  const auto reader = open_video(track.sources.front(), {});
  if (!reader) return std::unexpected(reader.error());
  return (*reader)->next(MediaTime{});
}

// What lies behind belongs to a part that was recorded later than this one and is shown before it.
void add_change(std::optional<MediaTime>& next, std::optional<MediaTime> change, MediaTime after) {
  if (change && *change > after && (!next || *change < *next)) next = change;
}

}  // namespace

Result<void> ShownPictures::open_track(Track& track, Source source, MediaTime from) {
  const ArrangedTrack arranged = arranged_track(media_, source);
  if (arranged.is_missing()) return {};
  auto reader = open_arranged_video(arranged, {});
  if (!reader) return std::unexpected(reader.error());
  if (played_duration(media_) == MediaTime{}) {
    const auto end = (*reader)->end();
    if (!end) return std::unexpected(end.error());
    end_ = std::max(end_, *end);
  }
  auto pictures = std::make_unique<HeldPictures>(std::move(*reader));
  const auto shown = pictures->at(from);
  if (!shown) return std::unexpected(shown.error());
  if (!*shown) return fail(ErrorCode::Corrupt, tr("there is no picture in the track"));
  const auto first = first_picture(arranged, *shown);
  if (!first) return std::unexpected(first.error());
  track.pictures = std::move(pictures);
  track.format = Format{.size = {(*first)->width, (*first)->height}, .bt709 = (*first)->bt709};
  return {};
}

// What was recorded beside a damaged track is worth having without it, as the player shows it.
Result<void> ShownPictures::open_unless_damaged(Track& track, Source source, const char* name,
                                                MediaTime from) {
  const auto opened = open_track(track, source, from);
  if (opened) return {};
  if (opened.error().code != ErrorCode::Corrupt)
    return fail(&track == &screen_ ? tr("reading the screen") : tr("reading the camera"), opened.error());
  log(LogLevel::Warning, std::string("exporting without the ") + name + ": " + opened.error().message);
  return {};
}

Result<void> ShownPictures::open(MediaTime from) {
  MEANWHILE_TRY(open_unless_damaged(screen_, &ClipMedia::screen, "screen", from));
  MEANWHILE_TRY(open_unless_damaged(camera_, &ClipMedia::camera, "camera", from));
  if ((media_.screen || media_.camera) && !has_any())
    return fail(ErrorCode::Corrupt, tr("none of the clip's pictures can be read"));
  return {};
}

MediaTime ShownPictures::recorded(MediaTime moment) const {
  return media_.edits ? media_.edits->recorded(moment) : moment;
}

std::optional<MediaTime> ShownPictures::edited(MediaTime recorded) const {
  return media_.edits ? media_.edits->edited(recorded) : recorded;
}

SceneContent ShownPictures::at(MediaTime moment) {
  const MediaTime place = recorded(moment);
  const auto picture = [&](Track& track) {
    return track.pictures ? track.covers.of(track.pictures->current(), media_.arrangement.get(), place)
                          : nullptr;
  };
  return {.screen = picture(screen_), .camera = picture(camera_), .pointer = pointer_at(moment)};
}

std::optional<PointerMark> ShownPictures::pointer_at(MediaTime moment) const {
  if (!media_.pointer) return std::nullopt;
  const MediaTime place = recorded(moment);
  // Behind the update's own end lies what was joined to it.
  if (media_.edits && place >= media_.duration) return std::nullopt;
  const auto where = media_.pointer->at(place);
  if (!where) return std::nullopt;
  return PointerMark{.x = where->x,
                     .y = where->y,
                     .image = media_.pointer->image(where->shape),
                     .is_pressed = where->buttons != 0 && clicks_ == Clicks::Highlighted};
}

std::optional<MediaTime> ShownPictures::next_look_change(MediaTime after, const OwnLayout& own,
                                                         MediaTime interval) const {
  std::optional<MediaTime> next;
  const MediaTime place = recorded(after);
  const auto moved = media_.pointer ? media_.pointer->after(place) : std::nullopt;
  if (moved) add_change(next, edited(moved->at), after);
  const auto look = media_.arrangement ? next_look(*media_.arrangement, place, own) : std::nullopt;
  if (look) add_change(next, *look > place ? edited(*look) : after + interval, after);
  return next;
}

std::optional<MediaTime> ShownPictures::next_change(MediaTime after, const OwnLayout& own,
                                                    MediaTime interval) const {
  std::optional<MediaTime> next = next_look_change(after, own, interval);
  for (const Track* track : {&screen_, &camera_}) {
    if (track->pictures) add_change(next, track->pictures->next_change(), after);
  }
  return next;
}

Result<void> ShownPictures::skip_to(MediaTime moment) {
  for (const Track* track : {&screen_, &camera_}) {
    if (track->pictures) MEANWHILE_TRY(track->pictures->skip_to(moment));
  }
  return {};
}

Result<MediaTime> ShownPictures::go_to(FrameTimes::Span span) {
  MediaTime last_change = span.from;
  for (const Track* track : {&screen_, &camera_}) {
    if (!track->pictures) continue;
    const auto picture = track->pictures->at(span.until);
    if (!picture) return std::unexpected(picture.error());
    // Before a track begins, its first picture is held: nothing changes.
    if ((*picture)->at <= span.until) last_change = std::max(last_change, (*picture)->at);
  }
  return frame_time(span.from, last_change);
}

}  // namespace meanwhile
