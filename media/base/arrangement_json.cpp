#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::int64_t kArrangementFormat = 1;
// A hundred hours: what is longer wasn't recorded by us.
constexpr std::int64_t kLastPlaceUs = 360'000'000'000;
constexpr std::array<std::string_view, 2> kCoverTracks = {"screen", "camera"};
constexpr std::array<std::string_view, 2> kCoverKinds = {"blur", "solid"};

std::unexpected<Error> nonsense(const std::string& where, std::string_view what) {
  // TRANSLATORS: {0} is a member of a JSON file, {1} a sentence on what is wrong there.
  return fail(ErrorCode::Corrupt, tr_format("In \"{}\": {}", where, what));
}

bool is_place(std::int64_t us) {
  return us >= 0 && us <= kLastPlaceUs;
}

Result<MediaTime> moment_member(const Json& object, std::string_view name, const std::string& where) {
  const auto us = integer_member(object, name);
  if (!us || !is_place(*us))
    return nonsense(where, tr_format("\"{}\" must be microseconds from 0 to 100 hours.", name));
  return MediaTime(*us);
}

Result<TimeRange> range_members(const Json& object, const std::string& where) {
  const auto from = moment_member(object, "from_us", where);
  if (!from) return std::unexpected(from.error());
  const auto to = moment_member(object, "to_us", where);
  if (!to) return std::unexpected(to.error());
  if (*to <= *from) return nonsense(where, tr("\"to_us\" must be after \"from_us\"."));
  return TimeRange{*from, *to};
}

Result<double> number_member(const Json& object, std::string_view name, double least, double most,
                             const std::string& where) {
  const auto found = object.find(name);
  const bool is_number = found != object.end() && found->is_number();
  const double value = is_number ? found->get<double>() : std::nan("");
  if (!(value >= least && value <= most))
    return nonsense(where, tr_format("\"{}\" must be a number from {} to {}.", name, Json(least).dump(),
                                     Json(most).dump()));
  return value;
}

Result<double> share_member(const Json& object, std::string_view name, const std::string& where) {
  return number_member(object, name, 0, 1, where);
}

std::string line_member(const Json& object, std::string_view name) {
  return shorten(display_line(string_member(object, name).value_or("")), kLongestCardText - 1);
}

Result<TimeRange> read_part(const Json& entry, const std::string& where) {
  return range_members(entry, where);
}

Result<JoinedClip> read_joined(const Json& entry, const std::string& where) {
  const auto clip = string_member(entry, "clip");
  if (!clip || !is_clip_id(*clip)) return nonsense(where, tr("\"clip\" must be an update's id."));
  const auto place = range_members(entry, where);
  if (!place) return std::unexpected(place.error());
  return JoinedClip{*clip, *place};
}

Result<TitleCard> read_card(const Json& entry, const std::string& where) {
  const auto place = range_members(entry, where);
  if (!place) return std::unexpected(place.error());
  return TitleCard{*place, line_member(entry, "title"), line_member(entry, "text")};
}

Result<std::optional<BubblePlace>> read_bubble(const Json& entry, const std::string& where) {
  const Json* bubble = object_member(entry, "bubble");
  if (!bubble) return std::nullopt;
  const auto x = share_member(*bubble, "x", where);
  if (!x) return std::unexpected(x.error());
  const auto y = share_member(*bubble, "y", where);
  if (!y) return std::unexpected(y.error());
  const auto size = number_member(*bubble, "size", 0.05, 1, where);
  if (!size) return std::unexpected(size.error());
  return BubblePlace{*x, *y, *size};
}

Result<TimedLayout> read_layout(const Json& entry, const std::string& where) {
  const auto at = moment_member(entry, "at_us", where);
  if (!at) return std::unexpected(at.error());
  const auto layout = parse_layout(string_member(entry, "layout").value_or(""));
  if (!layout) return nonsense(where, tr("\"layout\" must be side-by-side, screen, camera or bubble."));
  auto bubble = read_bubble(entry, where);
  if (!bubble) return std::unexpected(bubble.error());
  const std::int64_t transition = integer_member(entry, "transition_us").value_or(0);
  if (transition < 0 || transition > kLongestTransition.count())
    return nonsense(where, tr("\"transition_us\" must be from 0 to 600000."));
  return TimedLayout{*at, *layout, *bubble, MediaTime(transition)};
}

Result<ScreenZoom> read_zoom(const Json& entry, const std::string& where) {
  const auto range = range_members(entry, where);
  if (!range) return std::unexpected(range.error());
  const auto x = share_member(entry, "x", where);
  if (!x) return std::unexpected(x.error());
  const auto y = share_member(entry, "y", where);
  if (!y) return std::unexpected(y.error());
  const auto scale = number_member(entry, "scale", 1, kStrongestZoom, where);
  if (!scale) return std::unexpected(scale.error());
  return ScreenZoom{*range, *x, *y, *scale};
}

Result<std::size_t> choice_member(const Json& entry, std::string_view name,
                                  const std::array<std::string_view, 2>& choices, const std::string& where) {
  const std::string value = string_member(entry, name).value_or(std::string(choices.front()));
  const auto found = std::ranges::find(choices, value);
  if (found == choices.end())
    return nonsense(where, tr_format("\"{}\" must be {} or {}.", name, choices[0], choices[1]));
  return static_cast<std::size_t>(found - choices.begin());
}

Result<CoveredArea> read_covered(const Json& entry, const std::string& where) {
  const auto range = range_members(entry, where);
  if (!range) return std::unexpected(range.error());
  const auto track = choice_member(entry, "track", kCoverTracks, where);
  if (!track) return std::unexpected(track.error());
  const auto kind = choice_member(entry, "kind", kCoverKinds, where);
  if (!kind) return std::unexpected(kind.error());
  CoveredArea area{*range, static_cast<CoverTrack>(*track), static_cast<CoverKind>(*kind)};
  for (auto [name, share] : {std::pair("x", &area.x), std::pair("y", &area.y),
                             std::pair("width", &area.width), std::pair("height", &area.height)}) {
    const auto value = share_member(entry, name, where);
    if (!value) return std::unexpected(value.error());
    *share = *value;
  }
  return area;
}

template <typename T, typename Read>
Result<std::vector<T>> read_list(const Json& json, const std::string& name, std::size_t most, Read read) {
  std::vector<T> list;
  const auto found = json.find(name);
  if (found == json.end()) return list;
  if (!found->is_array() || found->size() > most)
    return nonsense(name, tr_format("it must be a list of {} at most.", most));
  for (std::size_t i = 0; i < found->size(); ++i) {
    auto entry = read((*found)[i], name + " " + std::to_string(i + 1));
    if (!entry) return std::unexpected(entry.error());
    list.push_back(std::move(*entry));
  }
  return list;
}

// list = what is under that name.
template <typename T, typename Read>
Result<void> take_list(const Json& json, const char* name, std::size_t most, Read read,
                       std::vector<T>& list) {
  auto taken = read_list<T>(json, name, most, read);
  if (!taken) return std::unexpected(taken.error());
  list = std::move(*taken);
  return {};
}

Result<void> read_lists(const Json& json, Arrangement& arrangement) {
  MEANWHILE_TRY(take_list(json, "parts", kMostParts, read_part, arrangement.parts));
  MEANWHILE_TRY(take_list(json, "joined", kMostJoined, read_joined, arrangement.joined));
  MEANWHILE_TRY(take_list(json, "cards", kMostJoined, read_card, arrangement.cards));
  MEANWHILE_TRY(take_list(json, "layouts", kMostTimedThings, read_layout, arrangement.layouts));
  MEANWHILE_TRY(take_list(json, "zooms", kMostTimedThings, read_zoom, arrangement.zooms));
  MEANWHILE_TRY(take_list(json, "covered", kMostTimedThings, read_covered, arrangement.covered));
  std::ranges::stable_sort(arrangement.joined, {}, [](const JoinedClip& clip) { return clip.place.from; });
  std::ranges::stable_sort(arrangement.cards, {}, [](const TitleCard& card) { return card.place.from; });
  std::ranges::stable_sort(arrangement.layouts, {}, &TimedLayout::at);
  std::ranges::stable_sort(arrangement.zooms, {}, [](const ScreenZoom& zoom) { return zoom.range.from; });
  std::ranges::stable_sort(arrangement.covered, {}, [](const CoveredArea& area) { return area.range.from; });
  return {};
}

Result<void> read_start(const Json& json, Arrangement& arrangement) {
  if (const Json* chapters = array_member(json, "chapters"))
    arrangement.chapters = chapters_from_json(*chapters);
  if (json.contains("poster_us")) {
    const auto poster = moment_member(json, "poster_us", "poster_us");
    if (!poster) return std::unexpected(poster.error());
    arrangement.poster = *poster;
  }
  if (json.contains("speed")) {
    const auto speed = number_member(json, "speed", 0.5, 3, "speed");
    if (!speed) return std::unexpected(speed.error());
    arrangement.speed = *speed;
  }
  arrangement.uncut_is_shown = bool_member(json, "uncut").value_or(false);
  return {};
}

Json json_of(const TimeRange& range) {
  return {{"from_us", range.from.count()}, {"to_us", range.to.count()}};
}

Json json_of(const JoinedClip& joined) {
  Json entry = {{"clip", joined.clip}};
  entry.update(json_of(joined.place));
  return entry;
}

Json json_of(const TitleCard& card) {
  Json entry = json_of(card.place);
  entry["title"] = card.title;
  if (!card.text.empty()) entry["text"] = card.text;
  return entry;
}

Json json_of(const TimedLayout& timed) {
  Json entry = {{"at_us", timed.at.count()}, {"layout", layout_name(timed.layout)}};
  if (timed.bubble)
    entry["bubble"] = {{"x", timed.bubble->x}, {"y", timed.bubble->y}, {"size", timed.bubble->size}};
  if (timed.transition > MediaTime{}) entry["transition_us"] = timed.transition.count();
  return entry;
}

Json json_of(const ScreenZoom& zoom) {
  Json entry = json_of(zoom.range);
  entry.update({{"x", zoom.x}, {"y", zoom.y}, {"scale", zoom.scale}});
  return entry;
}

Json json_of(const CoveredArea& area) {
  Json entry = json_of(area.range);
  entry.update({{"track", kCoverTracks[static_cast<std::size_t>(area.track)]},
                {"kind", kCoverKinds[static_cast<std::size_t>(area.kind)]},
                {"x", area.x},
                {"y", area.y},
                {"width", area.width},
                {"height", area.height}});
  return entry;
}

template <typename T>
void write_list(Json& json, const char* name, const std::vector<T>& list) {
  if (list.empty()) return;
  Json& written = json[name] = Json::array();
  for (const T& entry : list) written.push_back(json_of(entry));
}

}  // namespace

Result<Arrangement> parse_arrangement(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return std::unexpected(json.error());
  if (!json->is_object()) return fail(ErrorCode::Corrupt, tr("An arrangement must be a JSON object."));
  if (integer_member(*json, "format").value_or(kArrangementFormat) > kArrangementFormat)
    return fail(ErrorCode::Unsupported, tr("It was made by a newer version of Meanwhile."));
  Arrangement arrangement;
  MEANWHILE_TRY(read_lists(*json, arrangement));
  MEANWHILE_TRY(read_start(*json, arrangement));
  return arrangement;
}

std::string to_text(const Arrangement& arrangement) {
  Json json = {{"format", kArrangementFormat}};
  write_list(json, "parts", arrangement.parts);
  write_list(json, "joined", arrangement.joined);
  write_list(json, "cards", arrangement.cards);
  write_list(json, "layouts", arrangement.layouts);
  write_list(json, "zooms", arrangement.zooms);
  write_list(json, "covered", arrangement.covered);
  if (arrangement.chapters) json["chapters"] = json_of(*arrangement.chapters);
  if (arrangement.poster) json["poster_us"] = arrangement.poster->count();
  if (arrangement.speed) json["speed"] = *arrangement.speed;
  if (arrangement.uncut_is_shown) json["uncut"] = true;
  return to_text(json, 1);
}

}  // namespace meanwhile
