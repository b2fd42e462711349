// The suite of all backends on real servers. CTest runs one process a server (tests/CMakeLists.txt).
#include "tests/upload_servers/servers.h"

#include "tests/upload/storage_suite.h"

namespace meanwhile {
namespace {

Backend on(std::string name, std::function<ServerResult&()> server, Transport transport) {
  return {.name = std::move(name),
          .open = [server = std::move(server), transport](const auto&) -> Result<std::shared_ptr<Storage>> {
            ServerResult& started = server();
            if (!started) return std::unexpected(started.error());
            return open_url(new_url(**started, transport), (*started)->secret());
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

INSTANTIATE_TEST_SUITE_P(
    Real, EveryStorage,
    testing::Values(on("Apache", apache, Transport::Plain), fewer(on("ApacheTls", apache, Transport::Tls)),
                    fewer(on("ApacheDigest", apache_digest, Transport::Plain)),
                    fewer(on("ApacheDigestTls", apache_digest, Transport::Tls)),
                    on("Nginx", nginx, Transport::Plain), fewer(on("NginxTls", nginx, Transport::Tls)),
                    half(on("Rclone", rclone, Transport::Plain)),
                    half(fewer(on("RcloneTls", rclone_tls, Transport::Tls))),
                    on("Ceph", ceph, Transport::Plain), fewer(on("CephTls", ceph, Transport::Tls))),
    [](const auto& backend) { return backend.param.name; });

}  // namespace
}  // namespace meanwhile
