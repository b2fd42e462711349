#include "app/library/sqlite.h"

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/blocking.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/open_database.h"

namespace meanwhile {
namespace {

constexpr int kBusyTimeoutMs = 5000;

}  // namespace

void SqliteQuery::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SqliteQuery::~SqliteQuery() {
  if (!statement_) return;
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  file_.idle_.emplace(sql_, std::move(statement_));
}

SqliteQuery& SqliteQuery::bind(std::int64_t value) {
  if (statement_) sqlite3_bind_int64(statement_.get(), ++bound_, value);
  return *this;
}

SqliteQuery& SqliteQuery::bind(std::string_view text) {
  // Never a null pointer: that would bind NULL.
  const char* data = text.data() ? text.data() : "";
  if (statement_) {
    sqlite3_bind_text64(statement_.get(), ++bound_, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  return *this;
}

SqliteQuery& SqliteQuery::bind(const std::optional<std::int64_t>& value) {
  if (value) return bind(*value);
  ++bound_;  // NULL already
  return *this;
}

SqliteQuery& SqliteQuery::bind(const std::optional<std::string>& text) {
  if (text) return bind(std::string_view(*text));
  ++bound_;
  return *this;
}

Result<bool> SqliteQuery::step() {
  if (!statement_) return std::unexpected(file_.error(sqlite3_errcode(file_.handle_.get())));
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return std::unexpected(file_.error(code));
}

Result<void> SqliteQuery::run() {
  may_block(Blocking::DiskSync, file_.name_);
  return each([](SqliteQuery&) {});
}

Result<void> SqliteQuery::each(const std::function<void(SqliteQuery& row)>& visit) {
  while (true) {
    auto row = step();
    if (!row) return std::unexpected(std::move(row).error());
    if (!*row) return {};
    visit(*this);
  }
}

std::int64_t SqliteQuery::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string SqliteQuery::text(int column) const {
  const unsigned char* text = sqlite3_column_text(statement_.get(), column);
  if (!text) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool SqliteQuery::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<std::unique_ptr<SqliteFile>> SqliteFile::open(const std::filesystem::path& path) {
  may_block(Blocking::Database, path.native());
  auto database = open_database(path, SQLITE_OPEN_FULLMUTEX, kBusyTimeoutMs);
  if (!database) return std::unexpected(database.error());
  return std::unique_ptr<SqliteFile>(new SqliteFile(std::move(*database), path.string()));
}

SqliteQuery SqliteFile::query(const char* sql) {
  if (auto idle = idle_.extract(sql)) return {*this, sql, std::move(idle.mapped())};
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  return {*this, sql, SqliteQuery::StatementPtr(statement)};
}

Result<void> SqliteFile::execute(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return {};
}

Result<std::int64_t> SqliteFile::integer(const char* sql) {
  auto query = this->query(sql);
  auto row = query.step();
  if (!row) return std::unexpected(std::move(row).error());
  return *row ? query.integer(0) : 0;
}

Result<void> SqliteFile::transaction(const std::function<Result<void>()>& work) {
  may_block(Blocking::DiskSync, name_);
  // IMMEDIATE: a reader that turns writer later can't be made to wait, it would fail.
  // Where nothing can be written, what only reads may go on.
  MEANWHILE_TRY(execute(is_read_only() ? "BEGIN" : "BEGIN IMMEDIATE"));
  auto done = work();
  if (done) done = execute("COMMIT");
  // A full disk may have rolled back already; then this fails, and that is fine.
  if (!done && !sqlite3_get_autocommit(handle_.get())) (void)execute("ROLLBACK");
  return done;
}

Error SqliteFile::error(int code) const {
  return database_error(handle_.get(), code, tr_format("using the index {}", name_));
}

}  // namespace meanwhile
