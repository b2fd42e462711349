#include "app/libraries/private_words.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/sqlite.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Other processes of this home may add, too.
Result<std::unique_ptr<SqliteFile>> open_file(const std::filesystem::path& path) {
  auto file = SqliteFile::open(path);
  if (!file) return file;
  MEANWHILE_TRY((*file)->execute(
      "CREATE TABLE IF NOT EXISTS words(n INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, json TEXT NOT NULL)"));
  return file;
}

// As the event log would have written it.
Json numbered(std::int64_t n, std::int64_t hlc, const Json& said) {
  Json event = {{"n", n}, {"hlc", hlc}, {"at", format_rfc3339(WallTime(std::chrono::milliseconds(hlc)))}};
  for (const auto& [member, value] : said.items()) event[member] = value;
  return event;
}

Result<Json> add_to(SqliteFile& file, const Json& said, std::int64_t hlc) {
  auto added = file.query("INSERT INTO words(hlc, json) VALUES(?, ?) RETURNING n");
  const auto row = added.bind(hlc).bind(to_text(said)).step();
  if (!row) return std::unexpected(row.error());
  const std::int64_t n = added.integer(0);
  MEANWHILE_TRY(added.run());
  return numbered(n, hlc, said);
}

Result<std::vector<Json>> read_all(SqliteFile& file) {
  std::vector<Json> words;
  MEANWHILE_TRY(file.query("SELECT n, hlc, json FROM words ORDER BY n").each([&](SqliteQuery& row) {
    if (const auto said = parse_json(row.text(2)))
      words.push_back(numbered(row.integer(0), row.integer(1), *said));
  }));
  return words;
}

}  // namespace

Result<std::unique_ptr<PrivateWords>> PrivateWords::open(const std::filesystem::path& library_folder) {
  auto file = open_file(library_folder / "private.sqlite");
  if (!file) return fail(tr("opening what stays on this machine"), file.error());
  return std::unique_ptr<PrivateWords>(new PrivateWords(std::move(*file)));
}

Result<std::vector<Json>> PrivateWords::all() {
  auto words = read_all(*file_);
  if (!words) return fail(tr("reading what stays on this machine"), words.error());
  return words;
}

Result<Json> PrivateWords::add(const EventBody& body, std::int64_t hlc) {
  const auto said = to_json(body);
  if (!said) return said;
  auto added = add_to(*file_, *said, hlc);
  if (!added) return fail(tr("keeping it on this machine"), added.error());
  return added;
}

Result<std::vector<Json>> PrivateWords::add_all(std::span<const EventBody> bodies, std::int64_t hlc) {
  std::vector<Json> all;
  const auto added = file_->transaction([&]() -> Result<void> {
    for (const EventBody& body : bodies) {
      auto one = add(body, hlc);
      if (!one) return std::unexpected(one.error());
      all.push_back(std::move(*one));
    }
    return {};
  });
  if (!added) return std::unexpected(added.error());
  return all;
}

}  // namespace meanwhile
