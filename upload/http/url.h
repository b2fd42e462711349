// URLs of servers: taken apart, put together, and never with a secret in them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "media/base/result.h"

namespace meanwhile {

// https://host:port/path?query
struct ServerUrl {
  std::string scheme;  // "https", or "http" for this very machine
  std::string host;    // with the port, if it isn't the scheme's own: as the header Host says it
  std::string user;    // "" mostly
  std::string path;    // decoded, "" or "/team/clips": no "/" at the end, no "//", "." or ".."
  std::map<std::string, std::string> query;  // decoded

  std::string origin() const { return scheme + "://" + host; }
  // Without the port.
  std::string host_name() const;
};

// host_name: of a URL, in any spelling. localhost and all below it, 127.0.0.0/8 and ::1: what is sent there
// never leaves this machine. Source: RFC 6761 s. 6.3.
bool is_this_machine(std::string_view host_name);

// Of any scheme. Errors: InvalidArgument, a sentence that repeats nothing of a URL with a password in it: no
// URL, a password in it.
Result<ServerUrl> parse_url(std::string_view text);

// Errors: as parse_url(), and no http(s) URL, plain http to another machine (it would show the password to
// everybody on the way).
Result<ServerUrl> parse_server_url(std::string_view text);

// What such a library's URL means. webdav(s)://user@host/path?ca=FILE: http(s).
Result<ServerUrl> webdav_server_url(std::string_view text);
// s3://bucket/prefix?endpoint=https://host&region=R&…: the endpoint's, with bucket and prefix as its path and
// the rest of the query. No endpoint: Amazon's of the region.
Result<ServerUrl> s3_server_url(std::string_view text);

// A "%" that begins no escape stays as it is.
std::string percent_decode(std::string_view text);

}  // namespace meanwhile
