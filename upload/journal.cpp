#include "upload/journal.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/blocking.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/file_lock.h"
#include "upload/open_database.h"

namespace meanwhile {
namespace {

constexpr int kVersion = 1;
constexpr int kBusyTimeoutMs = 20'000;

// groups.then_events: a JSON array, until it is appended; then last_event is the n of the last of them.
// items: claimed_by is the worker that sends it now (outbox_queue.h); action 0 stores, 1 removes.
constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events(
  device TEXT NOT NULL, n INTEGER NOT NULL, hlc INTEGER NOT NULL, json TEXT NOT NULL, seq INTEGER,
  PRIMARY KEY(device, n)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS events_by_seq ON events(device, seq);
CREATE TABLE IF NOT EXISTS batches(
  device TEXT NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY(device, seq));
CREATE TABLE IF NOT EXISTS logs(
  device TEXT PRIMARY KEY, first_used INTEGER NOT NULL, certified INTEGER NOT NULL DEFAULT 0,
  stored_seq INTEGER NOT NULL DEFAULT 0, head_seq INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moved(
  device TEXT NOT NULL, n INTEGER NOT NULL, to_device TEXT NOT NULL, to_n INTEGER NOT NULL,
  PRIMARY KEY(device, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS groups(
  name TEXT PRIMARY KEY, created_ms INTEGER NOT NULL, failure TEXT, then_events TEXT,
  event_device TEXT, last_event INTEGER);
CREATE TABLE IF NOT EXISTS items(
  id INTEGER PRIMARY KEY, grp TEXT NOT NULL, action INTEGER NOT NULL, key TEXT NOT NULL, path TEXT, offset INTEGER,
  size INTEGER NOT NULL, bytes BLOB, sha256 TEXT NOT NULL, stage INTEGER NOT NULL, priority INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, next_try_ms INTEGER NOT NULL DEFAULT 0,
  claimed_by TEXT, error TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS items_by_key ON items(key, action);
CREATE INDEX IF NOT EXISTS items_by_group ON items(grp, done, stage);
CREATE INDEX IF NOT EXISTS items_to_do ON items(priority, id) WHERE done = 0;
CREATE TABLE IF NOT EXISTS devices(
  device TEXT PRIMARY KEY, device_key TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS received(
  device TEXT NOT NULL, seq INTEGER NOT NULL, sha256 TEXT NOT NULL, prev TEXT NOT NULL,
  PRIMARY KEY(device, seq, sha256)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS holes(
  device TEXT NOT NULL, seq INTEGER NOT NULL, since_ms INTEGER NOT NULL, attempts INTEGER NOT NULL,
  next_try_ms INTEGER NOT NULL, PRIMARY KEY(device, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copies(
  folder TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY(folder, name)) WITHOUT ROWID;
)sql";

// Tables and indexes that kTables makes.
std::int64_t count_things() {
  constexpr std::string_view kMaking = "IF NOT EXISTS";
  const std::string_view tables = kTables;
  std::int64_t count = 0;
  for (auto at = tables.find(kMaking); at != tables.npos; at = tables.find(kMaking, at + 1)) ++count;
  return count;
}

std::unexpected<Error> failure(sqlite3* handle) {
  const char* name = sqlite3_db_filename(handle, "main");
  return std::unexpected(database_error(handle, sqlite3_extended_errcode(handle),
                                        tr_format("using the journal {}", name ? name : "")));
}

}  // namespace

class Journal::Compiled {
 public:
  ~Compiled() {
    for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
  }

  sqlite3_stmt* take(sqlite3* handle, std::string_view sql) {
    if (const auto found = idle_.find(sql); found != idle_.end()) {
      sqlite3_stmt* statement = found->second;
      idle_.erase(found);
      return statement;
    }
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                       &statement, nullptr);
    return statement;
  }

  void give_back(sqlite3_stmt* statement) {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (!idle_.emplace(sqlite3_sql(statement), statement).second) sqlite3_finalize(statement);
  }

 private:
  std::map<std::string, sqlite3_stmt*, std::less<>> idle_;
};

Journal::Journal(OpenedDatabase database, std::filesystem::path path)
    : handle_(std::move(database.handle)),
      use_(database.use),
      compiled_(new Compiled),
      path_(std::move(path)) {}

void Journal::DeleteCompiled::operator()(Compiled* compiled) const {
  delete compiled;
}
void Journal::Statement::GiveBack::operator()(sqlite3_stmt* statement) const {
  compiled->give_back(statement);
}

Journal::Statement& Journal::Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), ++bound_, value);
  return *this;
}

Journal::Statement& Journal::Statement::bind(std::string_view text) {
  sqlite3_bind_text64(statement_.get(), ++bound_, text.data() ? text.data() : "", text.size(),
                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Journal::Statement& Journal::Statement::bind(std::span<const std::byte> blob) {
  if (blob.empty()) {
    sqlite3_bind_zeroblob(statement_.get(), ++bound_, 0);
  } else {
    sqlite3_bind_blob64(statement_.get(), ++bound_, blob.data(), blob.size(), SQLITE_TRANSIENT);
  }
  return *this;
}

Journal::Statement& Journal::Statement::bind_null() {
  sqlite3_bind_null(statement_.get(), ++bound_);
  return *this;
}

Result<bool> Journal::Statement::step() {
  if (!statement_) return failure(handle_);
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      return failure(handle_);
  }
}

Result<void> Journal::Statement::run() {
  MEANWHILE_TRY(step());
  return {};
}

std::int64_t Journal::Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Journal::Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)))
              : "";
}

Bytes Journal::Statement::blob(int column) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column));
  return data ? Bytes(data, data + sqlite3_column_bytes(statement_.get(), column)) : Bytes();
}

bool Journal::Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<Journal> Journal::open(const std::filesystem::path& path) {
  may_block(Blocking::Database, path.native());
  MEANWHILE_TRY(make_folders(path.parent_path()));
  // Turning WAL on needs the file alone, and SQLite doesn't wait for that.
  std::filesystem::path lock_path = path;
  lock_path += ".open-lock";
  const auto lock = FileLock::wait(lock_path);
  // Where no lock can be made, nothing can be written either.
  if (!lock && lock.error().code != ErrorCode::NoSpace && lock.error().code != ErrorCode::PermissionDenied)
    return std::unexpected(lock.error());
  auto database = open_database(path, SQLITE_OPEN_NOMUTEX, kBusyTimeoutMs);
  if (!database) return std::unexpected(database.error());
  Journal journal(std::move(*database), path);
  const auto whole = journal.is_whole();
  if (!whole) return std::unexpected(whole.error());
  if (*whole) return journal;
  const auto made = journal.transaction([&] { return journal.make_tables(); });
  if (!made) return std::unexpected(made.error());
  return journal;
}

// So that opening it writes nothing; and an older one is read as it is where nothing can be written.
Result<bool> Journal::is_whole() {
  auto version = prepare("PRAGMA user_version");
  MEANWHILE_TRY(version.step());
  if (version.integer(0) > kVersion) {
    return fail(ErrorCode::Unsupported,
                tr_format("{} was written by a newer Meanwhile: update Meanwhile to use it", path_.string()));
  }
  if (version.integer(0) == kVersion && use_ == DatabaseUse::ReadOnly) return true;
  auto made = prepare("SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
  MEANWHILE_TRY(made.step());
  return version.integer(0) == kVersion && made.integer(0) >= count_things();
}

Result<void> Journal::make_tables() {
  MEANWHILE_TRY(execute(kTables));
  return execute(fmt::format("PRAGMA user_version={}", kVersion).c_str());
}

Journal::Statement Journal::prepare(std::string_view sql) {
  return {handle_.get(), compiled_->take(handle_.get(), sql), compiled_.get()};
}

// IMMEDIATE: two processes that both read and then write must not find each other in the way half-way.
Result<void> Journal::transaction(const std::function<Result<void>()>& work, Durability durability) {
  const bool is_later = durability == Durability::WithTheNext;
  if (!is_later) may_block(Blocking::DiskSync, path_.native());
  if (is_later) MEANWHILE_TRY(execute("PRAGMA synchronous=NORMAL"));
  // Where nothing can be written, what only reads may go on.
  auto done = prepare(use_ == DatabaseUse::ReadOnly ? "BEGIN" : "BEGIN IMMEDIATE").run();
  if (done) done = work();
  if (done) done = prepare("COMMIT").run();
  if (!done && sqlite3_get_autocommit(handle_.get()) == 0) (void)execute("ROLLBACK");
  if (!is_later) return done;
  const auto restored = execute("PRAGMA synchronous=FULL");
  return done ? restored : done;
}

Result<std::optional<std::string>> Journal::value(std::string_view name) {
  auto query = prepare("SELECT value FROM meta WHERE name = ?");
  const auto row = query.bind(name).step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  return query.text(0);
}

Result<void> Journal::set_value(std::string_view name, std::string_view value) {
  return prepare("INSERT OR REPLACE INTO meta VALUES(?, ?)").bind(name).bind(value).run();
}

Result<void> Journal::execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failure(handle_.get());
  return {};
}

}  // namespace meanwhile
