#include "media/base/arrangement_trim.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/arrangement_edits.h"
#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/base/trim.h"

namespace meanwhile {
namespace {

// From the timeline of the whole recording to that of what is left. What is joined lies behind the end,
// before and after.
class TrimShift {
 public:
  TrimShift(MediaTime duration, const KeptRange& kept) : duration_(duration), kept_(kept) {}

  // What was recorded outside of what is kept: at its nearer end.
  [[nodiscard]] MediaTime moment(MediaTime at) const {
    if (at >= duration_) return at - duration_ + kept_.duration();
    return std::clamp(at, kept_.from, kept_.to) - kept_.from;
  }
  [[nodiscard]] TimeRange range(const TimeRange& range) const {
    return {moment(range.from), moment(range.to)};
  }

  // What is left of them, in their order. A part may go on from the recording to what is joined to it.
  [[nodiscard]] std::vector<TimeRange> parts(const std::vector<TimeRange>& parts) const {
    std::vector<TimeRange> left;
    for (const TimeRange& part : parts) {
      add(left, {part.from, std::min(part.to, duration_)});
      add(left, {std::max(part.from, duration_), part.to});
    }
    return left;
  }

 private:
  void add(std::vector<TimeRange>& left, const TimeRange& part) const {
    if (part.to <= part.from) return;
    const TimeRange shifted = range(part);
    if (shifted.duration() >= kShortestPart) left.push_back(shifted);
  }

  const MediaTime duration_;
  const KeptRange kept_;
};

// Of those that come to lie at one moment the last one holds, without a way to get there.
std::vector<TimedLayout> layouts_within(const std::vector<TimedLayout>& layouts, const TrimShift& shift) {
  std::vector<TimedLayout> left;
  for (TimedLayout timed : layouts) {
    timed.at = shift.moment(timed.at);
    if (!left.empty() && left.back().at == timed.at) {
      left.pop_back();
      timed.transition = {};
    }
    if (timed.at == MediaTime{}) timed.transition = {};
    left.push_back(timed);
  }
  return left;
}

template <typename Ranged>
std::vector<Ranged> ranges_within(std::vector<Ranged> all, const TrimShift& shift) {
  for (Ranged& one : all) one.range = shift.range(one.range);
  std::erase_if(all, [](const Ranged& one) { return one.range.duration() <= MediaTime{}; });
  return all;
}

template <typename Placed>
std::vector<Placed> places_within(std::vector<Placed> all, const TrimShift& shift) {
  for (Placed& one : all) one.place = shift.range(one.place);
  return all;
}

}  // namespace

Result<Arrangement> arrangement_within(const Arrangement& arrangement, MediaTime duration,
                                       const KeptRange& kept) {
  const TrimShift shift(duration, kept);
  Arrangement left{.parts = shift.parts(arrangement.parts),
                   .joined = places_within(arrangement.joined, shift),
                   .cards = places_within(arrangement.cards, shift),
                   .layouts = layouts_within(arrangement.layouts, shift),
                   .zooms = ranges_within(arrangement.zooms, shift),
                   .covered = ranges_within(arrangement.covered, shift),
                   .chapters = {},
                   .speed = arrangement.speed,
                   .poster = {},
                   .uncut_is_shown = arrangement.uncut_is_shown};
  if (left.parts.empty() && !arrangement.parts.empty())
    return fail(ErrorCode::InvalidArgument,
                tr("Between its start and end nothing is shown of the draft: all of that is cut out."));
  if (left.parts == std::vector<TimeRange>{{MediaTime{}, kept.duration()}}) left.parts.clear();
  if (arrangement.poster && *arrangement.poster >= kept.from && *arrangement.poster < kept.to)
    left.poster = *arrangement.poster - kept.from;
  if (arrangement.chapters) left.chapters = chapters_in(*arrangement.chapters, kept);
  left = tidied(std::move(left));
  MEANWHILE_TRY(check_arrangement(left, kept.duration()));
  return left;
}

}  // namespace meanwhile
