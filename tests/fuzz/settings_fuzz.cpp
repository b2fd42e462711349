// A settings.json that somebody edited by hand, or that a disk damaged.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "app/library/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const auto json = parse_json({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  std::vector<std::string> warnings;
  const Settings settings = settings_from_json(*json, warnings);
  // What was taken over is right: read again it gives no warning.
  warnings.clear();
  settings_from_json(to_json(settings), warnings);
  if (!warnings.empty()) std::abort();
  return 0;
}
