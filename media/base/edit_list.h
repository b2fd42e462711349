// Which parts of what was recorded are shown, and in which order: between the recorded timeline, to which
// comments are tied, and the edited one, which is watched.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

// Never changed: any thread.
class EditList {
 public:
  // parts: on the recorded timeline, in the order in which they are shown. Those that go on where the one
  // before ends become one. Errors: InvalidArgument (none, one shorter than kShortestPart or before 0, two
  // that share a moment, more than kMostParts): a sentence.
  static Result<EditList> create(std::vector<TimeRange> parts);
  // All of it, as it was recorded.
  static EditList whole(MediaTime duration);
  // Without those ranges, which may be anywhere and overlap. Errors: as create (nothing is left).
  static Result<EditList> without(MediaTime duration, const std::vector<TimeRange>& cuts);

  [[nodiscard]] const std::vector<TimeRange>& parts() const { return parts_; }
  // Where each part begins on the edited timeline.
  [[nodiscard]] const std::vector<MediaTime>& starts() const { return starts_; }
  // Of the edited timeline.
  [[nodiscard]] MediaTime duration() const { return duration_; }

  // The part that is on at that moment of the edited timeline; the first before it, the last after it.
  [[nodiscard]] std::size_t part_at(MediaTime edited) const;
  // At the very end: the last part's end.
  [[nodiscard]] MediaTime recorded(MediaTime edited) const;
  // nullopt: that moment isn't shown.
  [[nodiscard]] std::optional<MediaTime> edited(MediaTime recorded) const;
  // The same; of what isn't shown, where the next part begins that was recorded after it, else the end.
  [[nodiscard]] MediaTime edited_near(MediaTime recorded) const;

  // Where that part of the recorded timeline is shown, in the order in which it is.
  [[nodiscard]] std::vector<TimeRange> edited_ranges(const TimeRange& recorded) const;

  // What isn't shown of [0, end), by time.
  [[nodiscard]] std::vector<TimeRange> cuts(MediaTime end) const;

  bool operator==(const EditList&) const = default;

 private:
  explicit EditList(std::vector<TimeRange> parts);

  std::vector<TimeRange> parts_;
  std::vector<MediaTime> starts_;
  std::vector<std::size_t> by_time_;  // places in parts_, in the order in which they were recorded
  MediaTime duration_{};
};

// A picture at 25 a second: less can't be seen.
constexpr MediaTime kShortestPart{40'000};
constexpr std::size_t kMostParts = 2000;

}  // namespace meanwhile
