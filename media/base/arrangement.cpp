#include "media/base/arrangement.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// What is behind the end begins at a whole second, and a second apart: people read these numbers.
constexpr MediaTime kPlaceGrid = std::chrono::seconds(1);

std::vector<TimeRange> places_behind(const Arrangement& arrangement) {
  std::vector<TimeRange> places;
  for (const JoinedClip& clip : arrangement.joined) places.push_back(clip.place);
  for (const TitleCard& card : arrangement.cards) places.push_back(card.place);
  std::ranges::sort(places, {}, &TimeRange::from);
  return places;
}

std::unexpected<Error> wrong(std::string message) {
  return fail(ErrorCode::InvalidArgument, std::move(message));
}

Result<void> check_places(const Arrangement& arrangement, MediaTime duration) {
  MediaTime taken_until = duration;
  for (const TimeRange& place : places_behind(arrangement)) {
    if (place.from < taken_until)
      return wrong(tr_format(
          "What is joined must lie behind the update's end, apart from each other: {} is taken already.",
          format_exact_moment(place.from)));
    taken_until = place.to;
  }
  for (const TitleCard& card : arrangement.cards) {
    if (card.place.duration() > kLongestCard) return wrong(tr("A title card lasts a minute at most."));
    if (card.title.empty()) return wrong(tr("A title card needs a title."));
  }
  return {};
}

bool lies_in(const TimeRange& part, const TimeRange& place) {
  return place.from <= part.from && part.to <= place.to;
}

Result<void> check_parts(const Arrangement& arrangement, MediaTime duration) {
  std::vector<TimeRange> places = places_behind(arrangement);
  places.push_back({MediaTime{}, duration});
  for (const TimeRange& part : arrangement.parts) {
    if (std::ranges::none_of(places, [&](const TimeRange& place) { return lies_in(part, place); }))
      return wrong(tr_format("Nothing was recorded from {} to {}.", format_exact_moment(part.from),
                             format_exact_moment(part.to)));
  }
  return {};
}

Result<void> check_zooms(const std::vector<ScreenZoom>& zooms) {
  for (std::size_t i = 1; i < zooms.size(); ++i) {
    if (zooms[i].range.from < zooms[i - 1].range.to)
      return wrong(tr_format("Two zooms meet at {}.", format_exact_moment(zooms[i].range.from)));
  }
  return {};
}

Result<void> check_covered(const std::vector<CoveredArea>& covered) {
  for (const CoveredArea& area : covered) {
    if (area.width <= 0 || area.height <= 0)
      return wrong(
          tr_format("The area that is covered at {} is empty.", format_exact_moment(area.range.from)));
  }
  return {};
}

Result<void> check_poster(const Arrangement& arrangement, const EditList& edits, MediaTime duration) {
  if (!arrangement.poster || (*arrangement.poster < duration && edits.edited(*arrangement.poster))) return {};
  return wrong(tr_format("The picture at {} can't be the update's picture in lists: that part isn't shown.",
                         format_exact_moment(*arrangement.poster)));
}

}  // namespace

std::optional<MediaTime> poster_moment(const Arrangement& arrangement, MediaTime duration) {
  if (arrangement.poster) return arrangement.poster;
  if (arrangement.parts.empty() && arrangement.covered.empty()) return std::nullopt;
  // Cards and what is joined lie behind the end.
  for (const TimeRange& part : arrangement.parts)
    if (part.from < duration) return part.from;
  return arrangement.parts.empty() ? std::optional(MediaTime{}) : std::nullopt;
}

MediaTime free_place(const Arrangement& arrangement, MediaTime duration) {
  const auto places = places_behind(arrangement);
  const MediaTime end = places.empty() ? duration : std::max(duration, places.back().to);
  return (end / kPlaceGrid + 1) * kPlaceGrid;
}

Result<EditList> edits_of(const Arrangement& arrangement, MediaTime duration) {
  if (arrangement.parts.empty()) return EditList::whole(duration);
  MEANWHILE_TRY(check_places(arrangement, duration));
  MEANWHILE_TRY(check_parts(arrangement, duration));
  return EditList::create(arrangement.parts);
}

Result<void> check_arrangement(const Arrangement& arrangement, MediaTime duration) {
  MEANWHILE_TRY(check_places(arrangement, duration));
  MEANWHILE_TRY(check_zooms(arrangement.zooms));
  MEANWHILE_TRY(check_covered(arrangement.covered));
  const auto edits = edits_of(arrangement, duration);
  if (!edits) return std::unexpected(edits.error());
  return check_poster(arrangement, *edits, duration);
}

}  // namespace meanwhile
