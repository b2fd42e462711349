// An event as anybody may have signed it: read, shown, written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "app/library/events.h"
#include "app/library/text.h"
#include "media/base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_valid_utf8(display_line(text))) std::abort();
  const auto json = parse_json(text);
  if (!json) return 0;
  const auto event = parse_event(*json);
  if (!event) return 0;
  // What was read once can be written, and is the same when it is read again.
  const auto written = to_json(*event);
  if (!written || to_json(parse_event(*written).value()).value() != *written) std::abort();
  return 0;
}
