#include "tests/support/power_cut.h"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

struct Disk {
  std::mutex mutex;
  std::optional<fs::path> folder;
  std::map<ino_t, std::string> contents;
  std::map<fs::path, ino_t> names;
};

Disk& disk() {
  static Disk the_disk;
  return the_disk;
}

ino_t inode_of(const fs::path& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void note_folder(Disk& disk, const fs::path& folder) {
  std::erase_if(disk.names, [&](const auto& name) {
    return name.first.parent_path() == folder && inode_of(name.first) != name.second;
  });
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) disk.names[entry.path()] = inode_of(entry.path());
  }
}

// A file's own sync brings its name along, as the journals of today's file systems do it.
void note_sync(int descriptor) {
  Disk& disk = meanwhile::disk();
  const std::lock_guard lock(disk.mutex);
  if (!disk.folder) return;
  std::error_code error;
  const fs::path path = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), error);
  if (error || !path.native().starts_with(disk.folder->native())) return;
  if (fs::is_directory(path, error)) return note_folder(disk, path);
  const ino_t inode = inode_of(path);
  disk.contents[inode] = text_of(path);
  disk.names[path] = inode;
}

}  // namespace

PowerCut::PowerCut(fs::path folder) {
  Disk& disk = meanwhile::disk();
  const std::lock_guard lock(disk.mutex);
  disk.folder = std::move(folder);
}

PowerCut::~PowerCut() {
  Disk& disk = meanwhile::disk();
  const std::lock_guard lock(disk.mutex);
  disk.folder.reset();
  disk.contents.clear();
  disk.names.clear();
}

void PowerCut::leave(const fs::path& into) const {
  Disk& disk = meanwhile::disk();
  const std::lock_guard lock(disk.mutex);
  for (const auto& [path, inode] : disk.names) {
    const fs::path copy = into / path.lexically_relative(*disk.folder);
    fs::create_directories(copy.parent_path());
    std::ofstream(copy, std::ios::binary) << disk.contents[inode];
  }
}

}  // namespace meanwhile

extern "C" int fsync(int descriptor) {
  const int result = static_cast<int>(::syscall(SYS_fsync, descriptor));
  if (result == 0) meanwhile::note_sync(descriptor);
  return result;
}

extern "C" int fdatasync(int descriptor) {
  const int result = static_cast<int>(::syscall(SYS_fdatasync, descriptor));
  if (result == 0) meanwhile::note_sync(descriptor);
  return result;
}
