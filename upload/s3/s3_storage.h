// Storage in a bucket of an S3 server: Amazon's, Ceph's, and others'.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/http/http_message.h"
#include "upload/http/http_server.h"
#include "upload/http/url.h"
#include "upload/payload.h"
#include "upload/s3/s3_answers.h"
#include "upload/s3/s3_outcome.h"
#include "upload/secret.h"
#include "upload/storage.h"

namespace meanwhile {

// Every upload carries its SHA-256, signed: what was damaged on the way is refused by the server.
class S3Storage final : public Storage,
                        public HashedUploads,
                        public UploadPace,
                        public ServerClock,
                        public Addressed,
                        public PackedDocuments,
                        public LinkSigner {
 public:
  // url: "s3://bucket/prefix?endpoint=https://host&region=eu-central-1&style=path|virtual&ca=/file". region:
  // us-east-1 if it isn't said. style: where the bucket's name stands, in the path (usual) or before the
  // host. Asks nothing yet. Errors: InvalidArgument.
  static Result<std::shared_ptr<S3Storage>> open(const std::string& url, FindSecret find_secret);

  Result<void> put(const std::string& key, std::span<const std::byte> bytes, std::stop_token stop) override;
  Result<Bytes> get(const std::string& key, std::uint64_t limit_bytes, std::optional<ByteRange> range,
                    std::stop_token stop) override;
  Result<std::vector<ObjectInfo>> list(const std::string& prefix, const std::string& after,
                                       std::stop_token stop) override;
  Result<ObjectInfo> stat(const std::string& key, std::stop_token stop) override;
  Result<void> remove(const std::string& key, std::stop_token stop) override;
  std::string description() const override;
  StorageCapabilities capabilities() override {
    return {.hashed_uploads = this,
            .upload_pace = this,
            .server_clock = this,
            .addressed = this,
            .packed_documents = this,
            .link_signer = this};
  }

  Result<UploadProof> put_hashed(const std::string& key, const Payload& payload, const std::string& sha256,
                                 std::stop_token stop) override;
  bool checks_uploads() const override { return true; }
  void set_upload_limit(std::uint64_t bytes_per_second) override { upload_limit_ = bytes_per_second; }
  std::optional<std::chrono::seconds> clock_ahead() const override;

  Result<void> put_packed(const std::string& key, const std::string& type, std::string_view text,
                          std::stop_token stop) override;
  std::string address(const std::string& key) const override;
  Result<bool> is_open_to_all(const std::string& key, std::stop_token stop) override;
  Result<SignedLinks> sign_links(const std::vector<std::string>& keys, std::chrono::seconds valid,
                                 LinkUse use = LinkUse::Reading) override;
  Result<PostForm> sign_form(const std::string& prefix, std::uint64_t limit_bytes,
                             std::chrono::seconds valid) override;
  Result<bool> takes_forms(const std::string& prefix, std::stop_token stop) override;

 private:
  struct Address {
    ServerUrl server;  // host as requests name it
    std::string bucket;
    std::string root;    // of a path, "/bucket/" or "/"
    std::string prefix;  // of keys, "" or "team/"
    std::string region;
    S3Place place;
  };
  struct Call {
    std::string method;
    std::string path;
    std::map<std::string, std::string> query = {};
    std::optional<Payload> body = {};
    std::string body_sha256 = {};                     // "": not known yet
    std::map<std::string, std::string> headers = {};  // signed too, lower-case names
    std::optional<ByteRange> range = {};
    std::uint64_t limit_bytes = 1 << 20;
  };
  enum class Clock { AsKnown, JustSet };

  S3Storage(Address address, HttpSettings settings, std::string secret_place, FindSecret find_secret);
  static Result<Address> parse_address(ServerUrl url);
  std::string path_of(const std::string& key) const;
  Result<Secret> secret();
  WallTime signing_time() const;
  Result<void> store(const std::string& key, const Payload& payload, const std::string& sha256,
                     std::map<std::string, std::string> headers, const std::stop_token& stop);
  Result<HttpResponse> call(const Call& call, const std::stop_token& stop);
  Result<HttpResponse> send_once(const Call& call, const std::string& body_sha256,
                                 const std::stop_token& stop);
  bool set_clock(const HttpResponse& response, const S3Failure& failure);
  void note_clock(const HttpResponse& response);
  Result<S3ListPage> list_page(const std::map<std::string, std::string>& query, const std::stop_token& stop);

  const Address address_;
  HttpServer server_;
  HeldSecret secret_;
  std::atomic<std::uint64_t> upload_limit_ = 0;
  std::atomic<std::int64_t> correction_s_ = 0;  // what is added to our clock before signing
  std::atomic<std::int64_t> ahead_s_ = 0;       // ours less the server's, as last seen
  std::atomic<bool> has_seen_clock_ = false;
};

}  // namespace meanwhile
