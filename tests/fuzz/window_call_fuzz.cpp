// What another start of the window says: read or refused, and said again the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/library/window_call.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto call = meanwhile::parse_window_call({reinterpret_cast<const char*>(data), size});
  if (!call) return 0;
  const auto again = meanwhile::parse_window_call(meanwhile::to_line(*call));
  if (again && *again != *call) std::abort();
  return 0;
}
