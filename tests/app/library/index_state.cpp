#include "tests/app/library/index_state.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <memory>

#include "upload/signing.h"

namespace meanwhile {
namespace {

// Everything that queries answer from, in an order that doesn't depend on that of arrival.
constexpr std::array<const char*, 18> kState = {
    "SELECT device, n, variant, person, sort, created, subject, json FROM events ORDER BY 1, 2, 3",
    "SELECT * FROM devices ORDER BY 1",
    "SELECT * FROM people ORDER BY 1",
    "SELECT * FROM channels ORDER BY 1",
    "SELECT * FROM clips ORDER BY 1",
    "SELECT * FROM trash ORDER BY 1",
    "SELECT * FROM comments ORDER BY 1, 2, 3",
    "SELECT * FROM guest_words ORDER BY 1, 2, 3",
    "SELECT * FROM addressed ORDER BY 1, 2, 3, 4",
    "SELECT * FROM reactions ORDER BY 1, 2, 3",
    "SELECT * FROM watched ORDER BY 1, 2",
    "SELECT * FROM fetched ORDER BY 1, 2",
    "SELECT * FROM archives ORDER BY 1",
    "SELECT * FROM shares ORDER BY 1",
    "SELECT * FROM tallies ORDER BY 1, 2, 3, 4, 5",
    "SELECT owner, body FROM texts JOIN title_words w ON w.rowid = texts.id WHERE kind = 0 ORDER BY 1",
    "SELECT owner, body FROM texts JOIN person_words w ON w.rowid = texts.id WHERE kind = 1 ORDER BY 1",
    "SELECT owner, n, body FROM texts JOIN comment_words w ON w.rowid = texts.id WHERE kind = 2 ORDER BY 1, "
    "2"};

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

// Values with their lengths, so that no two different rows look alike.
int append_row(void* all, int columns, char** values, char**) {
  std::string& text = *static_cast<std::string*>(all);
  for (int column = 0; column < columns; ++column) {
    const std::string value = values[column] ? values[column] : "";
    text += values[column] ? std::to_string(value.size()) + ":" + value : "-";
  }
  text += '\n';
  return 0;
}

}  // namespace

std::string state_hash(const std::filesystem::path& index) {
  sqlite3* raw = nullptr;
  EXPECT_EQ(sqlite3_open(index.c_str(), &raw), SQLITE_OK);
  const std::unique_ptr<sqlite3, Close> file(raw);
  std::string rows;
  for (const char* sql : kState) {
    EXPECT_EQ(sqlite3_exec(raw, sql, append_row, &rows, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
    rows += '\n';
  }
  return sha256_hex(as_byte_span(rows));
}

}  // namespace meanwhile
