#include "app/library/caption_table.h"

#include <string_view>

#include "app/library/index.h"
#include "app/library/search_words.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"

namespace meanwhile {

Result<void> add_caption(SqliteFile& file, std::string_view clip, const CaptionLine& line) {
  auto row = file.query("INSERT INTO captions(clip, at, until, text) VALUES(?, ?, ?, ?)");
  row.bind(clip).bind(line.from.count()).bind(line.to.count()).bind(line.text);
  MEANWHILE_TRY(row.run());
  auto words = file.query("INSERT INTO caption_words(rowid, body) VALUES(last_insert_rowid(), ?)");
  return words.bind(searchable_text(line.text)).run();
}

Result<void> remove_captions(SqliteFile& file, std::string_view clip) {
  auto words =
      file.query("DELETE FROM caption_words WHERE rowid IN (SELECT id FROM captions WHERE clip = ?)");
  MEANWHILE_TRY(words.bind(clip).run());
  auto lines = file.query("DELETE FROM captions WHERE clip = ?");
  MEANWHILE_TRY(lines.bind(clip).run());
  auto told = file.query("DELETE FROM captions_told WHERE clip = ?");
  return told.bind(clip).run();
}

}  // namespace meanwhile
