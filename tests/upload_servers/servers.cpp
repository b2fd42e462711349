#include "tests/upload_servers/servers.h"

#include <fmt/format.h>

#include <atomic>
#include <map>

#include "media/base/escapes.h"
#include "upload/http/url.h"
#include "upload/storage_registry.h"

namespace meanwhile {

const TestAuthority& test_authority() {
  static const auto made = TestAuthority::create();
  return **made;
}

namespace {

std::string new_place() {
  static std::atomic<int> places = 0;
  return fmt::format("team {}+x", ++places);  // encoded in URLs
}

// Of a skipped test it says why, by name.
ServerResult start_webdav(WebDavKind kind, WebDavServer::Transport transport) {
  const std::string missing = WebDavServer::missing_program_of(kind);
  if (!missing.empty()) return fail(ErrorCode::Unsupported, missing + " isn't installed");
  auto server = WebDavServer::start(kind, test_authority(), transport);
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
  auto server = CephServer::start(test_authority());
  if (!server) return fail(ErrorCode::Internal, server.error().message);
  return std::move(*server);
}

}  // namespace

ServerResult& ceph() {
  static ServerResult server = start_ceph();
  return server;
}

ServerResult& apache() {
  return webdav(WebDavKind::Apache);
}
ServerResult& apache_digest() {
  return webdav(WebDavKind::ApacheDigest);
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

std::string new_url(const StorageServer& server, Transport transport) {
  const std::string place = percent_encode(new_place());
  return transport == Transport::Tls ? server.tls_url(place) : server.url(place);
}

Result<std::shared_ptr<Storage>> open_url(const std::string& url, const Secret& secret) {
  return open_storage(
      url, {.find_secret = [secret](const std::string&) { return Result<std::optional<Secret>>(secret); }});
}

}  // namespace meanwhile
