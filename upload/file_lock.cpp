#include "upload/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <expected>
#include <filesystem>
#include <optional>
#include <utility>

#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

Result<int> open_lock_file(const std::filesystem::path& path) {
  constexpr int kFlags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | kFlags, 0600);
  // Nothing is written in it: a disk that is read-only will do.
  if (descriptor < 0 && errno == EROFS) {
    descriptor = ::open(path.c_str(), O_RDONLY | kFlags);
    if (descriptor < 0) errno = EROFS;  // that it isn't there is no news
  }
  if (descriptor < 0) return std::unexpected(error_from_errno(errno, tr_format("opening {}", path.string())));
  return descriptor;
}

int lock(int descriptor, int operation) {
  int result = 0;
  do {
    result = ::flock(descriptor, operation);
  } while (result != 0 && errno == EINTR);
  return result;
}

}  // namespace

Result<FileLock> FileLock::wait(const std::filesystem::path& path) {
  const auto descriptor = open_lock_file(path);
  if (!descriptor) return std::unexpected(descriptor.error());
  FileLock taken(*descriptor);
  if (lock(*descriptor, LOCK_EX) != 0)
    return std::unexpected(error_from_errno(errno, tr_format("locking {}", path.string())));
  return taken;
}

Result<std::optional<FileLock>> FileLock::try_take(const std::filesystem::path& path) {
  const auto descriptor = open_lock_file(path);
  if (!descriptor) return std::unexpected(descriptor.error());
  FileLock taken(*descriptor);
  if (lock(*descriptor, LOCK_EX | LOCK_NB) == 0) return std::optional(std::move(taken));
  if (errno == EWOULDBLOCK) return std::nullopt;
  return std::unexpected(error_from_errno(errno, tr_format("locking {}", path.string())));
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace meanwhile
