// Who works on an outbox, of all processes that have it open.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "media/base/result.h"
#include "upload/file_lock.h"

namespace meanwhile {

// Which worker sends an item: a name with a lock file, so that others see when its process is gone.
class WorkerClaim {
 public:
  // Errors: PermissionDenied, NoSpace, Io.
  static Result<WorkerClaim> take(const std::filesystem::path& database);
  // Where no file can be made nothing can be claimed either: a name for whoever only looks.
  static WorkerClaim unheld();
  WorkerClaim(WorkerClaim&&) = default;
  ~WorkerClaim();
  const std::string& name() const { return name_; }

  // The worker of that name, whoever made it, has ended.
  static bool is_gone(const std::filesystem::path& database, const std::string& name);

 private:
  WorkerClaim(std::string name, std::filesystem::path path, std::optional<FileLock> lock)
      : name_(std::move(name)), path_(std::move(path)), lock_(std::move(lock)) {}
  std::string name_;
  std::filesystem::path path_;
  std::optional<FileLock> lock_;
};

}  // namespace meanwhile
