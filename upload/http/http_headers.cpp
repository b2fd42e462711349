#include "upload/http/http_headers.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "media/base/identifier.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostLines = 200;
constexpr std::size_t kLongestLine = 8192;
constexpr std::chrono::seconds kLongestWait{24 * 3600};

// Of a list with commas between; those in quotes are part of an item.
std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> items;
  bool is_quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool is_end = i == text.size();
    if (!is_end && is_quoted && text[i] == '\\')
      ++i;
    else if (!is_end && text[i] == '"')
      is_quoted = !is_quoted;
    else if (is_end || (text[i] == ',' && !is_quoted)) {
      items.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  return items;
}

}  // namespace

// Not tolower(3): that knows locales.
std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

void HttpHeaders::add_line(std::string_view line) {
  if (line.starts_with("HTTP/")) lines_.clear();
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || lines_.size() >= kMostLines || line.size() > kLongestLine) return;
  lines_.emplace_back(lower_case(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
}

std::string HttpHeaders::find(std::string_view name) const {
  const auto found = std::ranges::find(lines_, lower_case(name), &std::pair<std::string, std::string>::first);
  return found == lines_.end() ? "" : found->second;
}

// "Basic realm="a, b", Digest nonce=…, qop=…": what has no "=" in its first word begins a challenge.
std::vector<std::string> HttpHeaders::login_schemes() const {
  std::vector<std::string> schemes;
  for (const auto& [name, value] : lines_) {
    if (name != "www-authenticate") continue;
    for (const std::string_view item : split_list(value)) {
      const std::string scheme = lower_case(item.substr(0, item.find(' ')));
      const bool is_parameter = scheme.empty() || scheme.contains('=');
      if (!is_parameter && std::ranges::find(schemes, scheme) == schemes.end()) schemes.push_back(scheme);
    }
  }
  return schemes;
}

bool HttpHeaders::says_web_page() const {
  const std::string type = lower_case(find("content-type"));
  return type.starts_with("text/html") || type.starts_with("application/xhtml");
}

std::optional<WallTime> HttpHeaders::date() const {
  return parse_http_date(find("date"));
}

std::optional<std::chrono::seconds> HttpHeaders::retry_after(WallTime now) const {
  const std::string text = find("retry-after");
  std::chrono::seconds wait{0};
  if (const auto seconds = parse_decimal(text)) {
    wait = std::chrono::seconds(std::min<std::uint64_t>(*seconds, kLongestWait.count()));
  } else if (const auto until = parse_http_date(text)) {
    wait = std::chrono::ceil<std::chrono::seconds>(*until - date().value_or(now));
  } else {
    return std::nullopt;
  }
  return std::clamp(wait, std::chrono::seconds(0), kLongestWait);
}

std::optional<std::uint64_t> HttpHeaders::range_start() const {
  constexpr std::string_view kUnit = "bytes ";
  const std::string text = find("content-range");
  if (!text.starts_with(kUnit)) return std::nullopt;
  const auto rest = std::string_view(text).substr(kUnit.size());
  return parse_decimal(rest.substr(0, rest.find('-')));
}

std::optional<WallTime> parse_http_date(std::string_view text) {
  const std::string copy(text);
  const time_t seconds = curl_getdate(copy.c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return WallTime(std::chrono::seconds(seconds));
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace meanwhile
