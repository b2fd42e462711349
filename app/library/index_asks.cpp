// The queries of the index about asks and mentions.
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
#include "app/library/sqlite.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

const std::string kAsksOfClip = std::string(kCommentColumns) +
                                "WHERE x.clip = ?2 AND x.ask IS NOT NULL AND x.deleted = 0 AND x.ordinal = 0 "
                                "ORDER BY x.at, x.sort, x.device, x.n";

const std::string kAsksOfMe = std::string(kCommentColumns) + R"sql(
WHERE x.ask IS NOT NULL AND x.deleted = 0 AND x.ordinal = 0 AND x.resolved IS NULL AND x.person <> ?1
  AND ((x.ask_all AND EXISTS(SELECT 1 FROM devices m WHERE m.person = ?1 AND m.first <= x.sort))
       OR EXISTS(SELECT 1 FROM addressed a WHERE a.person = ?1 AND a.how = 1 AND a.device = x.device
                 AND a.n = x.n))
  AND NOT EXISTS(SELECT 1 FROM comments y WHERE y.root_device = x.device AND y.root_n = x.n AND y.person = ?1
                 AND y.deleted = 0)
ORDER BY x.ask_by IS NULL, x.ask_by, x.sort, x.device, x.n)sql";

const std::string kAsksByMe =
    std::string(kCommentColumns) +
    "WHERE x.ask IS NOT NULL AND x.deleted = 0 AND x.ordinal = 0 AND x.resolved IS NULL AND x.person = ?1 "
    "ORDER BY x.sort DESC, x.device, x.n";

Result<std::map<std::string, WallTime>> answers_to(SqliteFile& file, const EventId& ask) {
  std::map<std::string, WallTime> answers;
  auto query = file.query(
      "SELECT person, min(created) FROM comments WHERE root_device = ? AND root_n = ? AND parent_device IS "
      "NOT NULL "
      "AND deleted = 0 GROUP BY person");
  MEANWHILE_TRY(query.bind(ask.device).bind(ask.n).each([&](SqliteQuery& row) {
    answers[row.text(0)] = wall_time(row.integer(1));
  }));
  return answers;
}

// Who came later wasn't asked.
constexpr const char* kEveryoneElse =
    "SELECT p.person, p.name, p.time_zone FROM people p WHERE EXISTS(SELECT 1 FROM devices m WHERE "
    "m.person = p.person AND m.first <= (SELECT sort FROM comments WHERE device = ? AND n = ? AND ordinal = "
    "0)) "
    "AND p.person <> ? ORDER BY p.name COLLATE NOCASE, p.person";
// Named ones that we don't know yet have no name.
constexpr const char* kThoseNamed =
    "SELECT a.person, p.name, p.time_zone FROM addressed a LEFT JOIN people p ON p.person = a.person "
    "WHERE a.device = ? AND a.n = ? AND a.how = 1 AND a.person <> ? ORDER BY p.name COLLATE NOCASE, 1";

Result<std::vector<AskedPerson>> asked_people(SqliteFile& file, const CommentRow& ask) {
  auto query = file.query(ask.comment.ask->is_for_everyone ? kEveryoneElse : kThoseNamed);
  query.bind(ask.id.device).bind(ask.id.n);
  std::vector<AskedPerson> people;
  MEANWHILE_TRY(query.bind(ask.comment.author).each([&](SqliteQuery& row) {
    people.push_back({row.text(0), row.text(1), row.text(2), std::nullopt});
  }));
  return people;
}

Result<Ask> read_ask(SqliteFile& file, const std::string& me, CommentRow row) {
  auto people = asked_people(file, row);
  if (!people) return std::unexpected(people.error());
  const auto answers = answers_to(file, row.id);
  if (!answers) return std::unexpected(answers.error());
  Ask ask{.clip = row.clip,
          .clip_title = row.clip_title,
          .clip_author = row.clip_author,
          .comment = {},
          .people = std::move(*people)};
  for (AskedPerson& person : ask.people) {
    const auto answer = answers->find(person.id);
    if (answer != answers->end()) person.answered = answer->second;
    ask.answered += person.answered ? 1 : 0;
    ask.is_for_me = ask.is_for_me || person.id == me;
  }
  ask.is_answered_by_me = answers->contains(me);
  ask.comment = std::move(row.comment);
  return ask;
}

Result<std::vector<Ask>> read_asks(SqliteFile& file, const std::string& me, SqliteQuery& query) {
  std::vector<CommentRow> rows;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) { rows.push_back(read_comment(row)); }));
  std::vector<Ask> asks;
  for (CommentRow& row : rows) {
    auto ask = read_ask(file, me, std::move(row));
    if (!ask) return std::unexpected(ask.error());
    asks.push_back(std::move(*ask));
  }
  return asks;
}

}  // namespace

Result<std::vector<Ask>> Index::asks(std::string_view clip) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(kAsksOfClip.c_str());
  return read_asks(*tables_->file, tables_->me, query.bind(tables_->me).bind(clip));
}

Result<std::vector<Ask>> Index::asks_of_me() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(kAsksOfMe.c_str());
  return read_asks(*tables_->file, tables_->me, query.bind(tables_->me));
}

Result<std::vector<Ask>> Index::asks_by_me() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(kAsksByMe.c_str());
  return read_asks(*tables_->file, tables_->me, query.bind(tables_->me));
}

std::string answered_words(const Ask& ask) {
  if (ask.people.empty()) return tr("nobody else is here yet");
  const std::size_t people = ask.people.size();
  // TRANSLATORS: {0} of the {1} people who were told it.
  if (ask.comment.ask->kind == AskKind::Know)
    return tr_count(people, "{} of {} know", "{} of {} know", ask.answered, people);
  return tr_count(people, "{} of {} answered", "{} of {} answered", ask.answered, people);
}

}  // namespace meanwhile
