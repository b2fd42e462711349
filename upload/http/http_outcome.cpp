#include "upload/http/http_outcome.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "upload/http/http_message.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestQuote = 200;

// Foreign words in a sentence of ours: on one line, and not too many.
std::string in_quotes(std::string_view text) {
  std::string clean;
  for (const char c : text.substr(0, kLongestQuote)) clean += c < ' ' || c > '~' ? '?' : c;
  return clean;
}

std::string because(std::string_view text) {
  return text.empty() ? "" : fmt::format(" ({})", in_quotes(text));
}

std::string no_answer_sentence(CURLcode code, std::string_view text, const std::string& server) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fmt::format("the name of {} isn't known: check the network, and the library's URL", server);
    case CURLE_COULDNT_CONNECT:
      return fmt::format("nobody answers at {}: check the network, and the library's URL", server);
    case CURLE_OPERATION_TIMEDOUT:
      return fmt::format("{} doesn't answer, or the network stands still: it is tried again later", server);
    case CURLE_PEER_FAILED_VERIFICATION:
      return fmt::format(
          "the certificate of {} can't be trusted{}: if the server is yours, add ?ca=/path/to/ca.pem to the "
          "library's "
          "URL; else somebody may be listening",
          server, because(text));
    case CURLE_SSL_CACERT_BADFILE:
      return fmt::format("the file of certificates in ?ca= of the library's URL can't be read{}",
                         because(text));
    case CURLE_SSL_CONNECT_ERROR:
      return fmt::format("no encrypted connection to {} comes about{}: is it a server for https?", server,
                         because(text));
    default:
      return fmt::format("the connection to {} broke{}: it is tried again later", server, because(text));
  }
}

std::string moved_sentence(const HttpResponse& response, const std::string& server) {
  const std::string target = response.headers.find("location");
  return fmt::format("{} sends us on{}: put the new address into the library's URL", server,
                     target.empty() ? "" : " to " + in_quotes(target));
}

}  // namespace

std::string origin_of(const std::string& url) {
  const auto host = url.find("://");
  return host == std::string::npos ? url : url.substr(0, url.find_first_of("/?", host + 3));
}

Error error_from_curl(CURLcode code, std::string_view curl_text, const std::string& url) {
  const std::string_view text = curl_text.empty() ? curl_easy_strerror(code) : curl_text;
  return {ErrorCode::Unavailable, no_answer_sentence(code, text, origin_of(url))};
}

Error error_from_status(const HttpResponse& response, const std::string& server) {
  const int status = response.status;
  if (status == 401)
    return {
        ErrorCode::PermissionDenied,
        server + " doesn't take the user name or the password: give them to `meanwhile library secret URL`"};
  if (status == 403)
    return {ErrorCode::PermissionDenied,
            server + " forbids it: ask whoever runs it for the right to read and write there"};
  if (status == 404 || status == 410) return {ErrorCode::NotFound, "it isn't there"};
  if (status == 413)
    return {ErrorCode::PermissionDenied,
            server +
                " takes no object of that size: raise its limit (nginx: client_max_body_size, Apache: "
                "LimitRequestBody) to 64 MB"};
  if (status == 507)
    return {ErrorCode::NoSpace, server + " has no space left: make room there, or raise the quota"};
  if (status >= 300 && status < 400) return {ErrorCode::Unavailable, moved_sentence(response, server)};
  const bool may_pass = status == 408 || status == 409 || status == 423 || status == 425 || status == 429;
  if (may_pass || status >= 500)
    return {ErrorCode::Unavailable,
            fmt::format("{} can't do it now (status {}): it is tried again later", server, status)};
  return {ErrorCode::Io,
          fmt::format("{} doesn't understand the request (status {}): is the library's URL right?", server,
                      status)};
}

}  // namespace meanwhile
