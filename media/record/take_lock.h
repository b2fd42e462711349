// Who holds a take.
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "media/base/result.h"

namespace meanwhile {

// An flock on the file "lock" in a take's folder: held as long as this object lives, and no longer than its
// process, so that a crash lets go of it.
class TakeLock {
 public:
  // Errors: Unavailable (somebody holds it), NotFound, PermissionDenied, NoSpace, Io.
  static Result<TakeLock> acquire(const std::filesystem::path& folder);
  // Somebody holds it. Makes no file.
  static bool is_held(const std::filesystem::path& folder);

  // Lets go of it, and leaves no file behind.
  void end(const std::filesystem::path& folder);

  TakeLock(TakeLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  TakeLock& operator=(TakeLock&& other) noexcept;
  ~TakeLock();

 private:
  explicit TakeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// The folder of a take below `takes` that somebody records or recovers right now; nullopt: there is none.
std::optional<std::filesystem::path> held_take(const std::filesystem::path& takes);

inline constexpr const char* kLockFile = "lock";

}  // namespace meanwhile
