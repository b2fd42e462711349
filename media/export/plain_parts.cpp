#include "media/export/plain_parts.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/layout.h"
#include "media/base/look.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/export/pixels.h"
#include "media/export/scene_layout.h"
#include "media/export/shown_pictures.h"
#include "media/play/arranged_track.h"
#include "media/play/clip_media.h"

namespace meanwhile {
namespace {

// What there is of a track in one of the update's parts.
struct Place {
  std::shared_ptr<ByteSource> track;   // nullptr: nothing
  MediaTime from{};                    // in the track's own time
  MediaTime until = MediaTime::max();  // on the timeline that is shown
};

Place place_at(const ArrangedTrack& track, MediaTime moment) {
  if (track.is_missing()) return {};
  if (track.parts.empty()) return {.track = track.sources.front(), .from = moment};
  const TrackPart& part = track.parts[track.part_at(moment)];
  return {.track = part.source ? track.sources[*part.source] : nullptr,
          .from = part.from + (moment - part.at),
          .until = part.at + part.duration};
}

class PlainPartsFinder {
 public:
  explicit PlainPartsFinder(const PlainPartsRequest& request) : request_(request) {
    if (request.shown.screen_format()) screen_ = arranged_track(request.media, &ClipMedia::screen);
    if (request.shown.camera_format()) camera_ = arranged_track(request.media, &ClipMedia::camera);
  }

  std::vector<PlainPart> run() {
    const TimeRange& range = request_.range;
    MediaTime next{};
    for (MediaTime moment = range.from; moment < range.to; moment = next) {
      const Place screen = place_at(screen_, moment);
      const Place camera = place_at(camera_, moment);
      next = std::min(
          {request_.shown.next_look_change(moment, request_.own, request_.interval).value_or(range.to),
           screen.until, camera.until, range.to});
      // Nothing changes in between, or it moves all the time.
      const Place* alone = alone_at(moment, screen, camera);
      if (alone && alone_at(next - MediaTime{1}, screen, camera) == alone)
        add({{moment, next}, alone->track, alone->from});
    }
    return parts_;
  }

 private:
  // nullptr: something must be drawn then.
  [[nodiscard]] const Place* alone_at(MediaTime moment, const Place& screen, const Place& camera) const {
    static const Arrangement as_recorded;
    const Arrangement* arrangement = request_.media.arrangement.get();
    const Look look = look_at(arrangement ? *arrangement : as_recorded, request_.shown.recorded(moment),
                              request_.own, look_area(request_.canvas), size_in(screen), size_in(camera));
    const bool is_screen = look.places.screen.has_value();
    if (look.card || is_screen == look.places.camera.has_value()) return nullptr;
    const Place& alone = is_screen ? screen : camera;
    const Rect& place = is_screen ? *look.places.screen : *look.places.camera;
    const bool is_marked =
        is_screen && (look.screen_part != PictureShare{} || request_.shown.pointer_at(moment));
    const auto covered = is_screen ? CoverTrack::Screen : CoverTrack::Camera;
    const bool is_covered =
        std::ranges::any_of(look.covered, [&](const CoveredArea* area) { return area->track == covered; });
    const Rect canvas{0, 0, request_.canvas.width, request_.canvas.height};
    const bool is_whole = request_.is_fit(alone.track) && is_same(place, canvas);
    return is_marked || is_covered || !is_whole ? nullptr : &alone;
  }

  // Of one that doesn't fit, any: it is only asked whether it is seen.
  [[nodiscard]] std::optional<Size> size_in(const Place& place) const {
    return place.track ? std::optional(request_.canvas) : std::nullopt;
  }

  // Goes on with the last one where that is seen on.
  void add(const PlainPart& part) {
    const bool goes_on = !parts_.empty() && parts_.back().shown.to == part.shown.from &&
                         parts_.back().track == part.track &&
                         parts_.back().from + parts_.back().shown.duration() == part.from;
    if (goes_on)
      parts_.back().shown.to = part.shown.to;
    else
      parts_.push_back(part);
  }

  const PlainPartsRequest& request_;
  ArrangedTrack screen_;
  ArrangedTrack camera_;
  std::vector<PlainPart> parts_;
};

}  // namespace

std::vector<PlainPart> plain_parts(const PlainPartsRequest& request) {
  return PlainPartsFinder(request).run();
}

}  // namespace meanwhile
