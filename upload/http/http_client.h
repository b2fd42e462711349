// HTTP for all storages of this program: one thread owns libcurl, any thread asks.
#pragma once

#include <memory>
#include <stop_token>

#include "media/base/result.h"
#include "upload/http/http_message.h"

namespace meanwhile {

// Owns the threads "http-get" and "http-put", each with its own connections, kept and shared: up to 16 of
// HTTP/1.1 a server, and one of HTTP/2 for what has no body, where a server offers it. Two, for libcurl 7.88
// lets what asks for HTTP/1.1 join a connection of HTTP/2 that others are using, and then answers get mixed
// up. A body that lies in a file is read by "http-put" while it is sent. No redirection is followed: a login
// must not go where we didn't send it.
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
