// The queries of the index about comments and reactions.
#include <algorithm>
#include <map>

#include "app/library/comment_rows.h"
#include "app/library/index_tables.h"
#include "app/library/search_words.h"
#include "app/library/text.h"

namespace meanwhile {
namespace {

// SqliteFile keeps a prepared statement by its text's address.
const std::string kCommentsOfClip =
    std::string(kCommentColumns) + "WHERE x.clip = ?2 ORDER BY x.sort, x.device, x.n, x.ordinal";
const std::string kOneComment =
    std::string(kCommentColumns) + "WHERE x.device = ?2 AND x.n = ?3 ORDER BY x.ordinal";

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

struct Found {
  TextKind kind;
  std::string owner;
  std::int64_t n;
};

Result<std::vector<Found>> find_texts(SqliteFile& file, const std::string& expression) {
  auto query = file.query(
      "SELECT kind, owner, n FROM words JOIN texts ON texts.id = words.rowid WHERE words MATCH ? "
      "ORDER BY rank, kind, owner, n");
  std::vector<Found> found;
  MEANWHILE_TRY(query.bind(expression).each([&](SqliteQuery& row) {
    found.push_back({static_cast<TextKind>(row.integer(0)), row.text(1), row.integer(2)});
  }));
  return found;
}

Result<void> add_title_hit(SqliteFile& file, const Found& found, std::vector<SearchHit>& hits) {
  auto query = file.query("SELECT clip, title, published FROM clips WHERE clip = ? AND NOT hung");
  return query.bind(found.owner).each([&](SqliteQuery& row) {
    hits.push_back(
        {HitKind::Title, row.text(0), row.text(1), "", {}, row.text(1), wall_time(row.integer(2))});
  });
}

// One hit for each of the person's clips, the newest first.
Result<void> add_person_hits(SqliteFile& file, const Found& found, std::vector<SearchHit>& hits) {
  auto query = file.query(
      "SELECT c.clip, c.title, c.published, p.name FROM clips c JOIN people p ON p.person = c.person "
      "WHERE c.person = ? AND NOT c.hung ORDER BY c.sort DESC, c.clip DESC");
  return query.bind(found.owner).each([&](SqliteQuery& row) {
    hits.push_back(
        {HitKind::Person, row.text(0), row.text(1), "", {}, row.text(3), wall_time(row.integer(2))});
  });
}

Result<void> add_comment_hit(SqliteFile& file, const std::string& me, const Found& found,
                             std::vector<SearchHit>& hits) {
  auto row = find_comment(file, me, {found.owner, found.n});
  if (!row) return std::unexpected(std::move(row).error());
  if (!*row) return {};
  const Comment& comment = (*row)->comment;
  hits.push_back({HitKind::Comment, (*row)->clip, (*row)->clip_title, comment.id, comment.at, comment.text,
                  comment.created});
  return {};
}

Result<void> add_hits(SqliteFile& file, const std::string& me, const Found& found,
                      std::vector<SearchHit>& hits) {
  switch (found.kind) {
    case TextKind::Title:
      return add_title_hit(file, found, hits);
    case TextKind::Person:
      return add_person_hits(file, found, hits);
    case TextKind::Comment:
      return add_comment_hit(file, me, found, hits);
  }
  return {};
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

Result<std::vector<SearchHit>> Index::search(std::string_view words, int limit) {
  std::lock_guard lock(tables_->mutex);
  std::vector<SearchHit> hits;
  const auto expression = match_expression(words);
  if (!expression || limit <= 0) return hits;
  const auto most = static_cast<std::size_t>(limit);
  auto found = find_texts(*tables_->file, *expression);
  if (!found) return std::unexpected(std::move(found).error());
  for (const Found& text : *found) {
    if (hits.size() >= most) break;
    MEANWHILE_TRY(add_hits(*tables_->file, tables_->me, text, hits));
  }
  hits.resize(std::min(hits.size(), most));
  return hits;
}

}  // namespace meanwhile
