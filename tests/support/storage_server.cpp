#include "tests/support/storage_server.h"

#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/loopback.h"

namespace meanwhile {
namespace {

Result<void> run_openssl(const std::filesystem::path& folder, std::vector<std::string> words) {
  words.insert(words.begin(), "openssl");
  const auto status = run_program(words, {.environment = {}, .output = folder / "log"});
  if (!status) return std::unexpected(status.error());
  if (*status != 0) return fail(ErrorCode::Io, "openssl " + words[1] + " failed");
  return {};
}

}  // namespace

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  ::close(socket);
  return ntohs(address.sin_port);
}

bool answers_at(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool answers = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return answers;
}

Result<std::unique_ptr<SmallDisk>> SmallDisk::mount(std::filesystem::path folder, int size_mb) {
  const std::string options = fmt::format("size={}m", size_mb);
  if (::mount("none", folder.c_str(), "tmpfs", 0, options.c_str()) != 0)
    return fail(ErrorCode::PermissionDenied, "this user may not mount a small disk");
  return std::unique_ptr<SmallDisk>(new SmallDisk(std::move(folder)));
}

SmallDisk::~SmallDisk() {
  ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::change(DiskState state, int size_mb) const {
  const unsigned long flags = MS_REMOUNT | (state == DiskState::ReadOnly ? MS_RDONLY : 0);
  ::mount("none", folder_.c_str(), "tmpfs", flags, fmt::format("size={}m", size_mb).c_str());
}

Result<std::unique_ptr<TestAuthority>> TestAuthority::create() {
  std::unique_ptr<TestAuthority> authority(new TestAuthority);
  const std::filesystem::path& folder = authority->folder_.path();
  const auto in = [&](const char* name) { return (folder / name).string(); };
  for (const char* key : {"ca.key", "server.key"}) {
    MEANWHILE_TRY(run_openssl(
        folder, {"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", in(key)}));
  }
  MEANWHILE_TRY(run_openssl(folder, {"req", "-x509", "-new", "-key", in("ca.key"), "-days", "2", "-subj",
                                     "/CN=Meanwhile test authority", "-out", in("ca.pem"), "-addext",
                                     "basicConstraints=critical,CA:TRUE"}));
  MEANWHILE_TRY(run_openssl(
      folder, {"req", "-new", "-key", in("server.key"), "-subj", "/CN=localhost", "-out", in("server.csr")}));
  std::ofstream(folder / "extensions") << "subjectAltName=DNS:localhost,IP:127.0.0.1\n";
  MEANWHILE_TRY(run_openssl(
      folder, {"x509", "-req", "-in", in("server.csr"), "-CA", in("ca.pem"), "-CAkey", in("ca.key"),
               "-CAcreateserial", "-days", "2", "-extfile", in("extensions"), "-out", in("server.pem")}));
  std::ofstream(folder / "chain.pem")
      << std::ifstream(folder / "server.pem").rdbuf() << std::ifstream(folder / "ca.pem").rdbuf();
  return authority;
}

}  // namespace meanwhile
