// The suite of all backends on real servers, and what is particular to these. A server is started once for
// all the tests of a process: CTest runs one process a server (tests/CMakeLists.txt).
#include <atomic>
#include <map>

#include "fmt/format.h"
#include "tests/support/storage_server.h"
#include "tests/upload/storage_suite.h"

namespace meanwhile {
namespace {

const TestAuthority& authority() {
  static const auto made = TestAuthority::create();
  return **made;
}

std::string new_place() {
  static std::atomic<int> places = 0;
  return fmt::format("team {}+x", ++places);  // encoded in URLs
}

enum class Transport { Plain, Tls };

Result<std::shared_ptr<Storage>> open_on(const StorageServer& server, Transport transport) {
  const std::string place = new_place();
  const auto encoded = [](std::string text) {
    for (auto at = text.find(' '); at != std::string::npos; at = text.find(' ')) text.replace(at, 1, "%20");
    return text;
  };
  const std::string url = encoded(transport == Transport::Tls ? server.tls_url(place) : server.url(place));
  return open_storage(url, {.find_secret = [secret = server.secret()](const std::string&) {
                        return Result<std::optional<Secret>>(secret);
                      }});
}

using ServerResult = Result<std::unique_ptr<StorageServer>>;

// Of a skipped test it says why, by name.
ServerResult start_webdav(WebDavKind kind, WebDavServer::Transport transport) {
  const std::string missing = WebDavServer::missing_program_of(kind);
  if (!missing.empty()) return fail(ErrorCode::Unsupported, missing + " isn't installed");
  auto server = WebDavServer::start(kind, authority(), transport);
  if (!server) return fail(ErrorCode::Internal, server.error().message);
  return std::move(*server);
}

ServerResult& webdav(WebDavKind kind, WebDavServer::Transport transport = WebDavServer::Transport::Plain) {
  static std::map<std::pair<WebDavKind, WebDavServer::Transport>, ServerResult> servers;
  const std::pair key{kind, transport};
  if (!servers.contains(key)) servers.emplace(key, start_webdav(kind, transport));
  return servers.at(key);
}

ServerResult start_ceph() {
  const std::string missing = CephServer::missing_program_of();
  if (!missing.empty()) return fail(ErrorCode::Unsupported, missing + " isn't installed");
  auto server = CephServer::start(authority());
  if (!server) return fail(ErrorCode::Internal, server.error().message);
  return std::move(*server);
}

ServerResult& ceph() {
  static ServerResult server = start_ceph();
  return server;
}

Backend on(std::string name, std::function<ServerResult&()> server, Transport transport) {
  return {.name = std::move(name),
          .open = [server = std::move(server), transport](const auto&) -> Result<std::shared_ptr<Storage>> {
            ServerResult& started = server();
            if (!started) return std::unexpected(started.error());
            return open_on(**started, transport);
          }};
}

// The second time over TLS, which is another protocol where HTTP/2 is offered, but no other speed.
Backend fewer(Backend backend) {
  backend.many = 1000;
  return backend;
}

Backend half(Backend backend) {
  backend.shows_half_uploads = true;
  return backend;
}

ServerResult& apache() {
  return webdav(WebDavKind::Apache);
}
ServerResult& nginx() {
  return webdav(WebDavKind::Nginx);
}
ServerResult& rclone() {
  return webdav(WebDavKind::Rclone);
}
ServerResult& rclone_tls() {
  return webdav(WebDavKind::Rclone, WebDavServer::Transport::Tls);
}

INSTANTIATE_TEST_SUITE_P(
    Real, EveryStorage,
    testing::Values(on("Apache", apache, Transport::Plain), fewer(on("ApacheTls", apache, Transport::Tls)),
                    on("Nginx", nginx, Transport::Plain), fewer(on("NginxTls", nginx, Transport::Tls)),
                    half(on("Rclone", rclone, Transport::Plain)),
                    half(fewer(on("RcloneTls", rclone_tls, Transport::Tls))),
                    on("Ceph", ceph, Transport::Plain), fewer(on("CephTls", ceph, Transport::Tls))),
    [](const auto& backend) { return backend.param.name; });

}  // namespace
}  // namespace meanwhile
