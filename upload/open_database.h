// Opens the SQLite databases of a home, so that they can be read where nothing can be written: on a full
// disk, and on one that is read-only.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "media/base/result.h"

struct sqlite3;

namespace meanwhile {

struct CloseDatabase {
  void operator()(sqlite3* handle) const;
};

enum class DatabaseUse {
  ReadAndWrite,
  ReadOnly,  // there was no room, or no right, to write: every write fails, as the header of each class says
};

struct OpenedDatabase {
  std::unique_ptr<sqlite3, CloseDatabase> handle;
  DatabaseUse use = DatabaseUse::ReadAndWrite;
};

// Makes the file if it isn't there. WAL, synchronous=FULL, extended result codes; a connection that waits for
// others as long as busy_ms. flags: SQLITE_OPEN_FULLMUTEX or _NOMUTEX. Errors: as database_error.
//
// What SQLite shares between processes (the "-shm" file) has its blocks before it is mapped: where there is
// no room, a disk answers the first touch of such a page with SIGBUS. Without that file, what is read is the
// database itself, if nothing of its log (the "-wal" file) is left, else a copy of both in memory: it stands
// as it was when it was opened.
Result<OpenedDatabase> open_database(const std::filesystem::path& path, int flags, int busy_ms);

// What a result code means: Unavailable (another process holds it for too long), NoSpace, PermissionDenied,
// Corrupt (damaged, or no SQLite file), Io, Internal. handle: may be null.
Error database_error(sqlite3* handle, int code, std::string_view what);

}  // namespace meanwhile
