#include "app/library/comment_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/index_rows.h"
#include "app/library/sqlite.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "upload/event_batch.h"

namespace meanwhile {
namespace {

// How the second comment under a forked id is told from the first.
std::string comment_id(const EventId& id, std::int64_t ordinal) {
  return ordinal == 0 ? to_text(id) : fmt::format("{}#{}", to_text(id), ordinal + 1);
}

std::vector<std::string> people_of(const std::string& list) {
  std::vector<std::string> people;
  const auto json = parse_json(list);
  if (!json) return people;
  for (const Json& person : *json) people.push_back(person.get<std::string>());
  return people;
}

std::optional<AskInfo> ask_of(const SqliteQuery& row) {
  if (row.is_null(23)) return std::nullopt;
  AskInfo ask{.kind = static_cast<AskKind>(row.integer(23)), .people = people_of(row.text(27))};
  if (!row.is_null(24)) ask.by = wall_time(row.integer(24));
  ask.is_for_everyone = row.integer(25) != 0;
  return ask;
}

}  // namespace

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
  comment.is_resolved = !row.is_null(13);
  if (comment.is_resolved) comment.resolved_by = row.is_null(30) ? row.text(13) : row.text(30);
  comment.is_deleted = row.integer(14) != 0;
  comment.is_new = row.integer(15) != 0 && !comment.is_deleted;
  read.root = {row.text(17), row.integer(18)};
  read.clip = row.text(19);
  read.clip_title = row.text(20);
  read.clip_author = row.text(28);
  comment.copy_of = row.text(29);
  comment.is_guest = row.integer(31) != 0;
  comment.known_by = row.text(32);
  comment.version = static_cast<int>(row.integer(33));
  comment.is_on_earlier = row.integer(34) != 0;
  if (comment.is_deleted) return read;
  if (const auto json = parse_json(row.text(21)))
    comment.drawing = drawing_from_json(*json).value_or(Drawing{});
  comment.media = row.text(22);
  comment.ask = ask_of(row);
  comment.mentions = people_of(row.text(26));
  return read;
}

}  // namespace meanwhile
