// The search of the index, and the captions that are searched.
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/caption_table.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/index_rows.h"
#include "app/library/index_tables.h"
#include "app/library/search_words.h"
#include "app/library/sqlite.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

// Each: ?1 the words, ?2 how many at most. Numbers grow with time (text_table.h): so the newest are found
// without the others being looked at. Four times as many, for a hit whose clip isn't there is none.
constexpr const char* kTitles = R"sql(
SELECT c.clip, c.title, '', 0, 0, c.title, c.published, p.person, p.name, coalesce(ch.name, c.channel)
FROM (SELECT rowid FROM title_words WHERE title_words MATCH ?1 ORDER BY rowid DESC LIMIT 4 * ?2) w
CROSS JOIN texts t ON t.id = w.rowid CROSS JOIN clips c ON c.clip = t.owner
LEFT JOIN people p ON p.person = c.person LEFT JOIN channels ch ON ch.channel = c.channel
WHERE c.shelf < 3 ORDER BY t.id DESC LIMIT ?2
)sql";
constexpr const char* kPeople = R"sql(
SELECT c.clip, c.title, '', 0, 0, p.name, c.published, p.person, p.name, coalesce(ch.name, c.channel)
FROM (SELECT rowid FROM person_words WHERE person_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2) w
CROSS JOIN texts t ON t.id = w.rowid CROSS JOIN people p ON p.person = t.owner
CROSS JOIN clips c ON c.clip IN
  (SELECT clip FROM clips WHERE person = p.person AND shelf < 3 ORDER BY sort DESC, clip DESC LIMIT ?2)
LEFT JOIN channels ch ON ch.channel = c.channel
ORDER BY t.id DESC, c.sort DESC, c.clip DESC LIMIT ?2
)sql";
// The moment is within the clip, as in the list of comments; an answer has its thread's.
constexpr const char* kComments = R"sql(
SELECT x.clip, c.title, x.device, x.n, min(coalesce(r.at, x.at), c.timeline), x.text, x.created,
       x.person, p.name, coalesce(ch.name, c.channel)
FROM (SELECT rowid FROM comment_words WHERE comment_words MATCH ?1 ORDER BY rowid DESC LIMIT 4 * ?2) w
CROSS JOIN texts t ON t.id = w.rowid CROSS JOIN comments x ON x.device = t.owner AND x.n = t.n AND x.ordinal = 0
CROSS JOIN clips c ON c.clip = x.clip
LEFT JOIN comments r ON x.parent_device IS NOT NULL AND r.device = x.root_device AND r.n = x.root_n AND r.ordinal = 0
LEFT JOIN people p ON p.person = x.person LEFT JOIN channels ch ON ch.channel = c.channel
ORDER BY t.id DESC LIMIT ?2
)sql";
constexpr const char* kCaptions = R"sql(
SELECT c.clip, c.title, '', 0, s.at, s.text, c.published, p.person, p.name, coalesce(ch.name, c.channel)
FROM (SELECT rowid FROM caption_words WHERE caption_words MATCH ?1 ORDER BY rowid DESC LIMIT 4 * ?2) w
CROSS JOIN captions s ON s.id = w.rowid CROSS JOIN clips c ON c.clip = s.clip
LEFT JOIN people p ON p.person = c.person LEFT JOIN channels ch ON ch.channel = c.channel
ORDER BY s.id DESC LIMIT ?2
)sql";

struct Source {
  HitKind kind;
  const char* sql;
};
constexpr Source kSources[] = {{HitKind::Title, kTitles},
                               {HitKind::Person, kPeople},
                               {HitKind::Comment, kComments},
                               {HitKind::Caption, kCaptions}};

SearchHit read_hit(HitKind kind, const SqliteQuery& row) {
  const bool is_comment = kind == HitKind::Comment;
  return {.kind = kind,
          .clip = row.text(0),
          .title = row.text(1),
          .comment = is_comment ? to_text(EventId{row.text(2), row.integer(3)}) : "",
          .at = MediaTime(row.integer(4)),
          .text = row.text(5),
          .time = wall_time(row.integer(6)),
          .person = row.text(7),
          .person_name = row.text(8),
          .channel_name = row.text(9)};
}

}  // namespace

Result<std::vector<SearchHit>> Index::search(std::string_view words, int limit) {
  std::lock_guard lock(tables_->mutex);
  std::vector<SearchHit> hits;
  const auto expression = match_expression(words);
  if (!expression || limit <= 0) return hits;
  for (const Source& source : kSources) {
    auto query = tables_->file->query(source.sql);
    query.bind(*expression).bind(limit);
    MEANWHILE_TRY(query.each([&](SqliteQuery& row) { hits.push_back(read_hit(source.kind, row)); }));
  }
  return hits;
}

Result<void> Index::set_captions(std::string_view clip, std::span<const CaptionLine> lines,
                                 std::string_view version) {
  std::lock_guard lock(tables_->mutex);
  SqliteFile& file = *tables_->file;
  return file.transaction([&]() -> Result<void> {
    MEANWHILE_TRY(remove_captions(file, clip));
    for (const CaptionLine& line : lines) MEANWHILE_TRY(add_caption(file, clip, line));
    auto told = file.query("INSERT INTO captions_told VALUES(?, ?)");
    if (!lines.empty() || !version.empty()) MEANWHILE_TRY(told.bind(clip).bind(version).run());
    return file.execute("UPDATE state SET revision = revision + 1");
  });
}

// Those of one language come one after the other, as they were given.
Result<std::vector<std::string>> Index::first_captions(std::string_view clip, int limit) {
  std::lock_guard lock(tables_->mutex);
  std::vector<std::string> lines;
  auto query = tables_->file->query("SELECT text FROM captions WHERE clip = ? ORDER BY id LIMIT ?");
  query.bind(clip).bind(limit);
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) { lines.push_back(row.text(0)); }));
  return lines;
}

Result<bool> Index::has_captions(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT 1 FROM captions_told t WHERE t.clip = ?1 AND t.version = coalesce((SELECT spoken FROM clips "
      "WHERE clip = "
      "?1), t.version)");
  return query.bind(clip).step();
}

}  // namespace meanwhile
