// SQLite as the index uses it: statements are prepared once, values bound in the order of their question
// marks, codes translated. upload/database.h is another thing: the outbox's own database, with its tables.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/result.h"
#include "upload/open_database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace meanwhile {

class SqliteFile;

// One run of a statement. Goes back to its SqliteFile, which must outlive it.
class SqliteQuery {
 public:
  SqliteQuery(SqliteQuery&&) = default;
  SqliteQuery& operator=(SqliteQuery&&) = delete;
  ~SqliteQuery();

  SqliteQuery& bind(std::int64_t value);
  SqliteQuery& bind(std::string_view text);
  SqliteQuery& bind(const std::string& text) { return bind(std::string_view(text)); }
  SqliteQuery& bind(const std::optional<std::int64_t>& value);
  SqliteQuery& bind(const std::optional<std::string>& text);

  // true: there is a row. Errors: as SqliteFile.
  Result<bool> step();
  // Steps to the end.
  Result<void> run();
  // Calls visit for each row.
  Result<void> each(const std::function<void(SqliteQuery& row)>& visit);

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  bool is_null(int column) const;

 private:
  friend class SqliteFile;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  using StatementPtr = std::unique_ptr<sqlite3_stmt, Finalize>;
  SqliteQuery(SqliteFile& file, const char* sql, StatementPtr statement)
      : file_(file), sql_(sql), statement_(std::move(statement)) {}

  SqliteFile& file_;
  const char* sql_;
  StatementPtr statement_;  // empty: could not be prepared
  int bound_ = 0;
};

// One connection; one thread at a time. Errors of everything: Unavailable (another process writes for longer
// than 5 s), NoSpace, PermissionDenied, Corrupt (damaged, or no SQLite file), Io.
class SqliteFile {
 public:
  // WAL, synchronous=FULL: each commit is on the disk when it returns.
  static Result<std::unique_ptr<SqliteFile>> open(const std::filesystem::path& path);
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;

  // sql: a literal, which stays. A mistake in it shows when the query is run.
  SqliteQuery query(const char* sql);
  // Several statements.
  Result<void> execute(const char* sql);
  // It can be read, and each write fails with NoSpace or PermissionDenied (upload/open_database.h).
  bool is_read_only() const { return use_ == DatabaseUse::ReadOnly; }
  // One integer, of the first row; 0 without one.
  Result<std::int64_t> integer(const char* sql);
  // All of work, or none of it if it fails. Other processes' writers wait meanwhile. Not nested.
  Result<void> transaction(const std::function<Result<void>()>& work);

 private:
  friend class SqliteQuery;
  SqliteFile(OpenedDatabase database, std::string name)
      : handle_(std::move(database.handle)), use_(database.use), name_(std::move(name)) {}
  Error error(int code) const;

  std::unique_ptr<sqlite3, CloseDatabase> handle_;
  const DatabaseUse use_;
  const std::string name_;
  // By the address of their text; after handle_, so that they go first.
  std::multimap<const char*, SqliteQuery::StatementPtr> idle_;
};

}  // namespace meanwhile
