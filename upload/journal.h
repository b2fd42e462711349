// The SQLite database of one library in one home: the event log's journal, the outbox's queue, sync's
// positions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/open_database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace meanwhile {

// When a commit is on the disk.
enum class Durability {
  AtOnce,       // when transaction() returns
  WithTheNext,  // with the next commit AtOnce, of whichever connection: for what may be done again after a
                // crash
};

// One connection: one thread at a time. Every commit is on the disk when it returns (WAL, synchronous=FULL),
// but for those that say otherwise. Source: SQLite, "PRAGMA synchronous".
class Journal {
  // Statements are compiled once, and kept while nobody runs them.
  class Compiled;

 public:
  // A statement that is being run. Values are bound in the order of its question marks.
  class Statement {
   public:
    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view text);
    Statement& bind(std::span<const std::byte> blob);
    Statement& bind_null();

    // true: there is a row. Errors: NoSpace, PermissionDenied, Corrupt, Io, Unavailable (another process
    // holds the database for too long).
    Result<bool> step();
    // For statements without rows.
    Result<void> run();

    std::int64_t integer(int column) const;
    std::string text(int column) const;
    Bytes blob(int column) const;
    bool is_null(int column) const;

   private:
    friend class Journal;
    struct GiveBack {
      Compiled* compiled = nullptr;
      void operator()(sqlite3_stmt* statement) const;
    };
    Statement(sqlite3* handle, sqlite3_stmt* statement, Compiled* compiled)
        : handle_(handle), statement_(statement, GiveBack{compiled}) {}
    sqlite3* handle_;                                    // the journal's, which outlives its statements
    std::unique_ptr<sqlite3_stmt, GiveBack> statement_;  // empty: preparing failed, step() says why
    int bound_ = 0;
  };

  // Makes the file, its folder and its tables if needed. Errors: Corrupt (no journal), Unsupported (of a
  // newer version), PermissionDenied, NoSpace, Io. One that can't be written can be read all the same
  // (open_database.h): each write fails then, with NoSpace or PermissionDenied.
  static Result<Journal> open(const std::filesystem::path& path);

  // A wrong sql shows when the statement is run.
  Statement prepare(std::string_view sql);

  // work's error, or a failing commit, undoes all of it. Not nested. Other processes wait meanwhile.
  Result<void> transaction(const std::function<Result<void>()>& work,
                           Durability durability = Durability::AtOnce);

  // Small named values.
  Result<std::optional<std::string>> value(std::string_view name);
  Result<void> set_value(std::string_view name, std::string_view value);

  const std::filesystem::path& path() const { return path_; }

 private:
  struct DeleteCompiled {
    void operator()(Compiled* compiled) const;
  };
  Journal(OpenedDatabase database, std::filesystem::path path);
  Result<bool> is_whole();
  Result<void> make_tables();
  Result<void> execute(const char* sql);
  std::unique_ptr<sqlite3, CloseDatabase> handle_;
  DatabaseUse use_ = DatabaseUse::ReadAndWrite;
  std::unique_ptr<Compiled, DeleteCompiled> compiled_;  // goes before the handle
  std::filesystem::path path_;
};

}  // namespace meanwhile
