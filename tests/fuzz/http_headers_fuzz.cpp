// The head of an HTTP answer, line by line; and what people type as a server's address.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "upload/http/http_headers.h"
#include "upload/http/url.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  (void)parse_server_url(rest);
  HttpHeaders headers;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    headers.add_line(line);
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  (void)headers.date();
  (void)headers.retry_after(WallTime{});
  (void)headers.range_start();
  return 0;
}
