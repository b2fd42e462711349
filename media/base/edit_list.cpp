#include "media/base/edit_list.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

std::vector<TimeRange> joined_where_they_touch(const std::vector<TimeRange>& parts) {
  std::vector<TimeRange> joined;
  for (const TimeRange& part : parts) {
    if (!joined.empty() && joined.back().to == part.from) {
      joined.back().to = part.to;
    } else {
      joined.push_back(part);
    }
  }
  return joined;
}

std::vector<std::size_t> places_by_time(const std::vector<TimeRange>& parts) {
  std::vector<std::size_t> places(parts.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::ranges::sort(places, {}, [&](std::size_t place) { return parts[place].from; });
  return places;
}

Result<void> check_part(const TimeRange& part) {
  if (part.from < MediaTime{})
    return fail(ErrorCode::InvalidArgument, tr("A part can't begin before the recording does."));
  if (part.to - part.from < kShortestPart)
    return fail(ErrorCode::InvalidArgument,
                tr_format("The part at {} is too short: a part must last 0.04 s at least.",
                          format_exact_moment(part.from)));
  return {};
}

}  // namespace

EditList::EditList(std::vector<TimeRange> parts)
    : parts_(std::move(parts)), by_time_(places_by_time(parts_)) {
  for (const TimeRange& part : parts_) {
    starts_.push_back(duration_);
    duration_ += part.duration();
  }
}

Result<EditList> EditList::create(std::vector<TimeRange> parts) {
  if (parts.empty()) return fail(ErrorCode::InvalidArgument, tr("Nothing of the update would be left."));
  for (const TimeRange& part : parts) MEANWHILE_TRY(check_part(part));
  EditList list(joined_where_they_touch(parts));
  if (list.parts_.size() > kMostParts)
    return fail(ErrorCode::InvalidArgument, tr_count(kMostParts, "An update can have one part at most.",
                                                     "An update can have {} parts at most.", kMostParts));
  for (std::size_t i = 1; i < list.by_time_.size(); ++i) {
    const TimeRange& part = list.parts_[list.by_time_[i]];
    if (part.from < list.parts_[list.by_time_[i - 1]].to)
      return fail(
          ErrorCode::InvalidArgument,
          tr_format("The moment {} is in two parts: it can be shown once.", format_exact_moment(part.from)));
  }
  return list;
}

EditList EditList::whole(MediaTime duration) {
  return EditList({{MediaTime{}, std::max(duration, kShortestPart)}});
}

Result<EditList> EditList::without(MediaTime duration, const std::vector<TimeRange>& cuts) {
  std::vector<TimeRange> sorted = cuts;
  std::ranges::sort(sorted, {}, &TimeRange::from);
  std::vector<TimeRange> parts;
  MediaTime kept_from{};
  const auto keep_until = [&](MediaTime to) {
    if (to - kept_from >= kShortestPart) parts.push_back({kept_from, to});
  };
  for (const TimeRange& cut : sorted) {
    if (cut.to <= cut.from) continue;
    keep_until(std::min(cut.from, duration));
    kept_from = std::max(kept_from, cut.to);
  }
  keep_until(duration);
  return create(std::move(parts));
}

std::size_t EditList::part_at(MediaTime edited) const {
  const auto after = std::ranges::upper_bound(starts_, edited);
  if (after == starts_.begin()) return 0;
  return static_cast<std::size_t>(std::prev(after) - starts_.begin());
}

MediaTime EditList::recorded(MediaTime edited) const {
  const std::size_t place = part_at(edited);
  return std::clamp(parts_[place].from + (edited - starts_[place]), parts_[place].from, parts_[place].to);
}

std::optional<MediaTime> EditList::edited(MediaTime recorded) const {
  const auto after =
      std::ranges::upper_bound(by_time_, recorded, {}, [&](std::size_t place) { return parts_[place].from; });
  if (after == by_time_.begin()) return std::nullopt;
  const std::size_t place = *std::prev(after);
  if (recorded >= parts_[place].to) return std::nullopt;
  return starts_[place] + (recorded - parts_[place].from);
}

MediaTime EditList::edited_near(MediaTime recorded) const {
  if (const auto exact = edited(recorded)) return *exact;
  const auto after =
      std::ranges::upper_bound(by_time_, recorded, {}, [&](std::size_t place) { return parts_[place].from; });
  return after == by_time_.end() ? duration_ : starts_[*after];
}

std::vector<TimeRange> EditList::edited_ranges(const TimeRange& recorded) const {
  std::vector<TimeRange> ranges;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const MediaTime from = std::max(recorded.from, parts_[i].from);
    const MediaTime to = std::min(recorded.to, parts_[i].to);
    if (from < to)
      ranges.push_back({starts_[i] + (from - parts_[i].from), starts_[i] + (to - parts_[i].from)});
  }
  return ranges;
}

std::vector<TimeRange> EditList::cuts(MediaTime end) const {
  std::vector<TimeRange> cuts;
  MediaTime shown_until{};
  for (const std::size_t place : by_time_) {
    const MediaTime from = std::min(parts_[place].from, end);
    if (shown_until < from) cuts.push_back({shown_until, from});
    shown_until = parts_[place].to;
  }
  if (shown_until < end) cuts.push_back({shown_until, end});
  return cuts;
}

}  // namespace meanwhile
