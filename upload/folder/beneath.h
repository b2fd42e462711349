// Files below a folder that others may fill with anything: symbolic links, FIFOs, folders in odd places.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {

// Closes a file descriptor.
class FileHandle {
 public:
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle();
  [[nodiscard]] int get() const { return descriptor_; }
  int release();

 private:
  int descriptor_;
};

// What a folder allows to whom, as far as what is made below it is to allow the same.
struct FolderRights {
  mode_t folder_mode = 0777;
  mode_t file_mode = 0666;
  gid_t group = 0;
};
// Those of the folder itself: whoever set up a team's folder decided who may write there, and a member's
// umask or group must not keep the others out of what they make. Errors: Io.
Result<FolderRights> rights_of(int folder);

// The folder that `key` lies in, below `root`, one part after the other and through no symbolic link: works
// the same on every system, where openat2(2) would be Linux's alone. key: a valid key (check_key). Errors:
// NotFound (a folder on the way isn't there, or is something else), PermissionDenied, Io.
Result<FileHandle> open_parent(int root, std::string_view key);

// The same; makes folders that are missing, with these rights, and gives them to our own that lack some.
// Errors: NotFound (something else is in the way), PermissionDenied, NoSpace, Io.
Result<FileHandle> make_parent(int root, std::string_view key, const FolderRights& rights);

// An ordinary file in folder, for reading. Errors: NotFound (also if it is something else), PermissionDenied,
// Io.
Result<FileHandle> open_file_in(int folder, const std::string& name);

// A folder in folder. Errors: NotFound (also if it is something else), PermissionDenied, Io.
Result<FileHandle> open_folder_in(int folder, const std::string& name);

struct FolderEntry {
  std::string name;
  bool is_folder = false;
  std::uint64_t size_bytes = 0;
};

// Files and folders, in no order; everything else, and what disappears meanwhile, is left out. Errors: Io.
Result<std::vector<FolderEntry>> read_folder(const FileHandle& folder);

// All that is there, in no order. Errors: Io.
Result<std::vector<std::string>> read_names(const FileHandle& folder);

// Writes name in folder so that a crash leaves the old bytes or the new. Errors: NoSpace, PermissionDenied,
// Io.
Result<void> write_file_in(int folder, const std::string& name, std::span<const std::byte> bytes,
                           const FolderRights& rights);

// Of a write of that name, on this machine, that was killed.
void remove_left_temporary(int folder, const std::string& name);

bool is_temporary_name(std::string_view name);

}  // namespace meanwhile
