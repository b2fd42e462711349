// Arrangements that an author works on and hasn't saved, kept so that nothing loses them: a small file each.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "media/base/arrangement.h"
#include "media/base/result.h"

namespace meanwhile {

// Any thread, but one call at a time for one clip. Writing blocks for a disk's sync.
class UnsavedArrangements {
 public:
  // folder: made at the first save.
  explicit UnsavedArrangements(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Errors: InvalidArgument (clip is no clip id), NoSpace, PermissionDenied, Io.
  Result<void> save(std::string_view clip, const Arrangement& arrangement) const;
  // nullopt: none, or none that can be read.
  std::optional<Arrangement> load(std::string_view clip) const;
  // Removing what isn't there is done already. Errors: InvalidArgument, PermissionDenied, Io.
  Result<void> remove(std::string_view clip) const;

 private:
  Result<std::filesystem::path> file(std::string_view clip) const;

  std::filesystem::path folder_;
};

}  // namespace meanwhile
