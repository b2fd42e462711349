// What a person does in a library and nobody else gets: events that stay in a database on this machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "app/library/events.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

// One thread at a time.
class PrivateWords {
 public:
  // library_folder: Home::library_folder's.
  explicit PrivateWords(const std::filesystem::path& library_folder)
      : path_(library_folder / "private.sqlite") {}

  // On the disk when this returns. hlc: LibrarySession's. Gives the event as the index takes it. Errors:
  // InvalidArgument (as to_json), SqliteFile's.
  Result<Json> add(const EventBody& body, std::int64_t hlc);
  // All that was ever added. Errors: SqliteFile's.
  Result<std::vector<Json>> all() const;

 private:
  const std::filesystem::path path_;
};

// Under which they stand in the index: no device's name looks like it.
constexpr const char* kPrivateDevice = "private";

}  // namespace meanwhile
