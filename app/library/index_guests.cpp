// The queries of the index about guests.
#include <mutex>
#include <vector>

#include "app/library/index.h"
#include "app/library/index_rows.h"
#include "app/library/index_tables.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

Result<std::vector<Guest>> Index::guests() {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query(
      "SELECT g.person, g.name, g.said, g.since, k.name, "
      "(SELECT count(DISTINCT w.n) FROM guest_words w WHERE w.guest = g.person) FROM people g "
      "LEFT JOIN people k ON k.person = g.known WHERE g.guest ORDER BY g.name COLLATE NOCASE, g.person");
  std::vector<Guest> guests;
  MEANWHILE_TRY(query.each([&](SqliteQuery& row) {
    guests.push_back({row.text(0), row.text(1), row.text(2), wall_time(row.integer(3)), row.text(4),
                      static_cast<int>(row.integer(5))});
  }));
  return guests;
}

Result<bool> Index::has_guest_word(const EventId& word) {
  std::lock_guard lock(tables_->mutex);
  auto query = tables_->file->query("SELECT 1 FROM guest_words WHERE guest = ? AND n = ?");
  return query.bind(word.device).bind(word.n).step();
}

}  // namespace meanwhile
