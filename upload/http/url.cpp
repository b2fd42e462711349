#include "upload/http/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <expected>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/http/http_headers.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestUrl = 2000;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, FreeUrl>;

std::string part(const CurlUrl& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

bool is_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

unsigned digit(char c) {
  if (c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a' + 10);
}

// libcurl writes 127.1, 0x7f000001 and 2130706433 out as 127.0.0.1 when it takes a URL apart, but not in
// IPv6.
bool is_loopback_address(const std::string& text) {
  in_addr v4{};
  if (::inet_pton(AF_INET, text.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == IN_LOOPBACKNET;
  in6_addr v6{};
  if (::inet_pton(AF_INET6, text.c_str(), &v6) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&v6) || (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == IN_LOOPBACKNET);
}

Result<std::string> clean_path(std::string path) {
  while (path.ends_with('/')) path.pop_back();
  const std::string framed = path + "/";
  if (framed.contains("//") || framed.contains("/./") || framed.contains("/../") ||
      framed.find_first_of(std::string_view("\0\r\n", 3)) != std::string::npos) {
    return fail(
        ErrorCode::InvalidArgument,
        tr("the URL's path has an empty part or dots in it: write it straight, as https://host/folder"));
  }
  return path;
}

std::map<std::string, std::string> split_query(std::string_view text) {
  std::map<std::string, std::string> query;
  while (!text.empty()) {
    const auto item = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const auto equals = item.find('=');
    if (item.empty()) continue;
    query[percent_decode(item.substr(0, equals))] =
        equals == std::string_view::npos ? "" : percent_decode(item.substr(equals + 1));
  }
  return query;
}

Result<void> check_server(const ServerUrl& url) {
  if (url.scheme != "https" && url.scheme != "http") {
    return fail(ErrorCode::InvalidArgument, tr("the server's address begins with https://"));
  }
  if (url.scheme == "http" && !is_this_machine(url.host_name())) {
    return fail(ErrorCode::InvalidArgument,
                tr("without TLS password and clips could be read by everybody on the way: use webdavs:// or "
                   "an endpoint with https:// (for a certificate of your own, add ?ca=/path/to/ca.pem)"));
  }
  return {};
}

}  // namespace

std::string ServerUrl::host_name() const {
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');
  if (colon == std::string::npos || (bracket != std::string::npos && colon < bracket)) return host;
  return host.substr(0, colon);
}

bool is_this_machine(std::string_view host_name) {
  constexpr std::string_view kName = "localhost";
  std::string host = lower_case(host_name);
  if (host.starts_with('[') && host.ends_with(']'))
    return is_loopback_address(host.substr(1, host.size() - 2));
  if (host.ends_with('.')) host.pop_back();
  return host == kName || host.ends_with("." + std::string(kName)) || is_loopback_address(host);
}

Result<ServerUrl> parse_url(std::string_view text) {
  const CurlUrl url(curl_url());
  if (text.size() > kLongestUrl || text.find('\0') != std::string_view::npos ||
      curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(),
                   CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS) != CURLUE_OK) {
    return fail(ErrorCode::InvalidArgument, tr("that is no address: it has the form https://host/path"));
  }
  if (!part(url, CURLUPART_PASSWORD).empty()) {
    return fail(
        ErrorCode::InvalidArgument,
        tr("a library's URL is stored and shown, so it holds no password: leave it out, and give it to "
           "`meanwhile library secret URL`"));
  }
  auto path = clean_path(percent_decode(part(url, CURLUPART_PATH)));
  if (!path) return std::unexpected(path.error());
  const std::string host = part(url, CURLUPART_HOST);
  const std::string port = part(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
  return ServerUrl{.scheme = part(url, CURLUPART_SCHEME),
                   .host = port.empty() ? host : host + ":" + port,
                   .user = percent_decode(part(url, CURLUPART_USER)),
                   .path = std::move(*path),
                   .query = split_query(part(url, CURLUPART_QUERY))};
}

Result<ServerUrl> parse_server_url(std::string_view text) {
  auto url = parse_url(text);
  if (!url) return url;
  MEANWHILE_TRY(check_server(*url));
  return url;
}

Result<ServerUrl> webdav_server_url(std::string_view text) {
  const bool is_secure = text.starts_with("webdavs://");
  if (!is_secure && !text.starts_with("webdav://"))
    return fail(ErrorCode::InvalidArgument, tr("a WebDAV library's URL has the form webdavs://host/folder"));
  return parse_server_url((is_secure ? "https" : "http") + std::string(text.substr(text.find(':'))));
}

Result<ServerUrl> s3_server_url(std::string_view text) {
  auto named = parse_url(text);
  if (!named) return named;
  const auto endpoint = named->query.find("endpoint");
  const auto region = named->query.find("region");
  const bool has_address = endpoint != named->query.end() || region != named->query.end();
  if (named->scheme != "s3" || named->host.empty() || !named->user.empty() || !has_address) {
    return fail(ErrorCode::InvalidArgument,
                tr("an S3 library's URL has the form "
                   "s3://bucket/folder?endpoint=https://server&region=eu-central-1; for "
                   "Amazon the region is enough"));
  }
  auto server = parse_server_url(endpoint != named->query.end()
                                     ? endpoint->second
                                     : fmt::format("https://s3.{}.amazonaws.com", region->second));
  if (!server) return server;
  if (!server->path.empty() || !server->user.empty() || !server->query.empty())
    return fail(ErrorCode::InvalidArgument, tr("endpoint= names a server alone: https://host"));
  server->path = "/" + named->host + named->path;
  server->query = std::move(named->query);
  server->query.erase("endpoint");
  return server;
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && is_hexadecimal(text[i + 1]) && is_hexadecimal(text[i + 2]);
    if (!escape) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
    i += 2;
  }
  return decoded;
}

}  // namespace meanwhile
