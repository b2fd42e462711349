#include "app/library/index_rows.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/merge.h"
#include "app/library/replacing.h"
#include "app/library/sqlite.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

namespace {

// A guest under the id of a device or a person is none.
constexpr const char* kEventsAbout = R"sql(
SELECT device, n, variant, person, sort, created, json, '' FROM events WHERE subject = ?1
UNION ALL
SELECT guest, n, variant, guest, sort, created, json, clip FROM guest_words w WHERE subject = ?1
  AND NOT EXISTS(SELECT 1 FROM devices d WHERE d.device = w.guest)
  AND NOT EXISTS(SELECT 1 FROM devices d WHERE d.person = w.guest)
)sql";

constexpr MediaTime kNoDuration{-1};

std::optional<MediaTime> duration_from(std::int64_t us) {
  return us >= 0 ? std::optional(MediaTime(us)) : std::nullopt;
}

}  // namespace

Result<Events> load_events(SqliteFile& file, const std::string& subject) {
  Events events;
  auto query = file.query(kEventsAbout);
  MEANWHILE_TRY(query.bind(subject).each([&](SqliteQuery& row) {
    const auto json = parse_json(row.text(6));
    auto body = json ? parse_event(*json) : fail(ErrorCode::Corrupt, "");
    if (!body) return;  // only after damage: what has a subject was understood once
    events.push_back({{row.text(0), row.integer(1)},
                      row.integer(2),
                      row.text(3),
                      row.integer(4),
                      wall_time(row.integer(5)),
                      std::move(*body),
                      read_replaced(*json),
                      row.text(7)});
  }));
  std::ranges::sort(events, [](const LoggedEvent& a, const LoggedEvent& b) { return compare(a, b) < 0; });
  return events;
}

std::string ranges_text(const std::vector<MomentRange>& ranges) {
  Json list = Json::array();
  for (const MomentRange& range : ranges) list.push_back(Json::array({range.from.count(), range.to.count()}));
  return to_text(list);
}

std::vector<MomentRange> ranges_from_text(const std::string& text) {
  std::vector<MomentRange> ranges;
  const auto list = parse_json(text);
  if (!list) return ranges;
  for (const Json& pair : *list) {
    ranges.push_back({MediaTime(pair[0].get<std::int64_t>()), MediaTime(pair[1].get<std::int64_t>())});
  }
  return ranges;
}

std::string tracks_text(const std::vector<PublishedTrack>& tracks) {
  Json list = Json::array();
  for (const PublishedTrack& track : tracks)
    list.push_back(Json::array({track.name, track.width, track.height}));
  return to_text(list);
}

std::vector<PublishedTrack> tracks_from_text(const std::string& text) {
  std::vector<PublishedTrack> tracks;
  const auto list = parse_json(text);
  if (!list) return tracks;
  for (const Json& track : *list) {
    tracks.push_back({track[0].get<std::string>(), track[1].get<int>(), track[2].get<int>()});
  }
  return tracks;
}

std::string additions_text(const std::vector<Addition>& additions) {
  if (additions.empty()) return {};
  Json list = Json::array();
  for (const Addition& addition : additions)
    list.push_back(Json::array({addition_kind_name(addition.kind), addition.language, addition.object.name,
                                addition.object.bytes, addition.object.sha256, addition.person,
                                to_milliseconds(addition.said), addition.is_suggestion,
                                addition.duration.value_or(kNoDuration).count(), addition.version}));
  return to_text(list);
}

std::vector<Addition> additions_from_text(const std::string& text) {
  std::vector<Addition> additions;
  if (text.empty()) return additions;
  const auto list = parse_json(text);
  if (!list) return additions;
  for (const Json& row : *list) {
    const auto kind = parse_addition_kind(row[0].get<std::string>());
    if (!kind) continue;
    additions.push_back({.kind = *kind,
                         .language = row[1].get<std::string>(),
                         .object = {.name = row[2].get<std::string>(),
                                    .bytes = row[3].get<std::uint64_t>(),
                                    .sha256 = row[4].get<std::string>()},
                         .duration = duration_from(row[8].get<std::int64_t>()),
                         .person = row[5].get<std::string>(),
                         .said = wall_time(row[6].get<std::int64_t>()),
                         .is_suggestion = row[7].get<bool>(),
                         .version = row[9].get<int>()});
  }
  return additions;
}

}  // namespace meanwhile
