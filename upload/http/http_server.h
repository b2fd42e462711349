// One server that a library is on: asked as politely as it wants to be.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/guarded.h"
#include "media/base/result.h"
#include "upload/http/http_message.h"
#include "upload/http/url.h"

namespace meanwhile {

class HttpClient;

// Any thread.
class HttpServer {
 public:
  explicit HttpServer(HttpSettings settings);

  // As HttpClient::send. A server that said Retry-After with 429 or 503 isn't asked before: a short wait is
  // waited for, a longer one is Unavailable at once. A login goes by Basic, and by Digest where that is
  // refused and Digest offered in its place: from then on by what the server took.
  Result<HttpResponse> send(const HttpRequest& request, std::stop_token stop);

 private:
  Result<HttpResponse> send_by(LoginScheme scheme, const HttpRequest& request, const std::stop_token& stop);
  Result<void> wait_for_leave(const std::string& url, const std::stop_token& stop);

  const HttpSettings settings_;
  const std::shared_ptr<HttpClient> client_;
  Guarded<std::chrono::steady_clock::time_point> not_before_;
  std::atomic<LoginScheme> scheme_ = LoginScheme::Basic;
};

// Returns early when stop is asked for.
void pause_for(std::chrono::milliseconds length, const std::stop_token& stop);

// What all URLs of servers may say behind "?": ca=FILE. Takes it out of url.query.
// Errors: InvalidArgument (a relative path, or no file there).
Result<HttpSettings> take_http_settings(ServerUrl& url);

// Errors: InvalidArgument: something is left in url.query. known: "region=, style=" for the sentence.
Result<void> check_query_is_taken(const ServerUrl& url, std::string_view known);

}  // namespace meanwhile
