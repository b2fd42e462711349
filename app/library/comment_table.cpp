#include "app/library/comment_table.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/index_rows.h"
#include "app/library/merge.h"
#include "app/library/sqlite.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

std::optional<std::int64_t> microseconds(const std::optional<MediaTime>& time) {
  return time ? std::optional<std::int64_t>(time->count()) : std::nullopt;
}

Result<std::vector<EventId>> ids(SqliteQuery& query) {
  std::vector<EventId> found;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) { found.push_back({row.text(0), row.integer(1)}); }));
  return found;
}

SqliteQuery& bind(SqliteQuery& query, const EventId& id) {
  return query.bind(id.device).bind(id.n);
}

}  // namespace

Result<void> CommentTable::store(const EventId& id, const std::vector<MergedComment>& comments,
                                 std::set<std::string>& clips) {
  const auto before = place_of(id);
  if (!before) return std::unexpected(before.error());
  if (*before && (*before)->thread) clips.insert((*before)->thread->clip);
  // Only a fork makes a comment answer something else than before. Then all below it is hung up anew, from
  // the top, so that answers in a circle can't hold each other in place.
  if (*before && (*before)->parent != comments.front().reply_to) MEANWHILE_TRY(detach_answers(id));
  auto removal = file_.query("DELETE FROM comments WHERE device = ? AND n = ?");
  MEANWHILE_TRY(bind(removal, id).run());
  std::optional<Thread> first_thread;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    auto thread = thread_for(id, comments[i]);
    if (!thread) return std::unexpected(thread.error());
    if (i == 0) first_thread = *thread;
    if (*thread) clips.insert((*thread)->clip);
    MEANWHILE_TRY(insert(id, static_cast<int>(i), comments[i], *thread));
    // What was recorded as an answer is no update of its own.
    if (!comments[i].with.media.empty()) clips.insert(comments[i].with.media);
  }
  MEANWHILE_TRY(store_addressed(id, comments));
  const bool is_in_place = *before && **before == Place{comments.front().reply_to, first_thread};
  if (is_in_place || !first_thread) return {};
  return attach_answers(id, *first_thread);
}

Result<void> CommentTable::remove(const EventId& id, std::set<std::string>& clips) {
  const auto before = place_of(id);
  if (!before) return std::unexpected(before.error());
  if (!*before) return {};
  if ((*before)->thread) clips.insert((*before)->thread->clip);
  MEANWHILE_TRY(detach_answers(id));
  for (const char* removal : {"DELETE FROM comments WHERE device = ? AND n = ?",
                              "DELETE FROM addressed WHERE device = ? AND n = ?"}) {
    auto query = file_.query(removal);
    MEANWHILE_TRY(bind(query, id).run());
  }
  return {};
}

Result<std::optional<CommentTable::Place>> CommentTable::place_of(const EventId& id) {
  auto query = file_.query(
      "SELECT parent_device, parent_n, clip, root_device, root_n FROM comments "
      "WHERE device = ? AND n = ? AND ordinal = 0");
  auto row = bind(query, id).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  Place place;
  if (!query.is_null(0)) place.parent = EventId{query.text(0), query.integer(1)};
  if (!query.is_null(2)) place.thread = Thread{query.text(2), {query.text(3), query.integer(4)}};
  return place;
}

Result<std::optional<CommentTable::Thread>> CommentTable::thread_of(const EventId& id) {
  auto place = place_of(id);
  if (!place) return std::unexpected(place.error());
  return *place ? (*place)->thread : std::nullopt;
}

Result<std::optional<CommentTable::Thread>> CommentTable::thread_for(const EventId& id,
                                                                     const MergedComment& comment) {
  if (comment.reply_to) {
    auto thread = thread_of(*comment.reply_to);
    // Who has the link to one update says nothing about another one.
    const bool is_elsewhere =
        thread && *thread && !comment.guest_clip.empty() && (*thread)->clip != comment.guest_clip;
    return is_elsewhere ? std::nullopt : thread;
  }
  return Thread{comment.clip.value_or(""), id};
}

Result<void> CommentTable::insert(const EventId& id, int ordinal, const MergedComment& comment,
                                  const std::optional<Thread>& thread) {
  auto query = file_.query("INSERT INTO comments VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  bind(query, id).bind(ordinal).bind(comment.person);
  query.bind(thread ? std::optional(thread->clip) : std::nullopt)
      .bind(thread ? std::optional(thread->root.device) : std::nullopt)
      .bind(thread ? std::optional(thread->root.n) : std::nullopt)
      .bind(comment.reply_to ? std::optional(comment.reply_to->device) : std::nullopt)
      .bind(comment.reply_to ? std::optional(comment.reply_to->n) : std::nullopt);
  query.bind(comment.at.count())
      .bind(microseconds(comment.to))
      .bind(std::string_view(comment.is_deleted ? "" : comment.versions.back()))
      .bind(to_milliseconds(comment.created))
      .bind(comment.order)
      .bind(comment.edited ? std::optional(to_milliseconds(*comment.edited)) : std::nullopt)
      .bind(comment.resolved_by.empty() ? std::nullopt : std::optional(comment.resolved_by))
      .bind(comment.is_deleted ? 1 : 0);
  const bool has_drawing = !comment.is_deleted && !comment.with.drawing.empty();
  query.bind(has_drawing ? std::optional(to_text(json_of(comment.with.drawing))) : std::nullopt)
      .bind(comment.with.media.empty() ? std::nullopt : std::optional(comment.with.media));
  const std::optional<AskEvent>& ask = comment.ask;
  query.bind(ask ? std::optional(static_cast<std::int64_t>(ask->kind)) : std::nullopt)
      .bind(ask && ask->by ? std::optional(to_milliseconds(*ask->by)) : std::nullopt)
      .bind(ask && ask->people.empty() ? 1 : 0)
      .bind(comment.copy_of)
      .bind(comment.guest_clip.empty() ? std::nullopt : std::optional(comment.guest_clip))
      .bind(comment.made_on);
  return query.run();
}

Result<void> CommentTable::store_addressed(const EventId& id, const std::vector<MergedComment>& comments) {
  auto removal = file_.query("DELETE FROM addressed WHERE device = ? AND n = ?");
  MEANWHILE_TRY(bind(removal, id).run());
  for (const MergedComment& comment : comments) {
    if (comment.is_deleted) continue;
    MEANWHILE_TRY(address(id, AddressedAs::Mentioned, comment.with.mentions));
    if (comment.ask) MEANWHILE_TRY(address(id, AddressedAs::Asked, comment.ask->people));
  }
  return {};
}

Result<void> CommentTable::address(const EventId& id, AddressedAs how,
                                   const std::vector<std::string>& people) {
  for (const std::string& person : people) {
    auto query = file_.query("INSERT OR IGNORE INTO addressed VALUES(?, ?, ?, ?)");
    MEANWHILE_TRY(bind(query.bind(person).bind(static_cast<int>(how)), id).run());
  }
  return {};
}

Result<std::vector<EventId>> CommentTable::answers_to(const EventId& id) {
  auto query =
      file_.query("SELECT device, n FROM comments WHERE parent_device = ? AND parent_n = ? AND ordinal = 0");
  return ids(bind(query, id));
}

Result<std::vector<EventId>> CommentTable::answers_elsewhere(const EventId& id, const Thread& thread) {
  auto query = file_.query(
      "SELECT device, n FROM comments WHERE parent_device = ? AND parent_n = ? AND ordinal = 0 "
      "AND (guest_clip IS NULL OR guest_clip = ?) "
      "AND (clip IS NOT ? OR root_device IS NOT ? OR root_n IS NOT ?)");
  bind(query, id).bind(thread.clip).bind(thread.clip);
  return ids(bind(query, thread.root));
}

Result<void> CommentTable::set_thread_of_answers(const EventId& id, const std::optional<Thread>& thread) {
  auto query = file_.query(
      "UPDATE comments SET clip = ?1, root_device = ?2, root_n = ?3 WHERE parent_device = ?4 AND "
      "parent_n = ?5 AND (?1 IS NULL OR guest_clip IS NULL OR guest_clip = ?1)");
  query.bind(thread ? std::optional(thread->clip) : std::nullopt)
      .bind(thread ? std::optional(thread->root.device) : std::nullopt)
      .bind(thread ? std::optional(thread->root.n) : std::nullopt);
  return bind(query, id).run();
}

Result<void> CommentTable::detach_answers(const EventId& id) {
  std::set<EventId> seen = {id};
  std::vector<EventId> open = {id};
  while (!open.empty()) {
    const EventId next = std::exchange(open.back(), {});
    open.pop_back();
    MEANWHILE_TRY(set_thread_of_answers(next, std::nullopt));
    auto answers = answers_to(next);
    if (!answers) return std::unexpected(answers.error());
    for (EventId& answer : *answers) {
      if (seen.insert(answer).second) open.push_back(std::move(answer));
    }
  }
  return {};
}

// A list of what is left to do instead of recursion: anybody can write answers to answers a million deep.
Result<void> CommentTable::attach_answers(const EventId& id, const Thread& thread) {
  std::vector<EventId> open = {id};
  while (!open.empty()) {
    const EventId next = std::exchange(open.back(), {});
    open.pop_back();
    auto answers = answers_elsewhere(next, thread);
    if (!answers) return std::unexpected(answers.error());
    MEANWHILE_TRY(set_thread_of_answers(next, thread));
    open.insert(open.end(), answers->begin(), answers->end());
  }
  return {};
}

}  // namespace meanwhile
