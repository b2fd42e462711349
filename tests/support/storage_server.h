// Real servers that a library can be on, private to a test: on loopback, on ports of their own.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/result.h"
#include "tests/support/environment.h"
#include "upload/secret.h"

namespace meanwhile {

// A port of 127.0.0.1 that nobody has now.
int free_port();
// Somebody listens there.
bool answers_at(int port);

// A throw-away authority and a certificate of it for localhost and 127.0.0.1, made by openssl.
class TestAuthority {
 public:
  static Result<std::unique_ptr<TestAuthority>> create();
  std::filesystem::path ca_file() const { return folder_.path() / "ca.pem"; }
  std::filesystem::path chain_file() const {
    return folder_.path() / "chain.pem";
  }  // of the server, and the CA's
  std::filesystem::path key_file() const { return folder_.path() / "server.key"; }

 private:
  TestAuthority() = default;
  ScopedFolder folder_;
};

// Ends with the object.
class StorageServer {
 public:
  virtual ~StorageServer() = default;
  // A library's URL: name is a folder, or a prefix, that nobody else uses.
  virtual std::string url(const std::string& name) const = 0;
  virtual std::string tls_url(const std::string& name) const = 0;
  virtual Secret secret() const = 0;
  // The port of plain HTTP.
  virtual int port() const = 0;
};

// ApacheDigest: takes a login by Digest alone.
enum class WebDavKind { Apache, ApacheDigest, Nginx, Rclone };

enum class DiskState { Writable, ReadOnly };

// A disk of that size in memory at a folder, until the object goes. Only root may make one: PermissionDenied.
class SmallDisk {
 public:
  static Result<std::unique_ptr<SmallDisk>> mount(std::filesystem::path folder, int size_mb);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  // What it holds stays.
  void change(DiskState state, int size_mb) const;

 private:
  explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {}
  const std::filesystem::path folder_;
};

// With a login, and with TLS beside plain HTTP (rclone: one of them).
class WebDavServer final : public StorageServer {
 public:
  enum class Transport { Plain, Tls };  // for rclone only: the others do both
  // "": all is there.
  static std::string missing_program_of(WebDavKind kind);
  // size_limit_mb: the disk is so large (0: any size). Errors: NotFound, Unavailable (it doesn't come up; or
  // a small disk can't be made by this user: PermissionDenied).
  static Result<std::unique_ptr<WebDavServer>> start(WebDavKind kind, const TestAuthority& authority,
                                                     Transport transport = Transport::Plain,
                                                     int size_limit_mb = 0);
  ~WebDavServer() override;

  std::string url(const std::string& name) const override;
  std::string tls_url(const std::string& name) const override;
  Secret secret() const override;
  int port() const override { return port_; }
  // Where it keeps what it is given.
  std::filesystem::path data() const { return folder_.path() / "data"; }
  // Of a server with a small disk.
  void change_disk(DiskState state, int size_mb) const;

 private:
  WebDavServer() = default;
  Result<void> make_folders(int size_limit_mb);
  Result<std::vector<std::string>> configure(WebDavKind kind, const TestAuthority& authority,
                                             Transport transport);
  std::vector<std::string> configure_apache(const TestAuthority& authority, const std::string& login);
  std::vector<std::string> configure_nginx(const TestAuthority& authority);
  std::vector<std::string> configure_rclone(const TestAuthority& authority, Transport transport);

  ScopedFolder folder_;
  int port_ = 0;
  int tls_port_ = 0;
  std::string ca_file_;
  std::unique_ptr<SmallDisk> disk_;
  std::unique_ptr<ChildProcess> process_;
};

// S3 by Ceph: a monitor, an object store in memory, and the gateway. Takes 15 to 20 s to come up.
class CephServer final : public StorageServer {
 public:
  static std::string missing_program_of();
  static Result<std::unique_ptr<CephServer>> start(const TestAuthority& authority);
  ~CephServer() override;

  std::string url(const std::string& name) const override;
  std::string tls_url(const std::string& name) const override;
  Secret secret() const override;
  int port() const override { return port_; }

  // A further key of the same owner that may only read.
  Result<Secret> make_reader();
  // Everybody may read the objects whose keys begin so: a policy of the bucket.
  Result<void> let_all_read(const std::string& prefix);
  // 0: none.
  Result<void> set_quota(std::uint64_t bytes);
  static constexpr const char* kBucket = "meanwhile";

 private:
  CephServer() = default;
  void write_settings(const TestAuthority& authority);
  Result<void> set_up(const TestAuthority& authority);
  Result<void> start_monitor();
  Result<void> start_store();
  Result<void> start_gateway();
  Result<std::unique_ptr<ChildProcess>> launch(std::vector<std::string> words);
  Result<std::string> run(std::vector<std::string> words);  // its standard output
  Result<std::string> administer(std::vector<std::string> words);
  // To the bucket, signed.
  Result<void> put_bucket(const std::map<std::string, std::string>& query, std::string_view body);

  ScopedFolder folder_;
  int monitor_port_ = 0;
  int port_ = 0;
  int tls_port_ = 0;
  std::string ca_file_;
  int runs_ = 0;
  std::unique_ptr<ChildProcess> monitor_;
  std::unique_ptr<ChildProcess> store_;
  std::unique_ptr<ChildProcess> gateway_;
};

}  // namespace meanwhile
