// The queries of the index about clips, channels and people.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/addition.h"
#include "app/library/clip_places.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/index_rows.h"
#include "app/library/index_tables.h"
#include "app/library/merge.h"
#include "app/library/ranges.h"
#include "app/library/sqlite.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Follows "WITH wanted AS (a SELECT of clips' ids, in their order)". ?1 me.
constexpr const char* kClips = R"sql(
SELECT c.clip, c.title, c.person, p.name, c.device, c.channel, coalesce(ch.name, c.channel), c.duration, c.recorded,
       c.published, c.manifest, c.tracks, w.covered, c.seen, c.comments, c.fresh, c.live, c.answers, c.shelf,
       c.asks, c.morning, c.pauses, c.last_answer, c.last_ask, s.looked - s.alive,
       c.description, c.edited, c.chapters, c.additions, c.recorded_length, c.version
FROM wanted CROSS JOIN clips c ON c.clip = wanted.clip
LEFT JOIN people p ON p.person = c.person
LEFT JOIN channels ch ON ch.channel = c.channel
LEFT JOIN signs s ON s.clip = c.clip
LEFT JOIN watched w ON w.clip = c.clip AND w.person = ?1 AND w.version = c.version
ORDER BY wanted.place
)sql";

constexpr std::array<const char*, 5> kOrders = {"rank, sort DESC, clip DESC", "sort DESC, clip DESC",
                                                "sort, clip", "duration DESC, sort DESC, clip DESC",
                                                "comments DESC, sort DESC, clip DESC"};
constexpr std::array<const char*, 8> kFilters = {"shelf < 3",
                                                 "shelf = 0",
                                                 "shelf = 0 AND NOT seen",
                                                 "shelf = 0 AND rank = 0",
                                                 "shelf = 0 AND rank < 2 AND answers > 0",
                                                 "shelf = 0 AND mine",
                                                 "shelf = 1",
                                                 "shelf = 2"};

constexpr std::array<const char*, 5> kKeys = {"rank, -sort", "0, -sort", "0, sort", "-duration, -sort",
                                              "-comments, -sort"};

// ?2 channel, ?3 limit, ?4 offset.
std::string select_page(const char* columns, const ClipQuery& wanted) {
  return fmt::format("SELECT {} FROM clips WHERE {} AND {} ORDER BY {} LIMIT ?3 OFFSET ?4", columns,
                     wanted.channel ? "channel = ?2" : "?2 IS NULL",
                     kFilters[static_cast<std::size_t>(wanted.filter)],
                     kOrders[static_cast<std::size_t>(wanted.order)]);
}

std::string page_query(const ClipQuery& wanted) {
  return fmt::format("WITH wanted AS MATERIALIZED (SELECT clip, row_number() OVER () AS place FROM ({})) {}",
                     select_page("clip", wanted), kClips);
}

void bind_page(SqliteQuery& query, const std::string& me, const ClipQuery& wanted) {
  query.bind(me)
      .bind(wanted.channel)
      .bind(wanted.limit > 0 ? wanted.limit : -1)
      .bind(std::max(0, wanted.offset));
}

// A recorder without a network sends nothing either: what broke off may go on.
constexpr std::chrono::milliseconds kNoSignFor = std::chrono::minutes(5);
constexpr int kMostLiveClips = 16;

constexpr const char* kOneClip = "WITH wanted(clip, place) AS (SELECT ?2, 1) ";

Clip read_clip(const SqliteQuery& row, const std::string& me) {
  Clip clip;
  clip.id = row.text(0);
  clip.title = row.text(1);
  clip.author = row.text(2);
  clip.author_name = row.text(3);
  clip.author_device = row.text(4);
  clip.channel = row.text(5);
  clip.channel_name = row.text(6);
  clip.duration = MediaTime(row.integer(7));
  clip.recorded = wall_time(row.integer(8));
  clip.published = wall_time(row.integer(9));
  clip.manifest_sha256 = row.text(10);
  clip.tracks = tracks_from_text(row.text(11));
  clip.is_mine = clip.author == me;
  const auto covered = static_cast<double>(row.integer(12));
  // What was watched may have been cut since.
  clip.watched =
      clip.duration.count() > 0 ? std::min(1.0, covered / static_cast<double>(clip.duration.count())) : 0;
  clip.is_watched = row.integer(13) != 0;
  clip.comments = static_cast<int>(row.integer(14));
  clip.new_comments = static_cast<int>(row.integer(15));
  clip.is_live = row.integer(16) != 0;
  clip.answers = static_cast<int>(row.integer(17));
  clip.is_archived = row.integer(18) == static_cast<int>(Shelf::Archive);
  clip.asks = static_cast<int>(row.integer(19));
  clip.in_the_morning = row.integer(20) != 0;
  clip.pauses = MediaTime(row.integer(21));
  clip.last_answer = row.integer(22);
  clip.last_ask = row.integer(23);
  clip.description = row.text(25);
  if (const std::string chapters = row.text(27); !chapters.empty())
    clip.chapters = chapters_from_json(parse_json(chapters).value_or(Json()));
  clip.additions = additions_from_text(row.text(28));
  clip.recorded_duration = MediaTime(row.integer(29));
  clip.version = static_cast<int>(row.integer(30));
  if (!row.is_null(26)) clip.edited = wall_time(row.integer(26));
  clip.is_broken_off = clip.is_live && row.integer(24) > kNoSignFor.count();
  return clip;
}

Result<std::vector<Clip>> read_clips(SqliteQuery& query, const std::string& me) {
  std::vector<Clip> clips;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) { clips.push_back(read_clip(row, me)); }));
  return clips;
}

void add(ClipCounts& counts, const SqliteQuery& row) {
  const auto clips = static_cast<int>(row.integer(4));
  const auto shelf = static_cast<Shelf>(row.integer(0));
  if (shelf == Shelf::Hung) return;
  counts.everything += clips;
  if (shelf == Shelf::Archive) counts.archived += clips;
  if (shelf == Shelf::Held) counts.held += clips;
  if (shelf != Shelf::Inbox) return;
  counts.inbox += clips;
  const auto rank = static_cast<InboxRank>(row.integer(1));
  if (rank == InboxRank::Asked) counts.asked += clips;
  if (rank != InboxRank::Rest) counts.waiting += clips;
  if (rank == InboxRank::New) counts.fresh += clips;
  if (row.integer(3) != 0) counts.mine += clips;
  if (row.integer(2) != 0) return;
  counts.unwatched += clips;
  counts.unwatched_length += MediaTime(row.integer(5));
  counts.unwatched_pauses += MediaTime(row.integer(6));
}

}  // namespace

int ClipCounts::of(ClipFilter filter) const {
  switch (filter) {
    case ClipFilter::Everything:
      return everything;
    case ClipFilter::Inbox:
      return inbox;
    case ClipFilter::Unwatched:
      return unwatched;
    case ClipFilter::Asked:
      return asked;
    case ClipFilter::Answered:
      return answered;
    case ClipFilter::Mine:
      return mine;
    case ClipFilter::Archived:
      return archived;
    case ClipFilter::Held:
      return held;
  }
  return 0;
}

ClipCounts& ClipCounts::operator+=(const ClipCounts& other) {
  everything += other.everything;
  inbox += other.inbox;
  unwatched += other.unwatched;
  asked += other.asked;
  answered += other.answered;
  fresh += other.fresh;
  waiting += other.waiting;
  mine += other.mine;
  archived += other.archived;
  held += other.held;
  unwatched_length += other.unwatched_length;
  unwatched_pauses += other.unwatched_pauses;
  return *this;
}

Result<std::vector<Clip>> Index::clips(const ClipQuery& wanted) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(tables_->kept_sql(page_query(wanted)));
  bind_page(query, tables_->me, wanted);
  return read_clips(query, tables_->me);
}

Result<std::vector<ClipKey>> Index::keys(const ClipQuery& wanted) {
  std::lock_guard lock(tables_->mutex);
  const char* columns = kKeys[static_cast<std::size_t>(wanted.order)];
  auto query = tables_->file->query(tables_->kept_sql(select_page(columns, wanted)));
  bind_page(query, tables_->me, wanted);
  std::vector<ClipKey> keys;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) { keys.push_back({row.integer(0), row.integer(1)}); }));
  return keys;
}

Result<std::vector<Clip>> Index::clips_beginning(std::string_view beginning) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      tables_->kept_sql(std::string("WITH wanted AS MATERIALIZED (SELECT clip, clip AS place FROM clips "
                                    "WHERE clip >= ?2 AND clip < ?2 || '~' AND shelf < 3 ORDER BY clip) ") +
                        kClips));
  query.bind(tables_->me).bind(beginning);
  return read_clips(query, tables_->me);
}

Result<std::vector<Clip>> Index::clips_with_other_manifests() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      tables_->kept_sql(std::string("WITH wanted AS MATERIALIZED (SELECT clip, clip AS place FROM clips "
                                    "WHERE instr(additions, '\"manifest\"') > 0 ORDER BY clip) ") +
                        kClips));
  query.bind(tables_->me);
  auto clips = read_clips(query, tables_->me);
  if (clips) std::erase_if(*clips, [](const Clip& clip) { return manifest_in(clip.additions) == nullptr; });
  return clips;
}

Result<std::vector<Clip>> Index::clips_with_new_captions(int limit) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(tables_->kept_sql(
      std::string(
          "WITH wanted AS MATERIALIZED (SELECT clip, -sort AS place FROM clips n WHERE spoken <> '' AND NOT "
          "EXISTS(SELECT 1 FROM captions_told t WHERE t.clip = n.clip AND t.version = n.spoken) ORDER BY "
          "sort DESC LIMIT ?2) ") +
      kClips));
  query.bind(tables_->me).bind(limit);
  return read_clips(query, tables_->me);
}

Result<Clip> Index::clip(std::string_view id) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(tables_->kept_sql(std::string(kOneClip) + kClips));
  query.bind(tables_->me).bind(id);
  auto clips = read_clips(query, tables_->me);
  if (!clips) return std::unexpected(std::move(clips).error());
  if (clips->empty()) {
    return fail(ErrorCode::NotFound,
                tr_format("there is no clip {} in this library", display_line(shorten(id, 40))));
  }
  return std::move(clips->front());
}

Result<ClipCounts> Index::counts(const std::optional<std::string>& channel) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT shelf, rank, seen, mine, sum(clips), sum(length), sum(pauses) FROM tallies WHERE ?1 IS NULL OR "
      "channel = ?1 "
      "GROUP BY 1, 2, 3, 4");
  ClipCounts counts;
  MEANWHILE_TRY(query.bind(channel).each([&](SqliteQuery& row) { add(counts, row); }));
  // Some of them are asked for, too, which the tallies don't tell. By itself the planner looks at all that
  // wait.
  auto answered = tables_->file->query(tables_->kept_sql(fmt::format(
      "SELECT count(*) FROM clips INDEXED BY clips_answered WHERE {} AND (?1 IS NULL OR channel = ?1)",
      kFilters[static_cast<std::size_t>(ClipFilter::Answered)])));
  auto row = answered.bind(channel).step();
  if (!row) return std::unexpected(std::move(row).error());
  counts.answered = static_cast<int>(answered.integer(0));
  return counts;
}

Result<ClipSum> Index::unwatched_since(WallTime time) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT count(*), coalesce(sum(duration), 0), coalesce(sum(pauses), 0) FROM clips WHERE shelf = 0 AND "
      "NOT seen AND (sort > ?1 OR clip IN (SELECT clip FROM released WHERE at > ?1))");
  auto row = query.bind(to_milliseconds(time)).step();
  if (!row) return std::unexpected(std::move(row).error());
  return ClipSum{static_cast<int>(query.integer(0)), MediaTime(query.integer(1)),
                 MediaTime(query.integer(2))};
}

Result<void> Index::release(std::span<const std::string> clips, WallTime now) {
  std::lock_guard lock(tables_->mutex);
  SqliteFile& file = *tables_->file;
  return file.transaction([&]() -> Result<void> {
    ClipPlaces places(file, tables_->me);
    for (const std::string& clip : clips) {
      auto query = file.query("INSERT OR IGNORE INTO released VALUES(?, ?)");
      MEANWHILE_TRY(query.bind(clip).bind(to_milliseconds(now)).run());
      MEANWHILE_TRY(places.place(clip));
    }
    return file.execute("UPDATE state SET revision = revision + 1");
  });
}

Result<std::vector<LiveClip>> Index::live_clips() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT c.clip, c.device, c.published, s.part, s.alive, s.looked FROM clips c LEFT JOIN signs s ON "
      "s.clip = c.clip "
      "WHERE c.live = 1 ORDER BY c.sort DESC LIMIT ?");
  std::vector<LiveClip> clips;
  MEANWHILE_TRY(query.bind(kMostLiveClips).each([&](SqliteQuery& row) {
    clips.push_back({.clip = row.text(0),
                     .device = row.text(1),
                     .begun = wall_time(row.integer(2)),
                     .part = static_cast<std::size_t>(row.integer(3)),
                     .alive = wall_time(row.integer(4)),
                     .was_looked_at = !row.is_null(5),
                     .is_broken_off = row.integer(5) - row.integer(4) > kNoSignFor.count()});
  }));
  return clips;
}

Result<void> Index::note_sign(const LiveClip& clip, WallTime looked) {
  std::lock_guard lock(tables_->mutex);
  SqliteFile& file = *tables_->file;
  return file.transaction([&]() -> Result<void> {
    auto before = file.query("SELECT looked - alive > ? FROM signs WHERE clip = ?");
    const auto row = before.bind(kNoSignFor.count()).bind(clip.clip).step();
    if (!row) return std::unexpected(row.error());
    const bool was_broken_off = *row && before.integer(0) != 0;
    auto query = file.query("INSERT OR REPLACE INTO signs VALUES(?, ?, ?, ?)");
    MEANWHILE_TRY(query.bind(clip.clip)
                      .bind(static_cast<std::int64_t>(clip.part))
                      .bind(to_milliseconds(clip.alive))
                      .bind(to_milliseconds(looked))
                      .run());
    if (was_broken_off == (looked - clip.alive > kNoSignFor)) return {};
    return file.execute("UPDATE state SET revision = revision + 1");
  });
}

Result<std::vector<Watcher>> Index::watchers(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT w.person, p.name, w.covered, c.duration FROM watched w JOIN clips c ON c.clip = w.clip AND "
      "c.version = w.version "
      "LEFT JOIN people p ON p.person = w.person WHERE w.clip = ? AND w.person <> ? AND w.covered > 0 "
      "AND c.duration > 0 ORDER BY p.name COLLATE NOCASE, 1");
  std::vector<Watcher> watchers;
  MEANWHILE_TRY(query.bind(clip).bind(tables_->me).each([&](SqliteQuery& row) {
    const double fraction = static_cast<double>(row.integer(2)) / static_cast<double>(row.integer(3));
    watchers.push_back({row.text(0), row.text(1), std::min(1.0, fraction)});
  }));
  return watchers;
}

Result<std::vector<DeletedClip>> Index::trash() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT clip, title, person, channel, duration, published, deleted, manifest FROM trash "
      "ORDER BY deleted DESC, clip DESC");
  std::vector<DeletedClip> clips;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) {
    clips.push_back({.id = row.text(0),
                     .title = row.text(1),
                     .author = row.text(2),
                     .channel = row.text(3),
                     .duration = MediaTime(row.integer(4)),
                     .published = wall_time(row.integer(5)),
                     .deleted = wall_time(row.integer(6)),
                     .manifest_sha256 = row.text(7),
                     .is_mine = row.text(2) == tables_->me});
  }));
  return clips;
}

Result<std::vector<MomentRange>> Index::watched(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT w.ranges, c.timeline FROM watched w JOIN clips c ON c.clip = w.clip AND c.version = w.version "
      "WHERE w.clip = ? AND "
      "w.person = ?");
  auto row = query.bind(clip).bind(tables_->me).step();
  if (!row) return std::unexpected(std::move(row).error());
  if (!*row) return std::vector<MomentRange>{};
  return clip_to(ranges_from_text(query.text(0)), MediaTime(query.integer(1)));
}

Result<std::optional<Renaming>> Index::renaming(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  const auto events = load_events(*tables_->file, "clip:" + std::string(clip));
  if (!events) return std::unexpected(events.error());
  const auto merged = merge_clip(*events);
  if (!merged || merged->is_live || merged->titled_by == merged->person) return std::nullopt;
  auto query = tables_->file->query("SELECT name FROM people WHERE person = ?");
  const auto row = query.bind(merged->titled_by).step();
  if (!row) return std::unexpected(row.error());
  return Renaming{.person = merged->titled_by,
                  .person_name = *row ? query.text(0) : merged->titled_by,
                  .before = merged->authors_title};
}

Result<std::vector<Arrival>> Index::arrivals(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT f.person, p.name, f.at FROM fetched f JOIN clips c ON c.clip = f.clip "
      "LEFT JOIN people p ON p.person = f.person WHERE f.clip = ? AND f.person <> c.person "
      "ORDER BY f.at, f.person");
  std::vector<Arrival> arrivals;
  MEANWHILE_TRY(query.bind(clip).each(
      [&](SqliteQuery& row) { arrivals.push_back({row.text(0), row.text(1), wall_time(row.integer(2))}); }));
  return arrivals;
}

Result<bool> Index::has_arrived(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query("SELECT 1 FROM fetched WHERE clip = ? AND person = ?");
  return query.bind(clip).bind(tables_->me).step();
}

Result<MediaTime> Index::stopped_at(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT w.stopped FROM watched w JOIN clips c ON c.clip = w.clip AND c.version = w.version WHERE "
      "w.clip "
      "= ? AND w.person = ?");
  auto row = query.bind(clip).bind(tables_->me).step();
  if (!row) return std::unexpected(std::move(row).error());
  return MediaTime(*row ? query.integer(0) : 0);
}

Result<std::vector<Channel>> Index::channels() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(R"sql(
WITH ids AS (SELECT channel FROM channels UNION SELECT channel FROM tallies WHERE channel <> '' AND shelf < 3)
SELECT ids.channel, coalesce(ch.name, ids.channel), ch.archived IS NOT NULL, coalesce(p.name, ch.archived, ''),
       coalesce(sum(iif(t.shelf < 3, t.clips, 0)), 0),
       coalesce(sum(iif(t.shelf = 0 AND NOT t.seen, t.clips, 0)), 0)
FROM ids LEFT JOIN channels ch ON ch.channel = ids.channel LEFT JOIN tallies t ON t.channel = ids.channel
LEFT JOIN people p ON p.person = ch.archived
GROUP BY ids.channel ORDER BY 3, 2 COLLATE NOCASE, 1)sql");
  std::vector<Channel> channels;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) {
    channels.push_back({row.text(0), row.text(1), row.integer(2) != 0, row.text(3),
                        static_cast<int>(row.integer(4)), static_cast<int>(row.integer(5))});
  }));
  return channels;
}

Result<std::vector<Person>> Index::people() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT person, name, time_zone, hours, days, away, said FROM people WHERE NOT guest ORDER BY name "
      "COLLATE NOCASE, "
      "person");
  std::vector<Person> people;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) {
    people.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                      row.text(0) == tables_->me, row.text(6)});
  }));
  return people;
}

}  // namespace meanwhile
