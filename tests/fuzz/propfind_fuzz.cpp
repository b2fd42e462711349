// What a WebDAV server says is in a folder.
#include <cstddef>
#include <cstdint>
#include <span>

#include "upload/webdav/propfind.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)meanwhile::parse_propfind(std::as_bytes(std::span(data, size)));
  return 0;
}
