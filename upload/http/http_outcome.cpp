#include "upload/http/http_outcome.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/http/http_headers.h"
#include "upload/http/http_message.h"
#include "upload/http/url.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestQuote = 200;
constexpr std::size_t kLongestBeginning = 512;

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
      return tr_format("the name of {} isn't known: check the network and the address", server);
    case CURLE_COULDNT_CONNECT:
      return tr_format("nobody answers at {}: check the network and the address", server);
    case CURLE_OPERATION_TIMEDOUT:
      return tr_format("{} doesn't answer, or the network stands still: it is tried again later", server);
    case CURLE_PEER_FAILED_VERIFICATION:
      return tr_format(
          // TRANSLATORS: {1} is empty, or a reason in brackets with a space before it.
          "the certificate of {} can't be trusted{}: if the server is yours, add ?ca=/path/to/ca.pem to the "
          "library's URL; else somebody may be listening",
          server, because(text));
    case CURLE_SSL_CACERT_BADFILE:
      return tr_format("the file of certificates in ?ca= of the library's URL can't be read{}",
                       because(text));
    case CURLE_SSL_CONNECT_ERROR:
      return tr_format("no encrypted connection to {} comes about{}: is it a server for https?", server,
                       because(text));
    default:
      return tr_format("the connection to {} broke{}: it is tried again later", server, because(text));
  }
}

// Beginnings of what isn't said to be a page, but is one.
bool begins_as_page(std::span<const std::byte> body) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view text = as_text(body.first(std::min(body.size(), kLongestBeginning)));
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::string start = lower_case(trimmed(text));
  if (start.starts_with("<?xml")) return start.contains("<!doctype html") || start.contains("<html");
  constexpr std::array<std::string_view, 6> kOfPages{"<!doctype html", "<html", "<head",
                                                     "<body",          "<meta", "<script"};
  return std::ranges::any_of(kOfPages, [&](std::string_view tag) { return start.starts_with(tag); });
}

bool is_other_host(const std::string& target, const std::string& server) {
  if (target.starts_with("//")) return is_other_host("https:" + target, server);
  if (!target.contains("://")) return false;
  const auto there = parse_url(origin_of(target));
  const auto here = parse_url(server);
  return !there || !here || lower_case(there->host_name()) != lower_case(here->host_name());
}

// Anybody may write to a server's log in: only short words are repeated.
std::string login_sentence(const HttpResponse& response, const std::string& server) {
  const auto schemes = response.headers.login_schemes();
  const auto is_known = [](const std::string& scheme) { return scheme == "basic" || scheme == "digest"; };
  if (schemes.empty() || std::ranges::any_of(schemes, is_known))
    return tr_format(
        "{} doesn't take the user name or the password: give them to `meanwhile library secret URL`", server);
  return tr_format("{} asks for a login of a kind that Meanwhile doesn't have ({}): it needs Basic or Digest",
                   server, in_quotes(schemes.front()));
}

std::string moved_sentence(const HttpResponse& response, const std::string& server) {
  const std::string target = response.headers.find("location");
  if (target.empty()) return tr_format("{} sends us on: put the new address into the library's URL", server);
  return tr_format("{} sends us on to {}: put the new address into the library's URL", server,
                   in_quotes(target));
}

}  // namespace

bool is_foreign_page(const HttpResponse& response, const std::string& server) {
  const bool is_page = response.headers.says_web_page() || begins_as_page(response.body);
  if (response.is_success()) return is_page && response.status != 206;
  if (response.status == 511) return true;  // RFC 6585 s. 6
  if (response.status < 300 || response.status >= 400) return false;
  const std::string target = response.headers.find("location");
  return target.empty() ? is_page : is_other_host(target, server);
}

Error foreign_page_error(const std::string& server) {
  return {ErrorCode::Unavailable, tr_format("{} answered with a web page instead of the library: is there a "
                                            "login page of the network in between?",
                                            server)};
}

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
  if (status == 401) return {ErrorCode::PermissionDenied, login_sentence(response, server)};
  if (status == 403)
    return {ErrorCode::PermissionDenied,
            tr_format("{} forbids it: ask whoever runs it for the right to read and write there", server)};
  if (status == 404 || status == 410) return {ErrorCode::NotFound, tr("it isn't there")};
  if (status == 413)
    return {ErrorCode::PermissionDenied, tr_format("{} takes no object of that size: raise its limit (nginx: "
                                                   "client_max_body_size, Apache: LimitRequestBody) to 64 MB",
                                                   server)};
  if (status == 507)
    return {ErrorCode::NoSpace,
            tr_format("{} has no space left: make room there, or raise the quota", server)};
  if (is_foreign_page(response, server)) return foreign_page_error(server);
  if (status >= 300 && status < 400) return {ErrorCode::Unavailable, moved_sentence(response, server)};
  const bool may_pass = status == 408 || status == 409 || status == 423 || status == 425 || status == 429;
  if (may_pass || status >= 500)
    return {ErrorCode::Unavailable,
            tr_format("{} can't do it now (status {}): it is tried again later", server, status)};
  return {ErrorCode::Io,
          tr_format("{} doesn't understand the request (status {}): is the library's URL right?", server,
                    status)};
}

}  // namespace meanwhile
