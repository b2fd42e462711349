#include "media/base/arrangement_edits.h"

#include <algorithm>
#include <cstddef>
#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

void add_unless_too_short(std::vector<TimeRange>& parts, const TimeRange& part) {
  if (part.duration() >= kShortestPart) parts.push_back(part);
}

bool overlap(const TimeRange& a, const TimeRange& b) {
  return a.from < b.to && b.from < a.to;
}

bool is_shown(const std::vector<TimeRange>& parts, const TimeRange& place) {
  return std::ranges::any_of(parts, [&](const TimeRange& part) { return overlap(part, place); });
}

// Everything that there is to show.
std::vector<TimeRange> material(const Arrangement& arrangement, MediaTime duration) {
  std::vector<TimeRange> all = {{MediaTime{}, duration}};
  for (const JoinedClip& clip : arrangement.joined) all.push_back(clip.place);
  for (const TitleCard& card : arrangement.cards) all.push_back(card.place);
  return all;
}

// What of `all` is in none of the parts, by time.
std::vector<TimeRange> rest_of(const TimeRange& all, std::vector<TimeRange> parts) {
  std::ranges::sort(parts, {}, &TimeRange::from);
  std::vector<TimeRange> rest;
  MediaTime from = all.from;
  for (const TimeRange& part : parts) {
    if (!overlap(part, all)) continue;
    if (part.from > from) rest.push_back({from, part.from});
    from = std::max(from, part.to);
  }
  if (from < all.to) rest.push_back({from, all.to});
  return rest;
}

// After the part that was recorded last before it.
void insert_by_time(std::vector<TimeRange>& parts, const TimeRange& piece) {
  auto best = parts.end();
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    if (part->to <= piece.from && (best == parts.end() || part->to > best->to)) best = part;
  }
  parts.insert(best == parts.end() ? parts.begin() : best + 1, piece);
}

void insert_at(std::vector<TimeRange>& parts, const TimeRange& piece, MediaTime at) {
  const auto around =
      std::ranges::find_if(parts, [&](const TimeRange& part) { return part.from <= at && at < part.to; });
  if (around == parts.end()) return parts.push_back(piece);
  const TimeRange before{around->from, at};
  const TimeRange after{at, around->to};
  auto place = parts.erase(around);
  place = parts.insert(place, after);
  place = parts.insert(place, piece);
  if (before.duration() > MediaTime{}) parts.insert(place, before);
  std::erase_if(parts, [](const TimeRange& part) { return part.duration() < kShortestPart; });
}

Result<Arrangement> checked(Arrangement arrangement, MediaTime duration) {
  MEANWHILE_TRY(check_arrangement(arrangement, duration));
  return arrangement;
}

}  // namespace

std::vector<TimeRange> shown_parts(const Arrangement& arrangement, MediaTime duration) {
  if (!arrangement.parts.empty()) return arrangement.parts;
  return {{MediaTime{}, duration}};
}

Result<Arrangement> with_cut(Arrangement arrangement, MediaTime duration, const TimeRange& range) {
  std::vector<TimeRange> left;
  const auto parts = shown_parts(arrangement, duration);
  if (!is_shown(parts, range))
    return fail(ErrorCode::InvalidArgument,
                tr_format("From {} to {} nothing is shown.", format_exact_moment(range.from),
                          format_exact_moment(range.to)));
  for (const TimeRange& part : parts) {
    if (!overlap(part, range)) {
      left.push_back(part);
      continue;
    }
    add_unless_too_short(left, {part.from, std::min(part.to, range.from)});
    add_unless_too_short(left, {std::max(part.from, range.to), part.to});
  }
  if (left.empty()) return fail(ErrorCode::InvalidArgument, tr("Nothing of the update would be left."));
  arrangement.parts = std::move(left);
  return checked(tidied(std::move(arrangement)), duration);
}

Result<Arrangement> with_restored(Arrangement arrangement, MediaTime duration, const TimeRange& range) {
  auto parts = shown_parts(arrangement, duration);
  bool has_any = false;
  for (const TimeRange& whole : material(arrangement, duration)) {
    if (!overlap(whole, range)) continue;
    const TimeRange wanted{std::max(range.from, whole.from), std::min(range.to, whole.to)};
    for (const TimeRange& piece : rest_of(wanted, parts)) {
      if (piece.duration() < kShortestPart) continue;
      insert_by_time(parts, piece);
      has_any = true;
    }
  }
  if (!has_any)
    return fail(ErrorCode::InvalidArgument,
                tr_format("From {} to {} nothing is cut.", format_exact_moment(range.from),
                          format_exact_moment(range.to)));
  const auto edits = EditList::create(std::move(parts));
  if (!edits) return std::unexpected(edits.error());
  arrangement.parts = edits->parts();
  if (arrangement.parts == shown_parts({}, duration)) arrangement.parts.clear();
  return checked(std::move(arrangement), duration);
}

Result<Arrangement> with_joined(Arrangement arrangement, MediaTime duration, const std::string& clip,
                                MediaTime clip_duration, MediaTime at) {
  if (arrangement.joined.size() >= kMostJoined)
    return fail(ErrorCode::InvalidArgument,
                tr_count(kMostJoined, "One recording can be joined to an update at most.",
                         "{} recordings can be joined to an update at most.", kMostJoined));
  const MediaTime from = free_place(arrangement, duration);
  const TimeRange place{from, from + clip_duration};
  auto parts = shown_parts(arrangement, duration);
  insert_at(parts, place, at);
  arrangement.parts = std::move(parts);
  arrangement.joined.push_back({clip, place});
  return checked(std::move(arrangement), duration);
}

Result<Arrangement> with_card(Arrangement arrangement, MediaTime duration, const std::string& title,
                              const std::string& text, MediaTime card_duration, MediaTime at) {
  if (arrangement.cards.size() >= kMostJoined)
    return fail(ErrorCode::InvalidArgument,
                tr_count(kMostJoined, "An update can have one title card at most.",
                         "An update can have {} title cards at most.", kMostJoined));
  const MediaTime from = free_place(arrangement, duration);
  const TimeRange place{from, from + card_duration};
  auto parts = shown_parts(arrangement, duration);
  insert_at(parts, place, at);
  arrangement.parts = std::move(parts);
  arrangement.cards.push_back({place, title, text});
  return checked(std::move(arrangement), duration);
}

Result<Arrangement> with_moved(Arrangement arrangement, MediaTime duration, std::size_t from,
                               std::size_t to) {
  auto parts = shown_parts(arrangement, duration);
  if (from >= parts.size() || to >= parts.size())
    return fail(ErrorCode::InvalidArgument,
                tr_count(parts.size(), "There is only {} part.", "There are only {} parts.", parts.size()));
  const TimeRange part = parts[from];
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(from));
  parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(to), part);
  arrangement.parts = std::move(parts);
  return checked(std::move(arrangement), duration);
}

Arrangement tidied(Arrangement arrangement) {
  if (arrangement.parts.empty()) return arrangement;
  std::erase_if(arrangement.joined,
                [&](const JoinedClip& clip) { return !is_shown(arrangement.parts, clip.place); });
  std::erase_if(arrangement.cards,
                [&](const TitleCard& card) { return !is_shown(arrangement.parts, card.place); });
  if (arrangement.poster &&
      !is_shown(arrangement.parts, {*arrangement.poster, *arrangement.poster + MediaTime(1)}))
    arrangement.poster.reset();
  return arrangement;
}

}  // namespace meanwhile
