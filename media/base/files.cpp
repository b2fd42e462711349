#include "media/base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/blocking.h"
#include "media/base/byte_stream.h"
#include "media/base/descriptor.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Of file systems' clocks: FAT and some network disks count by two seconds.
constexpr std::chrono::seconds kLongestTimeStep{2};

namespace fs = std::filesystem;

// O_NONBLOCK: a FIFO that somebody put into a shared folder must not hang us.
Result<int> open_regular(const fs::path& path) {
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!descriptor.is_open()) return errno_failure(tr_format("opening {}", path.string()));
  struct stat info{};
  if (::fstat(descriptor.get(), &info) != 0) return errno_failure(tr_format("opening {}", path.string()));
  if (!S_ISREG(info.st_mode))
    return fail(ErrorCode::Corrupt, tr_format("{} is not an ordinary file", path.string()));
  return descriptor.release();
}

Result<void> sync_names(const fs::path& folder) {
  const fs::path target = folder.empty() ? fs::path(".") : folder;
  const Descriptor directory(::open(target.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open()) return errno_failure(tr_format("opening the folder {}", target.string()));
  // EINVAL: the file system can't sync folders (some network mounts), and there is nothing better to do.
  if (::fsync(directory.get()) != 0 && errno != EINVAL)
    return errno_failure(tr_format("syncing the folder {}", target.string()));
  return {};
}

}  // namespace

Error error_from_errno(int error_number, std::string_view doing) {
  const auto code = [&] {
    switch (error_number) {
      case ENOENT:
      case ENOTDIR:
        return ErrorCode::NotFound;
      case EEXIST:
        return ErrorCode::AlreadyExists;
      case EACCES:
      case EPERM:
      case EROFS:
        return ErrorCode::PermissionDenied;
      case ENOSPC:
      case EDQUOT:
      case EFBIG:
        return ErrorCode::NoSpace;
      case EAGAIN:
      case EBUSY:
      case ETIMEDOUT:
      case ESTALE:
      case EHOSTDOWN:
        return ErrorCode::Unavailable;
      default:
        return ErrorCode::Io;
    }
  }();
  return {code, std::string(doing) + ": " + std::generic_category().message(error_number)};
}

std::unexpected<Error> errno_failure(std::string_view doing) {
  return std::unexpected(error_from_errno(errno, doing));
}

Result<void> write_all(int descriptor, std::span<const std::byte> bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno_failure(tr_format("writing {}", name));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<Bytes> read_file(const fs::path& path, std::uint64_t limit_bytes) {
  auto source = FileSource::open(path);
  if (!source) return std::unexpected(source.error());
  auto size = (*source)->size();
  if (!size) return std::unexpected(size.error());
  if (*size > limit_bytes) {
    return fail(
        ErrorCode::Corrupt,
        tr_count(limit_bytes, "{} is larger than the {} bytes that such a file may have",
                 "{} is larger than the {} bytes that such a file may have", path.string(), limit_bytes));
  }
  Bytes bytes(*size);
  auto read = (*source)->read_at(0, bytes);
  if (!read) return std::unexpected(read.error());
  bytes.resize(*read);
  return bytes;
}

Result<void> write_file_durably(const fs::path& path, std::span<const std::byte> bytes, FileAccess access) {
  may_block(Blocking::DiskSync, path.native());
  // Unique within this process and among processes: two writers never share a temporary file.
  static std::atomic<unsigned> counter = 0;
  const fs::path temporary =
      path.parent_path() / ("." + path.filename().string() + "." + std::to_string(::getpid()) + "." +
                            std::to_string(++counter) + ".tmp");
  const auto write_temporary = [&]() -> Result<void> {
    const mode_t mode = access == FileAccess::Owner ? 0600 : 0644;
    const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (!file.is_open()) return errno_failure(tr_format("writing {}", path.string()));
    MEANWHILE_TRY(write_all(file.get(), bytes, path.string()));
    if (::fsync(file.get()) != 0) return errno_failure(tr_format("writing {}", path.string()));
    return {};
  };
  auto written = write_temporary();
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0)
    written = errno_failure(tr_format("writing {}", path.string()));
  if (!written) {
    ::unlink(temporary.c_str());
    return written;
  }
  return sync_names(path.parent_path());
}

Result<void> make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error)
    return std::unexpected(error_from_errno(error.value(), tr_format("making the folder {}", path.string())));
  return {};
}

Result<void> sync_folder(const fs::path& folder) {
  may_block(Blocking::DiskSync, folder.native());
  return sync_names(folder);
}

Result<std::uint64_t> free_space(const fs::path& folder) {
  struct statvfs info{};
  if (::statvfs(folder.c_str(), &info) != 0)
    return errno_failure(tr_format("asking for free space in {}", folder.string()));
  return static_cast<std::uint64_t>(info.f_bavail) * info.f_frsize;
}

Result<std::size_t> MemorySource::read_at(std::uint64_t offset, std::span<std::byte> into) {
  if (offset >= bytes_.size()) return std::size_t{0};
  const auto count = std::min<std::uint64_t>(into.size(), bytes_.size() - offset);
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
  return static_cast<std::size_t>(count);
}

Result<std::unique_ptr<FileSource>> FileSource::open(const fs::path& path) {
  auto descriptor = open_regular(path);
  if (!descriptor) return std::unexpected(descriptor.error());
  return std::unique_ptr<FileSource>(new FileSource(*descriptor, path.string()));
}

FileSource::~FileSource() {
  ::close(descriptor_);
}

Result<std::size_t> FileSource::read_at(std::uint64_t offset, std::span<std::byte> into) {
  std::size_t total = 0;
  while (total < into.size()) {
    const ssize_t count =
        ::pread(descriptor_, into.data() + total, into.size() - total, static_cast<off_t>(offset + total));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno_failure(tr_format("reading {}", name_));
    if (count == 0) break;
    total += static_cast<std::size_t>(count);
  }
  return total;
}

std::optional<FileStamp> FileSource::stamp() const {
  struct stat info{};
  if (::fstat(descriptor_, &info) != 0) return std::nullopt;
  const auto nanoseconds = [](const timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  if (now - std::chrono::nanoseconds(nanoseconds(info.st_ctim)) < kLongestTimeStep) return std::nullopt;
  return FileStamp{.device = info.st_dev,
                   .inode = info.st_ino,
                   .size_bytes = static_cast<std::uint64_t>(info.st_size),
                   .modified_ns = nanoseconds(info.st_mtim),
                   .changed_ns = nanoseconds(info.st_ctim)};
}

Result<std::uint64_t> FileSource::size() {
  struct stat info{};
  if (::fstat(descriptor_, &info) != 0) return errno_failure(tr_format("reading {}", name_));
  return static_cast<std::uint64_t>(info.st_size);
}

Result<std::unique_ptr<FileSink>> FileSink::create(const fs::path& path) {
  Descriptor descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!descriptor.is_open()) return errno_failure(tr_format("making {}", path.string()));
  may_block(Blocking::DiskSync, path.native());
  MEANWHILE_TRY(sync_names(path.parent_path()));
  return std::unique_ptr<FileSink>(new FileSink(descriptor.release(), path.string()));
}

FileSink::~FileSink() {
  ::close(descriptor_);
}

Result<void> FileSink::append(std::span<const std::byte> bytes) {
  return write_all(descriptor_, bytes, name_);
}

Result<void> FileSink::sync() {
  may_block(Blocking::DiskSync, name_);
  if (::fdatasync(descriptor_) != 0) return errno_failure(tr_format("writing {}", name_));
  return {};
}

Result<void> FileSink::cut(std::uint64_t size_bytes) {
  const auto end = static_cast<off_t>(size_bytes);
  if (::ftruncate(descriptor_, end) != 0 || ::lseek(descriptor_, end, SEEK_SET) != end)
    return errno_failure(tr_format("cutting {}", name_));
  return {};
}

}  // namespace meanwhile
