// A folder on a share that can hang, as a network file system does when its server is gone: sshfs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "media/base/child_process.h"
#include "media/base/result.h"

namespace meanwhile {

class HangingShare {
 public:
  // "": all is there; else what this machine lacks.
  static std::string missing();
  // Shows folder()/"there" at folder()/"mount". Errors: Unavailable (it doesn't come up).
  static Result<std::unique_ptr<HangingShare>> mount(const std::filesystem::path& folder);
  ~HangingShare();
  HangingShare(const HangingShare&) = delete;
  HangingShare& operator=(const HangingShare&) = delete;

  const std::filesystem::path& path() const { return mount_; }
  // Every call into it waits from now on.
  void hang() const;
  void come_back() const;

 private:
  explicit HangingShare(const std::filesystem::path& folder)
      : there_(folder / "there"), mount_(folder / "mount"), pid_file_(folder / "server.pid") {}
  void signal_server(int number) const;

  const std::filesystem::path there_;
  const std::filesystem::path mount_;
  const std::filesystem::path pid_file_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace meanwhile
