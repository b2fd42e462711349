// What a person does in a library and nobody else gets: events that stay in a database on this machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/sqlite.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

// One thread at a time.
class PrivateWords {
 public:
  // library_folder: Home::library_folder's. Errors: SqliteFile's.
  static Result<std::unique_ptr<PrivateWords>> open(const std::filesystem::path& library_folder);

  // On the disk when this returns. hlc: LibrarySession's. Gives the event as the index takes it. Errors:
  // InvalidArgument (as to_json), SqliteFile's.
  Result<Json> add(const EventBody& body, std::int64_t hlc);
  // All of them, or none.
  Result<std::vector<Json>> add_all(std::span<const EventBody> bodies, std::int64_t hlc);
  // All that was ever added. Errors: SqliteFile's.
  Result<std::vector<Json>> all();

 private:
  explicit PrivateWords(std::unique_ptr<SqliteFile> file) : file_(std::move(file)) {}
  const std::unique_ptr<SqliteFile> file_;
};

// Under which they stand in the index: no device's name looks like it.
constexpr const char* kPrivateDevice = "private";

}  // namespace meanwhile
