// The rows of the index that comments are read from; only index_*.cpp see it.
#pragma once

#include <string>

#include "app/library/index.h"
#include "app/library/sqlite.h"
#include "upload/event_batch.h"

namespace meanwhile {

// While a clip is being recorded (live) nobody knows its end: 100 h is past it.
// ?1 me. r: where the thread starts; a fork's second comment starts its own.
inline constexpr const char* kCommentColumns = R"sql(
SELECT x.device, x.n, x.ordinal, x.person, p.name, x.person = ?1,
       CASE WHEN x.parent_device IS NULL THEN x.at ELSE r.at END,
       CASE WHEN x.parent_device IS NULL THEN x.until ELSE r.until END,
       x.text, x.parent_device, x.parent_n, x.created, x.edited, x.resolved, x.deleted,
       x.person <> ?1
         AND NOT EXISTS(SELECT 1 FROM reads d WHERE d.device = x.device AND d.n = x.n)
         AND NOT EXISTS(SELECT 1 FROM comments m WHERE m.parent_device = x.device AND m.parent_n = x.n
                        AND m.person = ?1 AND m.deleted = 0), c.timeline,
       x.root_device, x.root_n, x.clip, c.title, x.drawing, x.media, x.ask, x.ask_by, x.ask_all,
       (SELECT json_group_array(a.person) FROM addressed a WHERE a.device = x.device AND a.n = x.n AND a.how = 0),
       (SELECT json_group_array(a.person) FROM addressed a WHERE a.device = x.device AND a.n = x.n AND a.how = 1),
       c.person, x.copy_of, (SELECT s.name FROM people s WHERE s.person = x.resolved),
       x.guest_clip IS NOT NULL, (SELECT k.name FROM people k WHERE k.person = p.known),
       x.made_on, x.parent_device IS NULL AND x.guest_clip IS NULL AND x.made_on < c.version
FROM comments x JOIN clips c ON c.clip = x.clip
LEFT JOIN comments r ON r.device = x.root_device AND r.n = x.root_n AND r.ordinal = 0
LEFT JOIN people p ON p.person = x.person
)sql";

struct CommentRow {
  Comment comment;
  EventId id;
  EventId root;
  bool starts_thread = false;
  std::string clip;
  std::string clip_title;
  std::string clip_author;
};

// row: of a query that begins with kCommentColumns.
CommentRow read_comment(const SqliteQuery& row);

}  // namespace meanwhile
