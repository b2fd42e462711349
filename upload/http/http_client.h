// HTTP for all storages of this program: one thread owns libcurl, any thread asks.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/http/http_headers.h"
#include "upload/storage.h"

namespace meanwhile {

struct HttpLogin {
  std::string user;
  std::string password;
};

struct HttpRequest {
  std::string method;
  std::string url;                                      // encoded, without a secret in it
  std::vector<std::string> headers = {};                // "Name: value"; may hold a secret: never logged
  std::optional<std::span<const std::byte>> body = {};  // stays the caller's
  std::optional<HttpLogin> login = {};                  // Basic, sent with the first request already
  // Of the answer's body. A server that knows no ranges sends all: then only this part of it is kept.
  std::optional<ByteRange> range = {};
  std::uint64_t limit_bytes = 0;
  std::uint64_t send_bytes_per_second = 0;  // of the body; 0: as fast as it goes
};

struct HttpResponse {
  int status = 0;
  HttpHeaders headers;
  Bytes body;  // of an answer that isn't 2xx: at most its first 64 KB
  bool is_success() const { return status >= 200 && status < 300; }
};

// What belongs to a server.
struct HttpSettings {
  std::string ca_file = {};  // "": the system's authorities
  // A transfer ends when it hasn't moved for so long; slow ones take the time they need.
  std::chrono::seconds stalled_after{60};
};

// Owns the threads "http-get" and "http-put", each with its own connections, kept and shared: up to 16 of
// HTTP/1.1 a server, and one of HTTP/2 for what has no body, where a server offers it. Two, for libcurl 7.88
// lets what asks for HTTP/1.1 join a connection of HTTP/2 that others are using, and then answers get mixed
// up. No redirection is followed: a login must not go where we didn't send it.
class HttpClient {
 public:
  // The one of this process; it ends with its last owner.
  static std::shared_ptr<HttpClient> shared();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Blocks. Any answer of the server is a success here; errors are what kept it from answering: Unavailable
  // (network, name, TLS, stall, cut off: each a sentence that says what to look at), Corrupt (a 2xx body over
  // limit_bytes), Aborted (stop; the connection is closed if the answer was under way).
  Result<HttpResponse> send(const HttpRequest& request, const HttpSettings& settings, std::stop_token stop);

 private:
  class Thread;
  HttpClient();
  const std::unique_ptr<Thread> with_body_;
  const std::unique_ptr<Thread> without_body_;
};

}  // namespace meanwhile
