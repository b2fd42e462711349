// The queries of the index about clips, channels and people.
#include <algorithm>
#include <set>

#include "app/library/index_rows.h"
#include "app/library/index_tables.h"
#include "app/library/ranges.h"
#include "app/library/search_words.h"
#include "app/library/text.h"

namespace meanwhile {
namespace {

// ?1 me, ?2 channel or NULL, ?3 only unwatched, ?4 only mine, ?5 JSON list of clips or NULL, ?6 one clip or
// NULL, ?7 unwatched first, ?8 limit. 0.9: people leave before the last "thank you".
constexpr const char* kClips = R"sql(
SELECT c.clip, c.title, c.person, p.name, c.device, c.channel, coalesce(ch.name, c.channel), c.duration, c.recorded,
       c.published, c.manifest, c.tracks, w.covered,
       c.person = ?1 OR (w.clip IS NOT NULL AND w.covered >= 0.9 * c.duration AND NOT c.live) AS seen,
       (SELECT count(*) FROM comments x WHERE x.clip = c.clip AND x.deleted = 0),
       (SELECT count(*) FROM comments x WHERE x.clip = c.clip AND x.deleted = 0 AND x.person <> ?1
        AND x.sort > coalesce(w.last, -1)), c.live
FROM clips c
LEFT JOIN people p ON p.person = c.person
LEFT JOIN channels ch ON ch.channel = c.channel
LEFT JOIN watched w ON w.clip = c.clip AND w.person = ?1
WHERE (?2 IS NULL OR c.channel = ?2) AND (?3 = 0 OR NOT seen) AND (?4 = 0 OR c.person = ?1)
  AND (?5 IS NULL OR c.clip IN (SELECT value FROM json_each(?5)))
  AND CASE WHEN ?6 IS NULL THEN NOT c.hung ELSE c.clip = ?6 END
ORDER BY CASE WHEN ?7 THEN seen ELSE 0 END, c.sort DESC, c.clip DESC
LIMIT ?8
)sql";

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
  clip.watched = clip.duration.count() > 0 ? covered / static_cast<double>(clip.duration.count()) : 0;
  clip.is_watched = row.integer(13) != 0;
  clip.comments = static_cast<int>(row.integer(14));
  clip.new_comments = static_cast<int>(row.integer(15));
  clip.is_live = row.integer(16) != 0;
  return clip;
}

struct Selection {
  std::optional<std::string> among;  // JSON list of clips
  std::optional<std::string> one;
};

Result<std::vector<Clip>> select_clips(SqliteFile& file, const std::string& me, const ClipQuery& wanted,
                                       const Selection& selection) {
  auto query = file.query(kClips);
  query.bind(me)
      .bind(wanted.channel)
      .bind(wanted.only_unwatched ? 1 : 0)
      .bind(wanted.only_mine ? 1 : 0)
      .bind(selection.among)
      .bind(selection.one)
      .bind(wanted.order == ClipOrder::UnwatchedFirst ? 1 : 0)
      .bind(wanted.limit > 0 ? wanted.limit : -1);
  std::vector<Clip> clips;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) { clips.push_back(read_clip(row, me)); }));
  return clips;
}

// A JSON list of the clips whose title, author or comments have all of the words in one place.
Result<std::string> clips_with(SqliteFile& file, const std::string& expression) {
  auto query = file.query(R"sql(
WITH hits AS MATERIALIZED (SELECT kind, owner, n FROM words JOIN texts ON texts.id = words.rowid WHERE words MATCH ?1)
SELECT owner FROM hits WHERE kind = 0
UNION SELECT clips.clip FROM hits JOIN clips ON clips.person = hits.owner WHERE kind = 1
UNION SELECT comments.clip FROM hits JOIN comments ON comments.device = hits.owner AND comments.n = hits.n
      WHERE kind = 2 AND comments.clip IS NOT NULL)sql");
  Json clips = Json::array();
  MEANWHILE_TRY(query.bind(expression).each([&](SqliteQuery& row) { clips.push_back(row.text(0)); }));
  return to_text(clips);
}

}  // namespace

Result<std::vector<Clip>> Index::clips(const ClipQuery& wanted) {
  std::lock_guard lock(tables_->mutex);
  Selection selection;
  if (!display_line(wanted.words).empty()) {
    const auto expression = match_expression(wanted.words);
    if (!expression) return std::vector<Clip>{};
    auto found = clips_with(*tables_->file, *expression);
    if (!found) return std::unexpected(std::move(found).error());
    selection.among = std::move(*found);
  }
  return select_clips(*tables_->file, tables_->me, wanted, selection);
}

Result<Clip> Index::clip(std::string_view id) {
  std::lock_guard lock(tables_->mutex);
  auto clips = select_clips(*tables_->file, tables_->me, {}, {std::nullopt, std::string(id)});
  if (!clips) return std::unexpected(std::move(clips).error());
  if (clips->empty()) {
    return fail(ErrorCode::NotFound,
                "there is no clip " + display_line(shorten(id, 40)) + " in this library");
  }
  return std::move(clips->front());
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
      "SELECT w.ranges, c.duration FROM watched w JOIN clips c ON c.clip = w.clip WHERE w.clip = ? AND "
      "w.person = ?");
  auto row = query.bind(clip).bind(tables_->me).step();
  if (!row) return std::unexpected(std::move(row).error());
  if (!*row) return std::vector<MomentRange>{};
  return clip_to(ranges_from_text(query.text(0)), MediaTime(query.integer(1)));
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
  auto query = tables_->file->query("SELECT stopped FROM watched WHERE clip = ? AND person = ?");
  auto row = query.bind(clip).bind(tables_->me).step();
  if (!row) return std::unexpected(std::move(row).error());
  return MediaTime(*row ? query.integer(0) : 0);
}

Result<std::vector<Channel>> Index::channels() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(R"sql(
WITH ids AS (SELECT channel FROM channels UNION SELECT channel FROM clips WHERE channel <> '' AND NOT hung)
SELECT ids.channel, coalesce(ch.name, ids.channel), coalesce(ch.archived, 0), count(c.clip),
       coalesce(sum(c.person <> ?1 AND (w.clip IS NULL OR w.covered < 0.9 * c.duration)), 0)
FROM ids LEFT JOIN channels ch ON ch.channel = ids.channel LEFT JOIN clips c ON c.channel = ids.channel AND NOT c.hung
LEFT JOIN watched w ON w.clip = c.clip AND w.person = ?1
GROUP BY ids.channel ORDER BY 3, 2 COLLATE NOCASE, 1)sql");
  std::vector<Channel> channels;
  MEANWHILE_TRY(query.bind(tables_->me).each([&](SqliteQuery& row) {
    channels.push_back({row.text(0), row.text(1), row.integer(2) != 0, static_cast<int>(row.integer(3)),
                        static_cast<int>(row.integer(4))});
  }));
  return channels;
}

Result<std::vector<Person>> Index::people() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT person, name, time_zone, hours FROM people ORDER BY name COLLATE NOCASE, person");
  std::vector<Person> people;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) {
    people.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(0) == tables_->me});
  }));
  return people;
}

}  // namespace meanwhile
