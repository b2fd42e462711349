#include "media/record/take_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <expected>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {

namespace {

// Whoever held it may have removed the file since it was opened: that one locks nothing.
bool is_still_there(int descriptor, const std::filesystem::path& path) {
  struct stat opened{};
  struct stat named{};
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

}  // namespace

Result<TakeLock> TakeLock::acquire(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kLockFile;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644);
  if (descriptor < 0)
    return std::unexpected(error_from_errno(errno, tr_format("locking the draft {}", folder.string())));
  TakeLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    return is_still_there(descriptor, path) ? Result<TakeLock>(std::move(lock)) : acquire(folder);
  if (errno == EWOULDBLOCK)
    return fail(ErrorCode::Unavailable, tr("the draft is being recorded or published right now"));
  return std::unexpected(error_from_errno(errno, tr_format("locking the draft {}", folder.string())));
}

bool TakeLock::is_held(const std::filesystem::path& folder) {
  const int descriptor = ::open((folder / kLockFile).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return false;
  const TakeLock probe(descriptor);
  return ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

// What has a hidden name is cut or imported, not recorded. By hand, as a folder that vanishes while we look
// must not throw. A take that nobody holds has no lock file, unless its program crashed: so this costs
// little, however many takes there are.
std::optional<std::filesystem::path> held_take(const std::filesystem::path& takes) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(takes, error), end; !error && it != end; it.increment(error)) {
    const bool is_hidden = it->path().filename().string().starts_with('.');
    if (!is_hidden && TakeLock::is_held(it->path())) return it->path();
  }
  return std::nullopt;
}

void TakeLock::end(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::remove(folder / kLockFile, ignored);
  *this = TakeLock(-1);
}

TakeLock& TakeLock::operator=(TakeLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

TakeLock::~TakeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace meanwhile
