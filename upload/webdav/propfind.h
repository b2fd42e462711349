// What a WebDAV server says is in a collection. Source: RFC 4918 s. 9.1, 14.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {

struct DavEntry {
  std::string path;  // decoded, without "/" at the end
  bool is_collection = false;
  std::optional<std::uint64_t> size_bytes;  // of a file, if the server says it
};

// The body of a PROPFIND that asks for what is here.
extern const std::string_view kPropfindBody;

// In the server's order, any names: to be checked. Errors: Corrupt.
Result<std::vector<DavEntry>> parse_propfind(std::span<const std::byte> bytes);

// The path of an href, which is one or a whole URL: decoded once, without "/" at the end.
std::string path_of_href(std::string_view href);

}  // namespace meanwhile
