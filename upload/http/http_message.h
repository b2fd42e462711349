// What is asked of a server over HTTP, and what it answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "upload/http/http_headers.h"
#include "upload/payload.h"

namespace meanwhile {

// Basic: with the first request already. Digest: asked for and answered in two steps, of which the first
// carries no body.
enum class LoginScheme { Basic, Digest };

struct HttpLogin {
  std::string user;
  std::string password;
  LoginScheme scheme = LoginScheme::Basic;
};

struct HttpRequest {
  std::string method;
  std::string url;                        // encoded, without a secret in it
  std::vector<std::string> headers = {};  // "Name: value"; may hold a secret: never logged
  std::optional<Payload> body = {};
  std::optional<HttpLogin> login = {};
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

}  // namespace meanwhile
