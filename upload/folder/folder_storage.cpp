#include "upload/folder/folder_storage.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/blocking.h"
#include "media/base/byte_stream.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/folder/beneath.h"
#include "upload/folder/folder_watch.h"
#include "upload/folder/mount.h"
#include "upload/storage.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

// Deeper than any key of ours; what lies below was not written by us.
constexpr int kDeepestFolder = 8;
// Nobody writes one object for this long: the temporary file is a crashed writer's.
constexpr std::time_t kTemporaryIsOldAfterSeconds = 24 * 3600;

std::string name_of(std::string_view key) {
  return std::string(key.substr(key.rfind('/') + 1));
}

Result<void> check_stop(const std::stop_token& stop) {
  if (stop.stop_requested()) return fail(ErrorCode::Aborted, tr("stopped"));
  return {};
}

// NotFound and AlreadyExists while writing: something else stands where a folder should be.
Error as_put_error(Error error) {
  if (error.code == ErrorCode::AlreadyExists || error.code == ErrorCode::NotFound) error.code = ErrorCode::Io;
  return error;
}

Result<FolderStorage::FolderIdentity> identity_of(int root) {
  struct stat info{};
  if (::fstat(root, &info) != 0) return errno_failure(tr("opening the library's folder"));
  return FolderStorage::FolderIdentity{info.st_dev, info.st_ino};
}

bool holds_a_library(int root) {
  struct stat info{};
  return ::fstatat(root, "meanwhile.json", &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
}

void sweep_if_old(const FileHandle& folder, const std::string& name) {
  struct stat info{};
  if (::fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (info.st_mtime + kTemporaryIsOldAfterSeconds < std::time(nullptr))
    ::unlinkat(folder.get(), name.c_str(), 0);
}

Result<void> list_below(const FileHandle& folder, const std::string& prefix, const std::string& after,
                        int depth, const std::stop_token& stop, std::vector<ObjectInfo>& found) {
  MEANWHILE_TRY(check_stop(stop));
  const auto entries = read_folder(folder);
  if (!entries) return std::unexpected(entries.error());
  for (const FolderEntry& entry : *entries) {
    if (!entry.is_folder && is_temporary_name(entry.name)) sweep_if_old(folder, entry.name);
    const std::string key = prefix + entry.name;
    if (!is_valid_key(key)) continue;
    if (!entry.is_folder && key > after) found.push_back({key, entry.size_bytes});
    if (!entry.is_folder || depth == kDeepestFolder) continue;
    const auto below = open_folder_in(folder.get(), entry.name);
    if (!below && below.error().code == ErrorCode::NotFound) continue;
    if (!below) return std::unexpected(below.error());
    MEANWHILE_TRY(list_below(*below, key + "/", after, depth + 1, stop, found));
  }
  return {};
}

// Syncthing: 1.sync-conflict-20261122-150635-QBNIKW3.ev; Dropbox: 1 (Anna's conflicted copy 2026-11-22).ev;
// Nextcloud: 1 (conflicted copy 2026-11-22 150635).ev; in other languages other words. None of them is a key,
// but where a file system makes all letters small.
bool is_copy_name(const std::string& name) {
  if (name.starts_with('.') || name.starts_with('~')) return false;
  return !is_valid_key(name) || name.find("conflict") != std::string::npos;
}

std::string version_of(const struct stat& info) {
  return fmt::format("{} {}.{:09}", info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

Result<Bytes> read_part(const FileHandle& file, const std::string& key, std::uint64_t limit_bytes,
                        std::optional<ByteRange> range) {
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return errno_failure(tr_format("reading {}", key));
  const auto size = static_cast<std::uint64_t>(info.st_size);
  const std::uint64_t offset = range ? std::min(range->offset, size) : 0;
  const std::uint64_t length = std::min(range ? range->length : size, size - offset);
  if (length > limit_bytes) return fail(ErrorCode::Corrupt, tr_format("{} is larger than it may be", key));
  Bytes bytes(length);
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t count = ::pread(file.get(), bytes.data() + filled, bytes.size() - filled,
                                  static_cast<off_t>(offset + filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno_failure(tr_format("reading {}", key));
    if (count == 0) break;  // cut short meanwhile
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

Result<void> make_if_wanted(const fs::path& path, MissingFolder missing) {
  std::error_code error;
  if (fs::is_directory(path, error)) return {};
  if (fs::exists(path, error))
    return fail(ErrorCode::InvalidArgument, tr_format("{} is not a folder", path.string()));
  if (missing == MissingFolder::Make) return make_folders(path);
  if (missing == MissingFolder::Tell)
    return fail(ErrorCode::NotFound, tr_format("{} isn't there", path.string()));
  return fail(
      ErrorCode::Unavailable,
      tr_format("the library's folder {} isn't there: is the disk or share not mounted?", path.string()));
}

}  // namespace

Result<std::shared_ptr<FolderStorage>> FolderStorage::open(const fs::path& path, MissingFolder missing) {
  if (!path.is_absolute()) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("a library's folder is given with its whole path (folder:/srv/team), not '{}'",
                          path.string()));
  }
  may_block(Blocking::Storage, path.native());
  MEANWHILE_TRY(make_if_wanted(path, missing));
  const FileHandle root(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (root.get() < 0) return errno_failure(tr_format("opening the library's folder {}", path.string()));
  const auto identity = identity_of(root.get());
  if (!identity) return std::unexpected(identity.error());
  return std::shared_ptr<FolderStorage>(
      new FolderStorage(path.lexically_normal(), *identity, late_sender(identity->device)));
}

// Opened anew each time: the share may have been unmounted and mounted again. What is then found in its place
// counts only if it holds a library: an empty mount point would swallow what we write.
Result<FileHandle> FolderStorage::open_root() {
  const auto gone = [&] {
    return fail(
        ErrorCode::Unavailable,
        tr_format("the library's folder {} isn't there: is the disk or share not mounted?", path_.string()));
  };
  may_block(Blocking::Storage, path_.native());
  FileHandle root(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (root.get() < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ENOTCONN || errno == ESTALE))
    return gone();
  if (root.get() < 0) return errno_failure(tr_format("opening the library's folder {}", path_.string()));
  const auto identity = identity_of(root.get());
  if (!identity) return std::unexpected(identity.error());
  auto known = identity_.lock();
  if (*known == *identity) return root;
  if (!holds_a_library(root.get())) return gone();
  *known = *identity;
  *late_sender_.lock() = late_sender(identity->device);
  return root;
}

// The folder that the key lies in.
Result<FileHandle> FolderStorage::open_parent_of(std::string_view key) {
  const auto root = open_root();
  if (!root) return std::unexpected(root.error());
  return open_parent(root->get(), key);
}

Result<FileHandle> FolderStorage::open_object(const std::string& key, const std::stop_token& stop) {
  MEANWHILE_TRY(check_stop(stop));
  MEANWHILE_TRY(check_key(key));
  const auto parent = open_parent_of(key);
  if (!parent) return std::unexpected(parent.error());
  return open_file_in(parent->get(), name_of(key));
}

Result<void> FolderStorage::put(const std::string& key, std::span<const std::byte> bytes,
                                std::stop_token stop) {
  MEANWHILE_TRY(check_stop(stop));
  MEANWHILE_TRY(check_key(key));
  const auto root = open_root();
  if (!root) return std::unexpected(root.error());
  const auto rights = rights_of(root->get());
  if (!rights) return std::unexpected(rights.error());
  const auto parent = make_parent(root->get(), key, *rights);
  if (!parent) return fail(tr_format("storing {} in {}", key, description()), as_put_error(parent.error()));
  auto written = write_file_in(parent->get(), name_of(key), bytes, *rights);
  if (!written) return fail(tr_format("storing {} in {}", key, description()), as_put_error(written.error()));
  return {};
}

Result<Bytes> FolderStorage::get(const std::string& key, std::uint64_t limit_bytes,
                                 std::optional<ByteRange> range, std::stop_token stop) {
  const auto file = open_object(key, stop);
  if (!file) return std::unexpected(file.error());
  return read_part(*file, key, limit_bytes, range);
}

Result<std::vector<ObjectInfo>> FolderStorage::list(const std::string& prefix, const std::string& after,
                                                    std::stop_token stop) {
  MEANWHILE_TRY(check_stop(stop));
  MEANWHILE_TRY(check_prefix(prefix));
  const auto folder = open_parent_of(prefix);
  if (!folder && folder.error().code == ErrorCode::NotFound) return std::vector<ObjectInfo>();
  if (!folder) return std::unexpected(folder.error());
  std::vector<ObjectInfo> found;
  MEANWHILE_TRY(list_below(*folder, prefix, after, 0, stop, found));
  std::ranges::sort(found, {}, &ObjectInfo::key);
  return found;
}

Result<ObjectInfo> FolderStorage::stat(const std::string& key, std::stop_token stop) {
  const auto file = open_object(key, stop);
  if (!file) return std::unexpected(file.error());
  struct stat info{};
  if (::fstat(file->get(), &info) != 0) return errno_failure(tr_format("reading {}", key));
  return ObjectInfo{key, static_cast<std::uint64_t>(info.st_size)};
}

Result<void> FolderStorage::remove(const std::string& key, std::stop_token stop) {
  MEANWHILE_TRY(check_stop(stop));
  MEANWHILE_TRY(check_key(key));
  const auto parent = open_parent_of(key);
  if (!parent && parent.error().code == ErrorCode::NotFound) return {};
  if (!parent) return std::unexpected(parent.error());
  const std::string name = name_of(key);
  remove_left_temporary(parent->get(), name);
  if (::unlinkat(parent->get(), name.c_str(), 0) == 0 || errno == ENOENT) return {};
  // A folder of that name is no object: it goes if it is empty. Others than Linux say EPERM of one.
  auto failure = errno_failure(tr_format("removing {} from {}", key, description()));
  if (!open_folder_in(parent->get(), name)) return failure;
  (void)::unlinkat(parent->get(), name.c_str(), AT_REMOVEDIR);
  return {};
}

Result<std::vector<ConflictCopy>> FolderStorage::conflict_copies(
    const std::string& prefix, std::uint64_t limit_bytes,
    const std::function<bool(const std::string& name, const std::string& version)>& wanted,
    std::stop_token stop) {
  MEANWHILE_TRY(check_prefix(prefix));
  std::vector<ConflictCopy> copies;
  const auto folder = open_parent_of(prefix);
  if (!folder && folder.error().code == ErrorCode::NotFound) return copies;
  if (!folder) return std::unexpected(folder.error());
  const auto names = read_names(*folder);
  if (!names) return std::unexpected(names.error());
  for (const std::string& name : *names) {
    MEANWHILE_TRY(check_stop(stop));
    if (!is_copy_name(name)) continue;
    const auto file = open_file_in(folder->get(), name);
    struct stat info{};
    if (!file || ::fstat(file->get(), &info) != 0) continue;
    const bool is_small = static_cast<std::uint64_t>(info.st_size) <= limit_bytes;
    if (!is_small || !wanted(name, version_of(info))) continue;
    auto bytes = read_part(*file, name, limit_bytes, std::nullopt);
    if (bytes) copies.push_back({name, version_of(info), std::move(*bytes)});
  }
  return copies;
}

std::unique_ptr<StorageWatch> FolderStorage::watch(std::function<void()> on_change) {
  return watch_folder(path_, std::move(on_change));
}

}  // namespace meanwhile
