#include "app/library/text_table.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <tuple>
#include <utility>

#include "app/library/hash.h"
#include "app/library/search_words.h"
#include "media/base/result.h"
#include "upload/hlc.h"

namespace meanwhile {
namespace {

// Room for what was said in the same millisecond.
constexpr int kBitsBelowTime = 20;

std::int64_t wished_id(const TextKey& key, Hlc order) {
  const std::uint64_t hash = fnv1a(key.owner + "." + std::to_string(key.n));
  const auto low = static_cast<std::int64_t>(hash & ((1U << kBitsBelowTime) - 1));
  constexpr Hlc kLast = (Hlc{1} << 42) - 1;  // the year 2109
  return (std::clamp<Hlc>(order, 0, kLast) << kBitsBelowTime) + low + 1;
}

// Below the low bits.
std::int64_t time_of(std::int64_t id) {
  return (id - 1) >> kBitsBelowTime;
}

struct WordStatements {
  const char* insert;
  const char* remove;
};

// By TextKind.
constexpr WordStatements kStatements[] = {
    {"INSERT INTO title_words(rowid, body) VALUES(?, ?)", "DELETE FROM title_words WHERE rowid = ?"},
    {"INSERT INTO person_words(rowid, body) VALUES(?, ?)", "DELETE FROM person_words WHERE rowid = ?"},
    {"INSERT INTO comment_words(rowid, body) VALUES(?, ?)", "DELETE FROM comment_words WHERE rowid = ?"}};

}  // namespace

void TextTable::set(const TextKey& key, Hlc order, std::string text) {
  pending_.emplace(std::tuple(key.kind, wished_id(key, order)), Text{key, std::move(text)});
}

Result<void> TextTable::write() {
  for (const auto& [place, text] : std::exchange(pending_, {}))
    MEANWHILE_TRY(write_text(std::get<1>(place), text));
  return {};
}

Result<void> TextTable::write_text(std::int64_t wished, const Text& text) {
  const WordStatements& words = kStatements[static_cast<std::size_t>(text.key.kind)];
  auto id = id_of(text.key);
  if (!id) return std::unexpected(id.error());
  if (*id != 0) {
    auto removal = file_.query(words.remove);
    MEANWHILE_TRY(removal.bind(*id).run());
  }
  // What wasn't to be seen for a while may come back with a time that is known only now.
  if (*id != 0 && (text.text.empty() || time_of(*id) != time_of(wished))) {
    auto removal = file_.query("DELETE FROM texts WHERE id = ?");
    MEANWHILE_TRY(removal.bind(*id).run());
    *id = 0;
  }
  if (text.text.empty()) return {};
  if (*id == 0) id = take_id(text.key, wished);
  if (!id) return std::unexpected(id.error());
  auto insert = file_.query(words.insert);
  return insert.bind(*id).bind(searchable_text(text.text)).run();
}

// 0: it has none yet.
Result<std::int64_t> TextTable::id_of(const TextKey& key) {
  auto query = file_.query("SELECT id FROM texts WHERE kind = ? AND owner = ? AND n = ?");
  auto row = query.bind(static_cast<int>(key.kind)).bind(key.owner).bind(key.n).step();
  if (!row) return std::unexpected(row.error());
  return *row ? query.integer(0) : 0;
}

Result<std::int64_t> TextTable::take_id(const TextKey& key, std::int64_t wished) {
  for (std::int64_t id = wished;; ++id) {
    auto taken = file_.query("SELECT 1 FROM texts WHERE id = ?");
    auto row = taken.bind(id).step();
    if (!row) return std::unexpected(row.error());
    if (*row) continue;
    auto insert = file_.query("INSERT INTO texts VALUES(?, ?, ?, ?)");
    MEANWHILE_TRY(insert.bind(id).bind(static_cast<int>(key.kind)).bind(key.owner).bind(key.n).run());
    return id;
  }
}

}  // namespace meanwhile
