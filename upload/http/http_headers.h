// The head of an HTTP answer, as far as storage needs it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/identifier.h"

namespace meanwhile {

// Names without regard to case. What a hostile server may fill is bounded: lines that are too long or too
// many are passed over.
class HttpHeaders {
 public:
  // One line as it came, with or without its line end. A status line begins anew (after 1xx, only the last
  // answer counts); what has no colon is passed over.
  void add_line(std::string_view line);
  // "": not there. Of several the first.
  std::string find(std::string_view name) const;

  // What a 401 asks for: the names of the schemes in small letters, "basic", "digest", …, each once. Source:
  // RFC 9110 s. 11.6.1.
  std::vector<std::string> login_schemes() const;
  // text/html or its like, as what comes with this head calls itself.
  bool says_web_page() const;

  // Source: RFC 9110 s. 6.6.1 (Date), 10.2.3 (Retry-After: seconds or a date, then counted from Date or now;
  // at most a day).
  std::optional<WallTime> date() const;
  std::optional<std::chrono::seconds> retry_after(WallTime now) const;
  // Of a 206: where its bytes begin. Source: RFC 9110 s. 14.4.
  std::optional<std::uint64_t> range_start() const;

 private:
  std::vector<std::pair<std::string, std::string>> lines_;
};

// "Sun, 06 Nov 1994 08:49:37 GMT" and the older forms. Source: RFC 9110 s. 5.6.7.
std::optional<WallTime> parse_http_date(std::string_view text);

// Of ASCII letters: as names of hosts, headers and login schemes are compared.
std::string lower_case(std::string_view text);

// Digits only; nullopt: anything else, or too large.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

}  // namespace meanwhile
