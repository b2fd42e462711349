// Who we are to a server. Kept apart from URLs, which are stored, shown and shared.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/guarded.h"
#include "media/base/result.h"

namespace meanwhile {

struct Secret {
  std::string user;                // S3: the access key
  std::string password;            // S3: the secret key
  std::string session_token = {};  // S3, with keys that were lent for a while; else ""
};

// Under which name a library's secret is kept: its URL without the query, but for an S3 server's endpoint.
// "": a library that needs none.
std::string secret_place(std::string_view url);

// The user name that a place's URL has in it; "": none.
std::string user_of(const std::string& place);

// nullopt: none is known. Errors: PermissionDenied (it is kept where others could read it), Corrupt, Io.
using FindSecret = std::function<Result<std::optional<Secret>>(const std::string& place)>;

// S3: MEANWHILE_S3_ACCESS_KEY, MEANWHILE_S3_SECRET_KEY, MEANWHILE_S3_SESSION_TOKEN, else AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN. WebDAV: MEANWHILE_WEBDAV_USER (or the URL's),
// MEANWHILE_WEBDAV_PASSWORD.
Result<std::optional<Secret>> find_secret_in_environment(const std::string& place);

// A secret that is looked for when it is first needed, and again after the server refused it: somebody may
// have put it right meanwhile. Any thread.
class HeldSecret {
 public:
  HeldSecret(std::string place, FindSecret find) : place_(std::move(place)), find_(std::move(find)) {}
  const std::string& place() const { return place_; }
  Result<std::optional<Secret>> get();
  void forget() { held_.lock()->reset(); }

 private:
  const std::string place_;
  const FindSecret find_;
  Guarded<std::optional<Secret>> held_;
};

}  // namespace meanwhile
