// The queries of the index about comments and reactions.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/library/index_rows.h"
#include "app/library/index_tables.h"
#include "app/library/text.h"

namespace meanwhile {
namespace {

// While a clip is being recorded (live) nobody knows its end: 100 h is past it.
// ?1 me. r: where the thread starts; a fork's second comment starts its own.
constexpr const char* kCommentColumns = R"sql(
SELECT x.device, x.n, x.ordinal, x.person, p.name, x.person = ?1,
       CASE WHEN x.parent_device IS NULL THEN x.at ELSE r.at END,
       CASE WHEN x.parent_device IS NULL THEN x.until ELSE r.until END,
       x.text, x.parent_device, x.parent_n, x.created, x.edited, x.resolved, x.deleted,
       x.person <> ?1 AND x.sort > coalesce(w.last, -1), iif(c.live, 360000000000, c.duration),
       x.root_device, x.root_n, x.clip, c.title
FROM comments x JOIN clips c ON c.clip = x.clip
LEFT JOIN comments r ON r.device = x.root_device AND r.n = x.root_n AND r.ordinal = 0
LEFT JOIN people p ON p.person = x.person
LEFT JOIN watched w ON w.clip = x.clip AND w.person = ?1
)sql";

// SqliteFile keeps a prepared statement by its text's address.
const std::string kCommentsOfClip =
    std::string(kCommentColumns) + "WHERE x.clip = ?2 ORDER BY x.sort, x.device, x.n, x.ordinal";
const std::string kOneComment =
    std::string(kCommentColumns) + "WHERE x.device = ?2 AND x.n = ?3 ORDER BY x.ordinal";

// How the second comment under a forked id is told from the first.
std::string comment_id(const EventId& id, std::int64_t ordinal) {
  return ordinal == 0 ? to_text(id) : fmt::format("{}#{}", to_text(id), ordinal + 1);
}

struct CommentRow {
  Comment comment;
  EventId id;
  EventId root;
  bool starts_thread = false;
  std::string clip;
  std::string clip_title;
};

CommentRow read_comment(const SqliteQuery& row) {
  CommentRow read;
  read.id = {row.text(0), row.integer(1)};
  Comment& comment = read.comment;
  comment.id = comment_id(read.id, row.integer(2));
  comment.author = row.text(3);
  comment.author_name = row.text(4);
  comment.is_mine = row.integer(5) != 0;
  const MediaTime end(row.integer(16));
  comment.at = std::min(MediaTime(row.integer(6)), end);
  if (!row.is_null(7)) comment.to = std::min(MediaTime(row.integer(7)), end);
  comment.text = row.text(8);
  read.starts_thread = row.is_null(9);
  if (!read.starts_thread) comment.reply_to = to_text(EventId{row.text(9), row.integer(10)});
  comment.created = wall_time(row.integer(11));
  if (!row.is_null(12)) comment.edited = wall_time(row.integer(12));
  comment.is_resolved = row.integer(13) != 0;
  comment.is_deleted = row.integer(14) != 0;
  comment.is_new = row.integer(15) != 0 && !comment.is_deleted;
  read.root = {row.text(17), row.integer(18)};
  read.clip = row.text(19);
  read.clip_title = row.text(20);
  return read;
}

// rows: by time. Deleted comments stay only where somebody answered them.
std::vector<Thread> make_threads(std::vector<CommentRow> rows) {
  std::vector<Thread> threads;
  std::map<EventId, std::size_t> by_root;
  for (CommentRow& row : rows) {
    if (!row.starts_thread) continue;
    by_root.try_emplace(row.id, threads.size());
    threads.push_back({std::move(row.comment), {}});
  }
  for (CommentRow& row : rows) {
    const auto root = by_root.find(row.root);
    if (row.starts_thread || row.comment.is_deleted || root == by_root.end()) continue;
    threads[root->second].replies.push_back(std::move(row.comment));
  }
  std::erase_if(threads,
                [](const Thread& thread) { return thread.comment.is_deleted && thread.replies.empty(); });
  std::ranges::stable_sort(threads, {}, [](const Thread& thread) { return thread.comment.at; });
  return threads;
}

Result<std::optional<CommentRow>> find_comment(SqliteFile& file, const std::string& me, const EventId& id) {
  auto query = file.query(kOneComment.c_str());
  auto row = query.bind(me).bind(id.device).bind(id.n).step();
  if (!row) return std::unexpected(std::move(row).error());
  if (!*row) return std::nullopt;
  return read_comment(query);
}

Error no_comment(const EventId& id) {
  return {ErrorCode::NotFound,
          "there is no comment " + display_line(shorten(to_text(id), 60)) + " in this library"};
}

}  // namespace

Result<std::vector<Thread>> Index::comments(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(kCommentsOfClip.c_str());
  std::vector<CommentRow> rows;
  MEANWHILE_TRY(
      query.bind(tables_->me).bind(clip).each([&](SqliteQuery& row) { rows.push_back(read_comment(row)); }));
  return make_threads(std::move(rows));
}

Result<Index::Place> Index::comment(const EventId& id) {
  std::lock_guard lock(tables_->mutex);
  auto row = find_comment(*tables_->file, tables_->me, id);
  if (!row) return std::unexpected(std::move(row).error());
  if (!*row || (*row)->comment.is_deleted) return std::unexpected(no_comment(id));
  return Place{std::move((*row)->clip), std::move((*row)->comment)};
}

Result<std::vector<std::string>> Index::versions(const EventId& id) {
  std::lock_guard lock(tables_->mutex);
  auto events = load_events(*tables_->file, "comment:" + to_text(id));
  if (!events) return std::unexpected(std::move(events).error());
  auto comments = merge_comment(id, *events);
  if (comments.empty()) return std::unexpected(no_comment(id));
  return std::move(comments.front().versions);
}

Result<std::vector<Reaction>> Index::reactions(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT r.person, p.name, r.at, r.name, iif(c.live, 360000000000, c.duration) FROM reactions r JOIN "
      "clips c ON c.clip = r.clip "
      "LEFT JOIN people p ON p.person = r.person WHERE r.clip = ? ORDER BY r.at, r.person");
  std::vector<Reaction> reactions;
  MEANWHILE_TRY(query.bind(clip).each([&](SqliteQuery& row) {
    reactions.push_back(
        {row.text(0), row.text(1), MediaTime(std::min(row.integer(2), row.integer(4))), row.text(3)});
  }));
  return reactions;
}

}  // namespace meanwhile
