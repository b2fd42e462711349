// Ceph's S3 gateway on a cluster of one, without its manager, which buckets don't need.
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <sstream>

#include "media/base/json.h"
#include "tests/support/desktop_services.h"
#include "tests/support/storage_server.h"
#include "upload/http/http_client.h"
#include "upload/http/http_message.h"
#include "upload/s3/sigv4.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwner = "anna";
constexpr const char* kAccessKey = "TESTACCESSKEY0000001";
constexpr const char* kSecretKey = "TestSecretKey/00000000000000000000000000+1";
constexpr std::chrono::seconds kSlowDeadline{120};

std::string new_uuid() {
  std::string text;
  std::getline(std::ifstream("/proc/sys/kernel/random/uuid"), text);
  return text;
}

std::string text_of(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

std::string CephServer::missing_program_of() {
  return missing_program(
      {"openssl", "ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin"});
}

void CephServer::write_settings(const TestAuthority& authority) {
  const std::string top = folder_.path().string();
  std::ofstream(folder_.path() / "ceph.conf") << fmt::format(
      R"([global]
fsid = {1}
mon_host = [v2:127.0.0.1:{2}]
mon_initial_members = a
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
# The gateway asks for encryption, which goes only with authentication.
ms_mon_client_mode = crc
run_dir = {0}
pid_file =
admin_socket = {0}/$name.$pid.asok
log_file = {0}/$name.log
mon_cluster_log_file = {0}/cluster.log
crash_dir = {0}
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_max_pg_per_osd = 2000
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
mon_data = {0}/mon
mon_data_avail_crit = 1
mon_data_avail_warn = 2
osd_data = {0}/osd
osd_objectstore = memstore
memstore_device_bytes = 4294967296
memstore_page_size = 4096
osd_memory_target = 939524096
osd_max_scrubs = 0
[client]
keyring = /dev/null
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:{3} tcp_nodelay=1 ssl_endpoint=127.0.0.1:{4} ssl_certificate={5} ssl_private_key={6}
rgw_thread_pool_size = 64
rgw_enable_apis = s3, admin
# A quota counts at once.
rgw_bucket_quota_ttl = 0
rgw_user_quota_bucket_sync_interval = 1
)",
      top, new_uuid(), monitor_port_, port_, tls_port_, authority.chain_file().string(),
      authority.key_file().string());
}

Result<std::unique_ptr<ChildProcess>> CephServer::launch(std::vector<std::string> words) {
  const std::string settings = (folder_.path() / "ceph.conf").string();
  words.insert(words.begin() + 1, {"-c", settings});
  return ChildProcess::start(words,
                             {.environment = {{"CEPH_CONF", settings}}, .output = folder_.path() / "said"});
}

Result<std::string> CephServer::run(std::vector<std::string> words) {
  const std::string settings = (folder_.path() / "ceph.conf").string();
  const fs::path out = folder_.path() / fmt::format("out-{}", ++runs_);
  words.insert(words.begin() + 1, {"-c", settings});
  const auto status = run_program(
      words, {.environment = {{"CEPH_CONF", settings}}, .output = out, .errors = folder_.path() / "said"});
  if (!status) return std::unexpected(status.error());
  if (*status != 0) return fail(ErrorCode::Io, fmt::format("{}: status {}", words.front(), *status));
  return text_of(out);
}

Result<std::string> CephServer::administer(std::vector<std::string> words) {
  words.insert(words.begin(), {"radosgw-admin", "-n", "client.rgw"});
  return run(std::move(words));
}

Result<void> CephServer::start_monitor() {
  const std::string map = (folder_.path() / "map").string();
  std::string settings = text_of(folder_.path() / "ceph.conf");
  const std::string id = settings.substr(settings.find("fsid = ") + 7, 36);
  const auto mapped = run_program({"monmaptool", "--create", "--clobber", "--fsid", id, "--addv", "a",
                                   fmt::format("[v2:127.0.0.1:{}]", monitor_port_), map},
                                  {.environment = {}, .output = folder_.path() / "said"});
  if (!mapped) return std::unexpected(mapped.error());
  if (auto made = run({"ceph-mon", "--mkfs", "-i", "a", "--monmap", map}); !made)
    return std::unexpected(made.error());
  auto monitor = launch({"ceph-mon", "-f", "-i", "a"});
  if (!monitor) return std::unexpected(monitor.error());
  monitor_ = std::move(*monitor);
  if (!becomes_true([&] { return answers_at(monitor_port_); }, kSlowDeadline))
    return fail(ErrorCode::Unavailable, "Ceph's monitor doesn't come up");
  return {};
}

Result<void> CephServer::start_store() {
  const std::string id = new_uuid();
  if (auto created = run({"ceph", "osd", "create", id}); !created) return std::unexpected(created.error());
  if (auto made = run({"ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", id}); !made)
    return std::unexpected(made.error());
  if (auto added = run({"ceph", "osd", "crush", "add", "osd.0", "1.0", "host=test", "root=default"}); !added)
    return std::unexpected(added.error());
  auto store = launch({"ceph-osd", "-f", "-i", "0"});
  if (!store) return std::unexpected(store.error());
  store_ = std::move(*store);
  const auto is_up = [&] {
    const auto said = run({"ceph", "osd", "stat"});
    return said && said->contains("1 up");
  };
  if (!becomes_true(is_up, kSlowDeadline))
    return fail(ErrorCode::Unavailable, "Ceph's store doesn't come up");
  return {};
}

Result<void> CephServer::start_gateway() {
  auto gateway = launch({"radosgw", "-f", "-n", "client.rgw"});
  if (!gateway) return std::unexpected(gateway.error());
  gateway_ = std::move(*gateway);
  if (!becomes_true([&] { return answers_at(port_); }, kSlowDeadline))
    return fail(ErrorCode::Unavailable, "Ceph's gateway doesn't come up");
  auto user =
      administer({"user", "create", std::string("--uid=") + kOwner, "--display-name=Anna",
                  std::string("--access-key=") + kAccessKey, std::string("--secret-key=") + kSecretKey});
  if (!user) return std::unexpected(user.error());
  return put_bucket({}, "");
}

Result<void> CephServer::put_bucket(const std::map<std::string, std::string>& query, std::string_view body) {
  const SignedRequest bucket{.method = "PUT",
                             .host = fmt::format("127.0.0.1:{}", port_),
                             .path = std::string("/") + kBucket,
                             .query = query,
                             .body_sha256 = sha256_hex(as_byte_span(body))};
  const std::string asked = query.empty() ? "" : "?" + canonical_query(query);
  const HttpRequest request{
      .method = "PUT",
      .url = fmt::format("http://127.0.0.1:{}/{}{}", port_, kBucket, asked),
      .headers = sign_headers(bucket, secret(), {.region = "us-east-1", .now = wall_now()}),
      .body = as_byte_span(body),
      .limit_bytes = 10'000};
  const auto made = HttpClient::shared()->send(request, {}, {});
  if (!made) return std::unexpected(made.error());
  if (!made->is_success())
    return fail(ErrorCode::Io, fmt::format("setting up a bucket: status {}", made->status));
  return {};
}

Result<void> CephServer::let_all_read(const std::string& prefix) {
  return put_bucket(
      {{"policy", ""}},
      fmt::format(
          R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::{}/{}*"}}]}})",
          kBucket, prefix));
}

Result<void> CephServer::set_up(const TestAuthority& authority) {
  monitor_port_ = free_port();
  port_ = free_port();
  tls_port_ = free_port();
  ca_file_ = authority.ca_file().string();
  for (const char* name : {"mon", "osd"}) fs::create_directory(folder_.path() / name);
  write_settings(authority);
  MEANWHILE_TRY(start_monitor());
  MEANWHILE_TRY(start_store());
  return start_gateway();
}

Result<std::unique_ptr<CephServer>> CephServer::start(const TestAuthority& authority) {
  std::unique_ptr<CephServer> server(new CephServer);
  auto up = server->set_up(authority);
  if (!up) {
    return fail(ErrorCode::Unavailable,
                up.error().message + "\n" + text_of(server->folder_.path() / "said").substr(0, 4000));
  }
  return server;
}

CephServer::~CephServer() {
  // Nothing of it is to be kept: no time for a tidy end.
  gateway_.reset();
  store_.reset();
  monitor_.reset();
}

std::string CephServer::url(const std::string& name) const {
  return fmt::format("s3://{}/{}?endpoint=http://127.0.0.1:{}", kBucket, name, port_);
}

std::string CephServer::tls_url(const std::string& name) const {
  return fmt::format("s3://{}/{}?endpoint=https://localhost:{}&ca={}", kBucket, name, tls_port_, ca_file_);
}

Secret CephServer::secret() const {
  return {.user = kAccessKey, .password = kSecretKey};
}

Result<Secret> CephServer::make_reader() {
  const Secret reader{.user = "TESTACCESSKEY0000002",
                      .password = "TestSecretKey/00000000000000000000000000+2"};
  auto made = administer({"subuser", "create", std::string("--uid=") + kOwner,
                          std::string("--subuser=") + kOwner + ":reader", "--key-type=s3",
                          "--access-key=" + reader.user, "--secret=" + reader.password, "--access=read"});
  if (!made) return std::unexpected(made.error());
  return reader;
}

Result<void> CephServer::set_quota(std::uint64_t bytes) {
  const std::string uid = std::string("--uid=") + kOwner;
  if (bytes == 0) {
    auto off = administer({"quota", "disable", "--quota-scope=user", uid});
    return off ? Result<void>() : std::unexpected(off.error());
  }
  auto set = administer({"quota", "set", "--quota-scope=user", uid, fmt::format("--max-size={}", bytes)});
  if (!set) return std::unexpected(set.error());
  auto on = administer({"quota", "enable", "--quota-scope=user", uid});
  return on ? Result<void>() : std::unexpected(on.error());
}

}  // namespace meanwhile
