// The folder of a take that is being made of a file.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "media/base/result.h"
#include "media/record/take_lock.h"

namespace meanwhile {

// Hidden and locked until it is done, so that nobody takes it for a take; gone with this object unless it was
// published.
class ImportFolder {
 public:
  // Errors: NoSpace, PermissionDenied, Io.
  static Result<ImportFolder> create(const std::filesystem::path& takes, const std::string& clip);
  ImportFolder(ImportFolder&& other) noexcept
      : take_(std::move(other.take_)),
        hidden_(std::exchange(other.hidden_, {})),
        lock_(std::move(other.lock_)) {}
  ImportFolder& operator=(ImportFolder&&) = delete;
  ~ImportFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return hidden_; }
  // It is a take from now on, of that folder. Errors: Io, NoSpace.
  Result<std::filesystem::path> unveil();

 private:
  ImportFolder(std::filesystem::path take, std::filesystem::path hidden, TakeLock lock)
      : take_(std::move(take)), hidden_(std::move(hidden)), lock_(std::move(lock)) {}

  std::filesystem::path take_;
  std::filesystem::path hidden_;  // empty: it is hidden no more
  TakeLock lock_;
};

}  // namespace meanwhile
