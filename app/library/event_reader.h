// Reads the fields of one event that anybody may have written. The first problem is remembered, what can't be
// read is empty, and reading goes on: the reader of a whole event needs no branches.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/drawing.h"
#include "app/library/events.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "upload/event_batch.h"

namespace meanwhile {

class EventReader {
 public:
  enum class Blank { Allowed, Refused };

  // json: must outlive the reader; may be anything.
  explicit EventReader(const Json& json) : json_(json) {}

  const Json& json() const { return json_; }
  bool is_good() const { return problem_.empty(); }
  // "'at_us' is negative".
  const std::string& problem() const { return problem_; }
  // problem: with a place for the field, "'{}' is negative"; from tr_later().
  void require(bool condition, std::string_view field, fmt::format_string<std::string_view&> problem);
  void refuse(std::string problem);

  bool has(std::string_view field) const;
  // Invalid UTF-8 is replaced.
  std::string text(std::string_view field, std::size_t longest, Blank blank);
  std::optional<std::string> optional_text(std::string_view field, std::size_t longest);
  std::optional<std::string> optional_zone(std::string_view field);
  std::optional<std::string> optional_hours(std::string_view field);
  std::optional<std::string> optional_days(std::string_view field);
  std::optional<std::string> optional_away(std::string_view field);
  std::optional<bool> optional_flag(std::string_view field);
  std::int64_t integer_or(std::string_view field, std::int64_t fallback, std::int64_t least,
                          std::int64_t most);
  std::string clip(std::string_view field);
  std::string clip_or_none(std::string_view field);
  // Ids of at most kMostPeople, each once; none if it is missing.
  std::vector<std::string> people(std::string_view field);
  Drawing drawing(std::string_view field);
  std::string channel(std::string_view field);
  std::string channel_or_none(std::string_view field);
  EventId event_id(std::string_view field);
  // None if it is missing.
  std::vector<EventId> event_ids(std::string_view field, std::size_t most);
  // "": the field isn't there. Also one that a fork made: "<id>#2".
  std::string comment_or_none(std::string_view field);
  std::string sha256(std::string_view field);
  std::string time(std::string_view field);
  std::optional<WallTime> optional_time(std::string_view field);
  MediaTime moment(std::string_view field);
  std::optional<MediaTime> optional_moment(std::string_view field);
  // An empty array if it isn't one, or too long.
  const Json& array(std::string_view field, std::size_t most);
  // [from, to] in microseconds.
  MomentRange range(const Json& pair, std::string_view field);

 private:
  std::string string(std::string_view field);
  MediaTime checked_moment(std::int64_t microseconds, std::string_view field);

  const Json& json_;
  std::string problem_;
};

}  // namespace meanwhile
