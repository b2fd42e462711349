#include "upload/http/http_server.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/http_client.h"
#include "upload/http/http_message.h"
#include "upload/http/http_outcome.h"
#include "upload/http/url.h"

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kWorthWaiting{5};

// What a server that refused this one asks for in its place.
std::optional<LoginScheme> offered_instead(const HttpResponse& response, LoginScheme refused) {
  if (response.status != 401) return std::nullopt;
  const auto schemes = response.headers.login_schemes();
  const bool basic = std::ranges::find(schemes, "basic") != schemes.end();
  const bool digest = std::ranges::find(schemes, "digest") != schemes.end();
  if (refused == LoginScheme::Basic && digest && !basic) return LoginScheme::Digest;
  if (refused == LoginScheme::Digest && basic && !digest) return LoginScheme::Basic;
  return std::nullopt;
}

}  // namespace

void pause_for(std::chrono::milliseconds length, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_for(lock, stop, length, [] { return false; });
}

HttpServer::HttpServer(HttpSettings settings)
    : settings_(std::move(settings)), client_(HttpClient::shared()) {}

Result<void> HttpServer::wait_for_leave(const std::string& url, const std::stop_token& stop) {
  const auto until = not_before_.copy();
  const auto left = until - std::chrono::steady_clock::now();
  if (left <= left.zero()) return {};
  if (left > kWorthWaiting) {
    return fail(ErrorCode::Unavailable,
                tr_format("{} asked to be left alone for another {} s", origin_of(url),
                          std::chrono::ceil<std::chrono::seconds>(left).count()));
  }
  pause_for(std::chrono::ceil<std::chrono::milliseconds>(left), stop);
  return {};
}

Result<HttpResponse> HttpServer::send_by(LoginScheme scheme, const HttpRequest& request,
                                         const std::stop_token& stop) {
  if (!request.login || request.login->scheme == scheme) return client_->send(request, settings_, stop);
  HttpRequest other = request;
  other.login->scheme = scheme;
  return client_->send(other, settings_, stop);
}

Result<HttpResponse> HttpServer::send(const HttpRequest& request, std::stop_token stop) {
  MEANWHILE_TRY(wait_for_leave(request.url, stop));
  const LoginScheme scheme = scheme_;
  auto response = send_by(scheme, request, stop);
  const auto offered = request.login && response ? offered_instead(*response, scheme) : std::nullopt;
  if (offered) {
    response = send_by(*offered, request, stop);
    if (response && response->status != 401) scheme_ = *offered;
  }
  if (response && (response->status == 429 || response->status == 503)) {
    if (const auto wait = response->headers.retry_after(wall_now()))
      *not_before_.lock() = std::chrono::steady_clock::now() + *wait;
  }
  return response;
}

Result<HttpSettings> take_http_settings(ServerUrl& url) {
  HttpSettings settings;
  const auto ca = url.query.find("ca");
  if (ca == url.query.end()) return settings;
  std::error_code error;
  if (!std::filesystem::path(ca->second).is_absolute() ||
      !std::filesystem::is_regular_file(ca->second, error)) {
    return fail(
        ErrorCode::InvalidArgument,
        tr_format("?ca= in the library's URL names a file of certificates by its whole path; there is no "
                  "file '{}'",
                  ca->second));
  }
  settings.ca_file = ca->second;
  url.query.erase(ca);
  return settings;
}

Result<void> check_query_is_taken(const ServerUrl& url, std::string_view known) {
  if (url.query.empty()) return {};
  return fail(ErrorCode::InvalidArgument,
              tr_format("the library's URL says '{}=' behind the question mark; known are {}",
                        url.query.begin()->first, known));
}

}  // namespace meanwhile
