// Apache, nginx and rclone as WebDAV servers, each as one process in the foreground.
#include <fmt/format.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>

#include "tests/support/desktop_services.h"
#include "tests/support/storage_server.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUser = "anna";
constexpr const char* kPassword = "pass word+1:%";
// Names the passwords of Digest, which are hashed with it.
constexpr const char* kRealm = "test";
constexpr const char* kBasicLogin = "Basic";
constexpr const char* kDigestLogin = "Digest";
// For the file of passwords, as Apache and nginx read it.
std::string password_line(const fs::path& folder) {
  const fs::path out = folder / "hash";
  (void)run_program({"openssl", "passwd", "-apr1", kPassword}, {.environment = {}, .output = out});
  std::string hash;
  std::getline(std::ifstream(out) >> std::ws, hash);
  return fmt::format("{}:{}\n", kUser, hash);
}

// As htdigest(1) writes it.
std::string digest_password_line(const fs::path& folder) {
  const fs::path in = folder / "digest-in";
  const fs::path out = folder / "digest-hash";
  std::ofstream(in) << kUser << ':' << kRealm << ':' << kPassword;
  (void)run_program({"openssl", "dgst", "-md5", "-r", in.string()}, {.environment = {}, .output = out});
  std::string hash;
  std::ifstream(out) >> hash;
  return fmt::format("{}:{}:{}\n", kUser, kRealm, hash);
}

constexpr const char* kApacheModules = "/usr/lib/apache2/modules";
constexpr std::array kApacheModuleNames{"mpm_event",  "authn_core",    "authn_file", "authz_core",
                                        "authz_user", "auth_basic",    "dav",        "dav_fs",
                                        "ssl",        "socache_shmcb", "http2",      "auth_digest"};
constexpr const char* kNginxModule = "/usr/lib/nginx/modules/ngx_http_dav_ext_module.so";

// Apache doesn't serve as root: what it may touch is given to somebody who is less.
void give_away(const fs::path& path) {
  const passwd* less = ::getpwnam("www-data");
  if (::geteuid() == 0 && less) (void)!::chown(path.c_str(), less->pw_uid, less->pw_gid);
}

}  // namespace

std::string WebDavServer::missing_program_of(WebDavKind kind) {
  std::string missing = missing_program({"openssl"});
  if (!missing.empty()) return missing;
  switch (kind) {
    case WebDavKind::Apache:
    case WebDavKind::ApacheDigest:
      return missing_program({"/usr/sbin/apache2"});
    case WebDavKind::Nginx:
      return fs::exists(kNginxModule) ? missing_program({"/usr/sbin/nginx"}) : "nginx's dav-ext module";
    default:
      return missing_program({"rclone"});
  }
}

Result<void> WebDavServer::make_folders(int size_limit_mb) {
  const fs::path& top = folder_.path();
  fs::permissions(top, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
  for (const char* name : {"data", "tmp", "lock"}) fs::create_directory(top / name);
  if (size_limit_mb > 0) {
    auto disk = SmallDisk::mount(data(), size_limit_mb);
    if (!disk) return std::unexpected(disk.error());
    disk_ = std::move(*disk);
  }
  for (const char* name : {"data", "tmp", "lock"}) give_away(top / name);
  std::ofstream(top / "passwords") << password_line(top);
  std::ofstream(top / "passwords.Digest") << digest_password_line(top);
  return {};
}

std::vector<std::string> WebDavServer::configure_apache(const TestAuthority& authority,
                                                        const std::string& login) {
  const std::string top = folder_.path().string();
  std::string text;
  for (const char* name : kApacheModuleNames)
    text += fmt::format("LoadModule {0}_module {1}/mod_{0}.so\n", name, kApacheModules);
  if (::geteuid() == 0) text += "User www-data\nGroup www-data\n";
  text += fmt::format(R"(ServerName localhost
ServerRoot {0}
PidFile {0}/pid
DefaultRuntimeDir {0}/tmp
ErrorLog {0}/error.log
Listen 127.0.0.1:{1}
Listen 127.0.0.1:{2}
StartServers 1
ThreadsPerChild 32
MaxRequestWorkers 32
KeepAlive On
MaxKeepAliveRequests 0
LimitRequestBody 0
DocumentRoot {0}/data
DavLockDB {0}/lock/db
SSLSessionCache shmcb:{0}/tmp/tls(512000)
<Directory {0}/data>
  Dav On
  AuthType {5}
  AuthName {7}
  AuthUserFile {0}/{6}
  Require valid-user
  AllowOverride None
</Directory>
<VirtualHost 127.0.0.1:{2}>
  SSLEngine on
  SSLCertificateFile {3}
  SSLCertificateKeyFile {4}
  Protocols h2 http/1.1
  DocumentRoot {0}/data
</VirtualHost>
)",
                      top, port_, tls_port_, authority.chain_file().string(), authority.key_file().string(),
                      login, login == kDigestLogin ? "passwords.Digest" : "passwords", kRealm);
  std::ofstream(folder_.path() / "apache.conf") << text;
  return {"/usr/sbin/apache2", "-X", "-f", top + "/apache.conf"};
}

std::vector<std::string> WebDavServer::configure_nginx(const TestAuthority& authority) {
  const std::string top = folder_.path().string();
  std::ofstream(folder_.path() / "nginx.conf") << fmt::format(
      R"(load_module {5};
daemon off;
master_process off;
pid {0}/pid;
error_log {0}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {0}/data/.incoming;
  proxy_temp_path {0}/tmp/p; fastcgi_temp_path {0}/tmp/f; uwsgi_temp_path {0}/tmp/u; scgi_temp_path {0}/tmp/s;
  client_max_body_size 0;
  keepalive_requests 100000;
  server {{
    listen 127.0.0.1:{1};
    listen 127.0.0.1:{2} ssl http2;
    ssl_certificate {3};
    ssl_certificate_key {4};
    root {0}/data;
    auth_basic test;
    auth_basic_user_file {0}/passwords;
    location / {{
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS;
      create_full_put_path on;
    }}
  }}
}}
)",
      top, port_, tls_port_, authority.chain_file().string(), authority.key_file().string(), kNginxModule);
  return {"/usr/sbin/nginx", "-c", top + "/nginx.conf", "-e", top + "/error.log"};
}

std::vector<std::string> WebDavServer::configure_rclone(const TestAuthority& authority, Transport transport) {
  const bool tls = transport == Transport::Tls;
  std::vector<std::string> words{
      "rclone", "--config",      "/dev/null", "serve",
      "webdav", data().string(), "--addr",    fmt::format("127.0.0.1:{}", tls ? tls_port_ : port_),
      "--user", kUser,           "--pass",    kPassword};
  if (tls) {
    for (const std::string& word : {std::string("--cert"), authority.chain_file().string(),
                                    std::string("--key"), authority.key_file().string()})
      words.push_back(word);
  }
  return words;
}

Result<std::vector<std::string>> WebDavServer::configure(WebDavKind kind, const TestAuthority& authority,
                                                         Transport transport) {
  switch (kind) {
    case WebDavKind::Apache:
      return configure_apache(authority, kBasicLogin);
    case WebDavKind::ApacheDigest:
      return configure_apache(authority, kDigestLogin);
    case WebDavKind::Nginx:
      return configure_nginx(authority);
    default:
      return configure_rclone(authority, transport);
  }
}

Result<std::unique_ptr<WebDavServer>> WebDavServer::start(WebDavKind kind, const TestAuthority& authority,
                                                          Transport transport, int size_limit_mb) {
  std::unique_ptr<WebDavServer> server(new WebDavServer);
  MEANWHILE_TRY(server->make_folders(size_limit_mb));
  server->port_ = free_port();
  server->tls_port_ = free_port();
  server->ca_file_ = authority.ca_file().string();
  const auto words = server->configure(kind, authority, transport);
  if (!words) return std::unexpected(words.error());
  auto process = ChildProcess::start(*words, {.environment = {{"HOME", server->folder_.path().string()}},
                                              .output = server->folder_.path() / "log"});
  if (!process) return std::unexpected(process.error());
  server->process_ = std::move(*process);
  const int awaited = transport == Transport::Tls ? server->tls_port_ : server->port_;
  if (!becomes_true([&] { return answers_at(awaited); }))
    return fail(ErrorCode::Unavailable, "the server doesn't come up: " + words->front());
  return server;
}

WebDavServer::~WebDavServer() {
  if (!process_) return;
  // It ends its own processes then, before it is killed.
  process_->signal(SIGTERM);
  becomes_true([&] {
    siginfo_t ended{};
    return ::waitid(P_PID, static_cast<id_t>(process_->id()), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           ended.si_pid != 0;
  });
  process_.reset();
}

void WebDavServer::change_disk(DiskState state, int size_mb) const {
  disk_->change(state, size_mb);
}

std::string WebDavServer::url(const std::string& name) const {
  return fmt::format("webdav://127.0.0.1:{}/{}", port_, name);
}

std::string WebDavServer::tls_url(const std::string& name) const {
  return fmt::format("webdavs://localhost:{}/{}?ca={}", tls_port_, name, ca_file_);
}

Secret WebDavServer::secret() const {
  return {.user = kUser, .password = kPassword};
}

}  // namespace meanwhile
