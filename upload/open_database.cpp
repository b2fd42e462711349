#include "upload/open_database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp
#include <sys/mman.h>
#include <sys/types.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// Less than SQLite's smallest -shm file: what can't be had then is room.
constexpr std::uintmax_t kFullBelowBytes = 64 << 10;

// In place of mmap(): see the header.
void* map_what_is_there(void* address, std::size_t length, int protection, int flags, int file,
                        off_t offset) {
  const bool is_written = (protection & PROT_WRITE) != 0 && file >= 0;
  const auto bytes = static_cast<off_t>(length);
  if (is_written && ::fallocate(file, 0, offset, bytes) != 0 && (errno == ENOSPC || errno == EDQUOT))
    return MAP_FAILED;
  return ::mmap(address, length, protection, flags, file, offset);
}

void guard_mappings() {
  sqlite3_initialize();
  sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
  if (!system || system->iVersion < 3) return;
  system->xSetSystemCall(system, "mmap", reinterpret_cast<sqlite3_syscall_ptr>(map_what_is_there));
}

bool is_disk_full(const fs::path& path) {
  std::error_code error;
  const auto space = fs::space(path.parent_path(), error);
  return !error && space.available < kFullBelowBytes;
}

ErrorCode code_of(int sqlite_code) {
  switch (sqlite_code) {
    // Of the -shm file: nothing but room can be missing.
    case SQLITE_IOERR_SHMMAP:
    case SQLITE_IOERR_SHMSIZE:
      return ErrorCode::NoSpace;
    default:
      break;
  }
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
      return ErrorCode::NoSpace;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::Unavailable;
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return ErrorCode::PermissionDenied;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::Corrupt;
    case SQLITE_MISUSE:
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
      return ErrorCode::Internal;
    default:
      return ErrorCode::Io;
  }
}

// Two that make a database at once: the switch to WAL is given up at once by SQLite, whatever the timeout
// says.
int execute_patiently(sqlite3* handle, const char* sql, int busy_ms) {
  constexpr int kPauseMs = 5;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(busy_ms);
  while (true) {
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    if ((code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() >= deadline) return code;
    sqlite3_sleep(kPauseMs);
  }
}

// Opens and reads something, for only that shows whether it can be used.
int try_open(const std::string& name, int flags, int busy_ms, const char* pragmas, OpenedDatabase& opened) {
  sqlite3* handle = nullptr;
  int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  opened.handle.reset(handle);
  if (code != SQLITE_OK) return code;
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_ms);
  code = execute_patiently(handle, pragmas, busy_ms);
  if (code != SQLITE_OK) return code;
  return sqlite3_exec(handle, "SELECT count(*) FROM sqlite_master", nullptr, nullptr, nullptr);
}

// As a URI has it.
std::string immutable_name(const fs::path& path) {
  std::string name = "file:";
  for (const char c : path.native()) {
    if (c == '%' || c == '?' || c == '#')
      name += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      name += c;
  }
  return name + "?immutable=1";
}

fs::path log_of(fs::path path) {
  path += "-wal";
  return path;
}

bool has_log(const fs::path& path) {
  std::error_code error;
  const auto bytes = fs::file_size(log_of(path), error);
  return !error && bytes > 0;
}

// The copy has no name any more when this returns.
int open_copy(const fs::path& path, int flags, int busy_ms, OpenedDatabase& opened) {
  std::error_code error;
  const fs::path memory = "/dev/shm";
  const fs::path parent = fs::is_directory(memory, error) ? memory : fs::temp_directory_path(error);
  std::string folder = (parent / "meanwhile-XXXXXX").native();
  if (!::mkdtemp(folder.data())) return SQLITE_CANTOPEN;
  const fs::path copy = fs::path(folder) / path.filename();
  int code = SQLITE_CANTOPEN;
  if (fs::copy_file(path, copy, error) && fs::copy_file(log_of(path), log_of(copy), error))
    code = try_open(copy.native(), SQLITE_OPEN_READWRITE | flags, busy_ms, "PRAGMA query_only=ON", opened);
  fs::remove_all(folder, error);
  return code;
}

int open_to_read(const fs::path& path, int flags, int busy_ms, OpenedDatabase& opened) {
  opened.use = DatabaseUse::ReadOnly;
  if (has_log(path)) return open_copy(path, flags, busy_ms, opened);
  return try_open(immutable_name(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | flags, busy_ms, "", opened);
}

}  // namespace

void CloseDatabase::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}

Result<OpenedDatabase> open_database(const fs::path& path, int flags, int busy_ms) {
  static std::once_flag guarded;
  std::call_once(guarded, guard_mappings);
  OpenedDatabase opened;
  const int code = try_open(path.native(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | flags, busy_ms,
                            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", opened);
  if (code == SQLITE_OK) return opened;
  const Error error = database_error(opened.handle.get(), code, tr_format("opening {}", path.native()));
  const bool is_place = error.code == ErrorCode::NoSpace || error.code == ErrorCode::PermissionDenied ||
                        error.code == ErrorCode::Io;
  std::error_code missing;
  const auto bytes = fs::file_size(path, missing);
  if (!is_place || missing || bytes == 0) return std::unexpected(error);
  opened.handle.reset();
  if (open_to_read(path, flags, busy_ms, opened) != SQLITE_OK) return std::unexpected(error);
  return opened;
}

Error database_error(sqlite3* handle, int code, std::string_view what) {
  const char* name = handle ? sqlite3_db_filename(handle, "main") : nullptr;
  const bool is_full =
      code_of(code) == ErrorCode::NoSpace || ((code & 0xff) == SQLITE_READONLY && name && is_disk_full(name));
  if (is_full) return {ErrorCode::NoSpace, tr_format("{}: there is no room left on the disk", what)};
  return {code_of(code), fmt::format("{}: {}", what, handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code))};
}

}  // namespace meanwhile
