// Storage in a folder of a WebDAV server: Apache, nginx, Nextcloud, rclone and others.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/http/http_message.h"
#include "upload/http/http_server.h"
#include "upload/http/url.h"
#include "upload/payload.h"
#include "upload/secret.h"
#include "upload/storage.h"
#include "upload/webdav/propfind.h"

namespace meanwhile {

// Stands on the least that all of them do: no conditions, no locks, no tags, no depth "infinity". After each
// upload the size is asked for, as some answer a success for what they stored in part.
class WebDavStorage final : public Storage,
                            public HashedUploads,
                            public UploadPace,
                            public ServerClock,
                            public Addressed {
 public:
  // library_url: "webdavs://host/path?ca=/file". Make: the folder is made if it isn't there; Refuse: nothing
  // is asked yet. Errors: InvalidArgument; with Make also Unavailable, PermissionDenied, Io,
  // Aborted (stop).
  static Result<std::shared_ptr<WebDavStorage>> open(const std::string& library_url, MissingFolder missing,
                                                     FindSecret find_secret,
                                                     const std::stop_token& stop = {});

  // Errors: also Unavailable if the object arrived in part. A server may show such a part until it is sent
  // again: what is read counts by its signature or hash.
  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  std::string description() const override;
  StorageCapabilities capabilities() override {
    return {.hashed_uploads = this, .upload_pace = this, .server_clock = this, .addressed = this};
  }

  // The size isn't asked for. Hash: Nextcloud told the SHA-256 of what it stored. Else Server. Errors: also
  // Corrupt: it told another one.
  Result<UploadProof> put_hashed(const std::string& key, const Payload& payload, const std::string& sha256,
                                 std::stop_token stop) override;
  bool checks_uploads() const override { return false; }
  void set_upload_limit(std::uint64_t bytes_per_second) override { upload_limit_ = bytes_per_second; }
  std::optional<std::chrono::seconds> clock_ahead() const override;
  std::string address(const std::string& key) const override;
  Result<bool> is_open_to_all(const std::string& key, std::stop_token stop) override;

 private:
  struct Call {
    std::string method;
    std::string path;
    std::vector<std::string> headers = {};
    std::optional<Payload> body = {};
    std::optional<ByteRange> range = {};
    std::uint64_t limit_bytes = 64 << 10;
  };
  WebDavStorage(ServerUrl url, HttpSettings settings, std::string secret_place, FindSecret find_secret);
  std::string path_of(std::string_view key) const;
  Result<HttpResponse> call(const Call& call, const std::stop_token& stop);
  Result<HttpResponse> send_patiently(const HttpRequest& request, const std::stop_token& stop);
  Error write_error_of(const HttpResponse& response) const;
  Error error_of(const HttpResponse& response) const;

  Result<HttpResponse> put_once(const std::string& key, const Payload& payload, const std::string& sha256,
                                const std::stop_token& stop);
  Result<bool> may_lack_folder(const HttpResponse& refusal, const std::string& key,
                               const std::stop_token& stop);
  Result<void> check_size(const std::string& key, std::span<const std::byte> bytes,
                          const std::stop_token& stop);
  Result<void> make_root(const std::stop_token& stop);
  Result<void> make_collection(const std::string& path, const std::stop_token& stop);
  Result<void> make_parents(std::string_view key, const std::stop_token& stop);
  // nullopt: there is nothing. depth: "0" or "1".
  Result<std::optional<std::vector<DavEntry>>> propfind(const std::string& path, std::string_view depth,
                                                        const std::stop_token& stop);
  Result<void> list_below(const std::string& prefix, const std::string& after, int depth,
                          const std::stop_token& stop, std::vector<ObjectInfo>& found);

  const ServerUrl url_;
  HttpServer server_;
  HeldSecret secret_;
  std::mutex making_;
  Guarded<std::set<std::string>> known_collections_;  // that we made or met, by their paths
  std::atomic<std::uint64_t> upload_limit_ = 0;
  Guarded<std::optional<std::chrono::seconds>> clock_ahead_;
};

}  // namespace meanwhile
