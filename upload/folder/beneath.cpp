#include "upload/folder/beneath.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

bool is_link(int folder, const std::string& name) {
  struct stat info{};
  return ::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(info.st_mode);
}

// O_NOFOLLOW forbids a symbolic link by ELOOP, with O_DIRECTORY Linux says ENOTDIR. ENXIO: a socket, or a
// FIFO without its other end.
std::unexpected<Error> open_failure(int folder, const std::string& name) {
  const int error = errno;
  if (error != ENOENT && is_link(folder, name)) {
    return fail(ErrorCode::NotFound, tr_format("{} is a symbolic link, and none is followed in a library's "
                                               "folder: put what it points to in its place",
                                               name));
  }
  if (error == ELOOP || error == ENXIO || error == EMLINK) {
    return fail(ErrorCode::NotFound, tr_format("{} is not an ordinary file or folder", name));
  }
  return std::unexpected(error_from_errno(error, tr_format("opening {}", name)));
}

std::string new_temporary_name() {
  std::random_device random;
  return fmt::format("~{:08x}{:08x}.tmp", random(), random());
}

std::string name_of_this_machine() {
  constexpr std::uint64_t kLongestId = 256;
  if (const auto id = read_file("/etc/machine-id", kLongestId)) return std::string(as_text(*id));
  std::array<char, kLongestId> host{};
  return ::gethostname(host.data(), host.size() - 1) == 0 ? host.data() : "";
}

// The same each time, so that whoever writes or removes that name finds what a kill left of it; another for
// each machine, as locks may not reach from one to the other.
std::string usual_temporary_name(const std::string& name) {
  constexpr std::size_t kDigits = 16;
  static const std::string machine = name_of_this_machine();
  return fmt::format("~{}.tmp", sha256_hex(as_byte_span(machine + "\n" + name)).substr(0, kDigits));
}

// That it is the file of that name still, ours, and no other name of something else.
bool is_still_named(int folder, const std::string& name, int file) {
  struct stat named{};
  struct stat opened{};
  return ::fstat(file, &opened) == 0 && ::fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino && S_ISREG(opened.st_mode) &&
         opened.st_nlink == 1 && opened.st_uid == ::geteuid();
}

// Locked, and so nobody's who is at work: a lock ends with its process. None: somebody writes that name just
// now, or nothing can be locked here.
FileHandle claim_temporary(int folder, const std::string& temporary, int flags) {
  FileHandle file(
      ::openat(folder, temporary.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags, 0666));
  const bool is_ours = file.get() >= 0 && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 &&
                       is_still_named(folder, temporary, file.get());
  return is_ours ? std::move(file) : FileHandle(-1);
}

struct TemporaryFile {
  std::string name;
  FileHandle file;  // stays locked until it has its own name
};

TemporaryFile open_temporary(int folder, const std::string& name) {
  TemporaryFile usual{usual_temporary_name(name), FileHandle(-1)};
  usual.file = claim_temporary(folder, usual.name, O_CREAT);
  if (usual.file.get() >= 0 && ::ftruncate(usual.file.get(), 0) == 0) return usual;
  const std::string other = new_temporary_name();
  return {other, FileHandle(::openat(folder, other.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666))};
}

// What the file system doesn't let us give (a stick's FAT, a share that decides itself) isn't given.
void give(int made, mode_t mode, gid_t group) {
  struct stat info{};
  if (::fstat(made, &info) != 0) return;
  const bool is_theirs = info.st_gid == group || ::fchown(made, static_cast<uid_t>(-1), group) == 0;
  // For a group that isn't the team's its rights, and its setgid, would be somebody else's.
  const mode_t wanted = is_theirs ? mode : mode & ~static_cast<mode_t>(S_IRWXG | S_ISGID);
  if ((info.st_mode & wanted) != wanted) (void)::fchmod(made, (info.st_mode & 07777) | wanted);
}

Result<void> write_temporary(const TemporaryFile& temporary, std::span<const std::byte> bytes,
                             const std::string& name, const FolderRights& rights) {
  const int file = temporary.file.get();
  if (file < 0) return errno_failure(tr_format("writing {}", name));
  give(file, rights.file_mode, rights.group);
  MEANWHILE_TRY(write_all(file, bytes, name));
  if (::fsync(file) != 0) return errno_failure(tr_format("writing {}", name));
  return {};
}

// EINVAL: the file system can't sync folders (some network mounts), and there is nothing better to do.
Result<void> sync_folder_handle(int folder, const std::string& name) {
  if (::fsync(folder) != 0 && errno != EINVAL) return errno_failure(tr_format("writing {}", name));
  return {};
}

Result<void> make_folder_in(int folder, const std::string& name) {
  if (::mkdirat(folder, name.c_str(), 0777) != 0) {
    if (errno == EEXIST) return {};
    return errno_failure(tr_format("making the folder {}", name));
  }
  return sync_folder_handle(folder, name);
}

bool is_our_own(int folder) {
  struct stat info{};
  return ::fstat(folder, &info) == 0 && info.st_uid == ::geteuid();
}

Result<FileHandle> make_and_open_folder_in(int folder, const std::string& name, const FolderRights& rights) {
  auto opened = open_folder_in(folder, name);
  if (!opened && opened.error().code == ErrorCode::NotFound) {
    MEANWHILE_TRY(make_folder_in(folder, name));
    opened = open_folder_in(folder, name);
  }
  if (opened && is_our_own(opened->get())) give(opened->get(), rights.folder_mode, rights.group);
  return opened;
}

template <typename OpenPart>
Result<FileHandle> walk_to_parent(int root, std::string_view key, OpenPart open_part) {
  FileHandle folder(::fcntl(root, F_DUPFD_CLOEXEC, 0));
  if (folder.get() < 0) return errno_failure(tr("opening the library's folder"));
  for (auto slash = key.find('/'); slash != std::string_view::npos; slash = key.find('/')) {
    auto next = open_part(folder.get(), std::string(key.substr(0, slash)));
    if (!next) return next;
    folder = std::move(*next);
    key.remove_prefix(slash + 1);
  }
  return folder;
}

}  // namespace

FileHandle::FileHandle(FileHandle&& other) noexcept : descriptor_(other.release()) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileHandle::~FileHandle() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

int FileHandle::release() {
  return std::exchange(descriptor_, -1);
}

Result<FolderRights> rights_of(int folder) {
  struct stat info{};
  if (::fstat(folder, &info) != 0) return errno_failure(tr("opening the library's folder"));
  return FolderRights{.folder_mode = (info.st_mode & (S_ISGID | S_IRWXG | S_IRWXO)) | S_IRWXU,
                      .file_mode = (info.st_mode & 0066) | S_IRUSR | S_IWUSR,
                      .group = info.st_gid};
}

Result<FileHandle> open_parent(int root, std::string_view key) {
  return walk_to_parent(root, key, open_folder_in);
}

Result<FileHandle> make_parent(int root, std::string_view key, const FolderRights& rights) {
  return walk_to_parent(root, key, [&](int folder, const std::string& name) {
    return make_and_open_folder_in(folder, name, rights);
  });
}

Result<FileHandle> open_file_in(int folder, const std::string& name) {
  // O_NONBLOCK: a FIFO must not hang us.
  FileHandle file(::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return open_failure(folder, name);
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return errno_failure(tr_format("opening {}", name));
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::NotFound, tr_format("{} is not an ordinary file", name));
  return file;
}

Result<FileHandle> open_folder_in(int folder, const std::string& name) {
  FileHandle opened(
      ::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (opened.get() < 0) return open_failure(folder, name);
  return opened;
}

Result<std::vector<std::string>> read_names(const FileHandle& folder) {
  FileHandle copy(::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (copy.get() < 0) return errno_failure(tr("listing a folder"));
  const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(copy.get()));
  if (!stream) return errno_failure(tr("listing a folder"));
  copy.release();  // the stream's now
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    names.emplace_back(entry->d_name);
    errno = 0;
  }
  if (errno != 0) return errno_failure(tr("listing a folder"));
  return names;
}

Result<std::vector<FolderEntry>> read_folder(const FileHandle& folder) {
  auto names = read_names(folder);
  if (!names) return std::unexpected(names.error());
  std::vector<FolderEntry> entries;
  for (std::string& name : *names) {
    struct stat info{};
    const bool known = ::fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (!known || (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))) continue;
    entries.push_back({std::move(name), S_ISDIR(info.st_mode), static_cast<std::uint64_t>(info.st_size)});
  }
  return entries;
}

Result<void> write_file_in(int folder, const std::string& name, std::span<const std::byte> bytes,
                           const FolderRights& rights) {
  const TemporaryFile temporary = open_temporary(folder, name);
  auto written = write_temporary(temporary, bytes, name, rights);
  if (written && ::renameat(folder, temporary.name.c_str(), folder, name.c_str()) != 0)
    written = errno_failure(tr_format("writing {}", name));
  if (!written) {
    ::unlinkat(folder, temporary.name.c_str(), 0);
    return written;
  }
  return sync_folder_handle(folder, name);
}

void remove_left_temporary(int folder, const std::string& name) {
  const std::string temporary = usual_temporary_name(name);
  const FileHandle file = claim_temporary(folder, temporary, 0);
  if (file.get() >= 0) ::unlinkat(folder, temporary.c_str(), 0);
}

bool is_temporary_name(std::string_view name) {
  return name.size() == 21 && name.starts_with('~') && name.ends_with(".tmp") &&
         name.substr(1, 16).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace meanwhile
