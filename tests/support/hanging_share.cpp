#include "tests/support/hanging_share.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/desktop_services.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kServer = "/usr/lib/openssh/sftp-server";

bool is_program(const std::string& path) {
  return ::access(path.c_str(), X_OK) == 0;
}

// Another device than the folder above it.
bool is_mounted(const fs::path& folder) {
  struct stat inner{};
  struct stat outer{};
  return ::stat(folder.c_str(), &inner) == 0 && ::stat(folder.parent_path().c_str(), &outer) == 0 &&
         inner.st_dev != outer.st_dev;
}

}  // namespace

std::string HangingShare::missing() {
  if (!is_program("/usr/bin/sshfs")) return "sshfs isn't installed";
  if (!is_program(kServer)) return "openssh-sftp-server isn't installed";
  return ::access("/dev/fuse", R_OK | W_OK) == 0 ? "" : "/dev/fuse can't be used";
}

Result<std::unique_ptr<HangingShare>> HangingShare::mount(const fs::path& folder) {
  auto share = std::unique_ptr<HangingShare>(new HangingShare(folder));
  fs::create_directories(share->there_);
  fs::create_directories(share->mount_);
  // In the place of ssh: the server itself, on this machine.
  const fs::path script = folder / "server.sh";
  std::ofstream(script) << "#!/bin/sh\necho $$ > '" << share->pid_file_.string() << "'\nexec " << kServer
                        << "\n";
  fs::permissions(script, fs::perms::owner_all);
  auto process =
      ChildProcess::start({"sshfs", "-f", "-o", "ssh_command=" + script.string(), "-o", "dir_cache=no",
                           "here:" + share->there_.string(), share->mount_.string()},
                          {.output = folder / "sshfs.log", .errors = folder / "sshfs.err"});
  if (!process) return std::unexpected(process.error());
  share->process_ = std::move(*process);
  if (!becomes_true([&] { return is_mounted(share->mount_); }))
    return fail(ErrorCode::Unavailable, "sshfs mounts nothing");
  return share;
}

void HangingShare::signal_server(int number) const {
  pid_t pid = 0;
  if (std::ifstream(pid_file_) >> pid && pid > 0) ::kill(pid, number);
}

void HangingShare::hang() const {
  signal_server(SIGSTOP);
}

void HangingShare::come_back() const {
  signal_server(SIGCONT);
}

HangingShare::~HangingShare() {
  signal_server(SIGKILL);
  (void)run_program({"fusermount3", "-u", "-z", mount_.string()},
                    {.output = "/dev/null", .errors = "/dev/null"});
}

}  // namespace meanwhile
