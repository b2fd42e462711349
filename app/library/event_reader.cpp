#include "app/library/event_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

const Json kNoElements = Json::array();

// "<device>.<n>#<which>", with room.
constexpr std::size_t kLongestCommentId = 80;

// The form of an IANA name; whether this machine knows the zone is another matter.
bool looks_like_zone(std::string_view text) {
  return text.size() <= 64 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                  c == '+' || c == '-' || c == '/';
         });
}

}  // namespace

void EventReader::require(bool condition, std::string_view field,
                          fmt::format_string<std::string_view&> problem) {
  if (!condition && problem_.empty()) problem_ = tr_format(problem, field);
}

void EventReader::refuse(std::string problem) {
  if (problem_.empty()) problem_ = std::move(problem);
}

bool EventReader::has(std::string_view field) const {
  return json_.is_object() && json_.contains(std::string(field));
}

std::string EventReader::string(std::string_view field) {
  auto value = string_member(json_, field);
  require(has(field), field, tr_later("'{}' is missing"));
  require(value.has_value(), field, tr_later("'{}' is not a text"));
  return std::move(value).value_or("");
}

std::string EventReader::text(std::string_view field, std::size_t longest, Blank blank) {
  std::string value = string(field);
  // A character is at most 4 bytes: what is far too long is not looked at.
  const bool is_short = value.size() <= longest * 4 && count_characters(value) <= longest;
  if (!is_short) {
    refuse(tr_count(longest, "'{}' is longer than {} character", "'{}' is longer than {} characters", field,
                    longest));
    return {};
  }
  value = replace_invalid_utf8(value);
  require(blank == Blank::Allowed || !is_blank(value), field, tr_later("'{}' is empty"));
  return value;
}

std::optional<std::string> EventReader::optional_text(std::string_view field, std::size_t longest) {
  if (!has(field)) return std::nullopt;
  return text(field, longest, Blank::Allowed);
}

std::optional<std::string> EventReader::optional_zone(std::string_view field) {
  if (!has(field)) return std::nullopt;
  std::string zone = string(field);
  require(looks_like_zone(zone), field, tr_later("'{}' is not the name of a time zone"));
  return zone;
}

std::optional<std::string> EventReader::optional_hours(std::string_view field) {
  if (!has(field)) return std::nullopt;
  std::string hours = string(field);
  require(hours.empty() || parse_day_hours(hours), field, tr_later("'{}' is not like 09:00-17:00"));
  return hours;
}

std::optional<std::string> EventReader::optional_days(std::string_view field) {
  if (!has(field)) return std::nullopt;
  std::string days = string(field);
  require(parse_work_days(days).has_value(), field, tr_later("'{}' is not like mon,tue,wed"));
  return days;
}

std::optional<std::string> EventReader::optional_away(std::string_view field) {
  if (!has(field)) return std::nullopt;
  std::string away = string(field);
  require(parse_days_off(away).has_value(), field,
          tr_later("'{}' is not like 2026-12-24..2027-01-02,2027-05-01"));
  return away;
}

std::optional<bool> EventReader::optional_flag(std::string_view field) {
  if (!has(field)) return std::nullopt;
  const auto flag = bool_member(json_, field);
  require(flag.has_value(), field, tr_later("'{}' is neither true nor false"));
  return flag;
}

std::int64_t EventReader::integer_or(std::string_view field, std::int64_t fallback, std::int64_t least,
                                     std::int64_t most) {
  if (!has(field)) return fallback;
  const auto value = integer_member(json_, field);
  const bool is_good = value && *value >= least && *value <= most;
  require(is_good, field, tr_later("'{}' is not a number that makes sense"));
  return is_good ? *value : fallback;
}

std::string EventReader::clip(std::string_view field) {
  std::string id = string(field);
  require(is_clip_id(id), field, tr_later("'{}' is not a clip's id"));
  return id;
}

std::string EventReader::clip_or_none(std::string_view field) {
  return has(field) ? clip(field) : std::string();
}

std::vector<std::string> EventReader::people(std::string_view field) {
  std::vector<std::string> ids;
  if (!has(field)) return ids;
  for (const Json& item : array(field, kMostPeople)) {
    const std::string id = item.is_string() ? item.get<std::string>() : std::string();
    require(is_key_id(id), field, tr_later("'{}' has an entry that is no person's id"));
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

Drawing EventReader::drawing(std::string_view field) {
  if (!has(field)) return {};
  auto drawing = drawing_from_json(json_[std::string(field)]);
  if (!drawing) refuse(fmt::format("'{}' {}", field, drawing.error().message));
  return std::move(drawing).value_or(Drawing{});
}

std::string EventReader::channel(std::string_view field) {
  std::string id = string(field);
  require(is_channel_id(id), field, tr_later("'{}' is not a channel's id"));
  return id;
}

std::string EventReader::channel_or_none(std::string_view field) {
  if (!has(field) || string_member(json_, field) == "") return {};
  return channel(field);
}

EventId EventReader::event_id(std::string_view field) {
  const auto id = parse_event_id(string(field));
  require(id.has_value(), field, tr_later("'{}' is not a comment's id"));
  return id.value_or(EventId{});
}

std::vector<EventId> EventReader::event_ids(std::string_view field, std::size_t most) {
  std::vector<EventId> ids;
  if (!has(field)) return ids;
  for (const Json& item : array(field, most)) {
    const auto id = item.is_string() ? parse_event_id(item.get<std::string>()) : std::nullopt;
    require(id.has_value(), field, tr_later("'{}' has an entry that is not a comment's id"));
    if (id) ids.push_back(*id);
  }
  return ids;
}

std::string EventReader::comment_or_none(std::string_view field) {
  if (!has(field)) return {};
  std::string id = string(field);
  require(id.size() <= kLongestCommentId && parse_event_id(id).has_value(), field,
          tr_later("'{}' is not a comment's id"));
  return id;
}

std::string EventReader::sha256(std::string_view field) {
  std::string hash = string(field);
  require(is_sha256_hex(hash), field, tr_later("'{}' is not a SHA-256"));
  return hash;
}

std::string EventReader::time(std::string_view field) {
  std::string time = string(field);
  require(parse_rfc3339(time).has_value(), field, tr_later("'{}' is not an RFC 3339 time"));
  return time;
}

std::optional<WallTime> EventReader::optional_time(std::string_view field) {
  if (!has(field)) return std::nullopt;
  const auto read = parse_rfc3339(time(field));
  return read ? std::optional(*read) : std::nullopt;
}

MediaTime EventReader::checked_moment(std::int64_t microseconds, std::string_view field) {
  require(microseconds >= 0, field, tr_later("'{}' is negative"));
  require(microseconds <= kLongestClip / MediaTime(1), field, tr_later("'{}' is past the end of any clip"));
  return MediaTime(microseconds);
}

MediaTime EventReader::moment(std::string_view field) {
  const auto value = integer_member(json_, field);
  require(has(field), field, tr_later("'{}' is missing"));
  require(value.has_value(), field, tr_later("'{}' is not a whole number"));
  return checked_moment(value.value_or(0), field);
}

std::optional<MediaTime> EventReader::optional_moment(std::string_view field) {
  if (!has(field)) return std::nullopt;
  return moment(field);
}

const Json& EventReader::array(std::string_view field, std::size_t most) {
  const Json* items = array_member(json_, field);
  require(items != nullptr, field, tr_later("'{}' is not a list"));
  if (!items) return kNoElements;
  if (items->size() <= most) return *items;
  refuse(tr_count(most, "'{}' has more than {} entry", "'{}' has more than {} entries", field, most));
  return kNoElements;
}

MomentRange EventReader::range(const Json& pair, std::string_view field) {
  const bool is_pair =
      pair.is_array() && pair.size() == 2 && pair[0].is_number_integer() && pair[1].is_number_integer();
  require(is_pair, field, tr_later("'{}' has an entry that is no [from, to]"));
  if (!is_pair) return {};
  // An unsigned number beyond the signed ones turns negative here, and is refused as such.
  const MomentRange range{checked_moment(pair[0].get<std::int64_t>(), field),
                          checked_moment(pair[1].get<std::int64_t>(), field)};
  require(range.from <= range.to, field, tr_later("'{}' has an entry that ends before it begins"));
  return range;
}

}  // namespace meanwhile
