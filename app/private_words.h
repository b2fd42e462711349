// What a person does in a library and nobody else gets: events that stay in a file on this machine.
#pragma once

#include <filesystem>
#include <vector>

#include "app/library/index.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

// One thread at a time.
class PrivateWords {
 public:
  // library_folder: Home::library_folder's.
  explicit PrivateWords(const std::filesystem::path& library_folder)
      : file_(library_folder / "private.jsonl") {}

  // On the disk when this returns. hlc: LibrarySession's. Gives the event as the index takes it. Errors:
  // InvalidArgument (as to_json), NoSpace, PermissionDenied, Io.
  Result<Json> add(const EventBody& body, std::int64_t hlc);
  // All that was ever added; lines that can't be read are left out. Errors: PermissionDenied, Io.
  Result<std::vector<Json>> all() const;

 private:
  const std::filesystem::path file_;
};

// Under which they stand in the index: no device's name looks like it.
constexpr const char* kPrivateDevice = "private";

}  // namespace meanwhile
