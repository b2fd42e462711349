// A lock between processes that ends with its holder, however that ends.
#pragma once

#include <filesystem>
#include <optional>

#include "media/base/result.h"

namespace meanwhile {

// Holds an flock(2) on a file that is made for it. The kernel releases it when the process dies: no stale
// locks.
class FileLock {
 public:
  // Blocks until it is free. Errors: PermissionDenied, NotFound (no such folder), NoSpace, Io.
  static Result<FileLock> wait(const std::filesystem::path& path);
  // nullopt: somebody else holds it. Errors: as wait.
  static Result<std::optional<FileLock>> try_take(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace meanwhile
