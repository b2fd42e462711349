// The queries of the index about comments and reactions.
#include <algorithm>
#include <cstddef>
#include <expected>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/comment_rows.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/index_rows.h"
#include "app/library/index_tables.h"
#include "app/library/merge.h"
#include "app/library/sqlite.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"

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
          tr_format("there is no comment {} in this library", display_line(shorten(to_text(id), 60)))};
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
      "SELECT r.person, p.name, r.at, r.name, c.timeline, p.guest FROM reactions "
      "r JOIN "
      "clips c ON c.clip = r.clip "
      "LEFT JOIN people p ON p.person = r.person WHERE r.clip = ? ORDER BY r.at, r.person");
  std::vector<Reaction> reactions;
  MEANWHILE_TRY(query.bind(clip).each([&](SqliteQuery& row) {
    reactions.push_back({row.text(0), row.text(1), MediaTime(std::min(row.integer(2), row.integer(4))),
                         row.text(3), row.integer(5) != 0});
  }));
  return reactions;
}

}  // namespace meanwhile
