// A window's title up to the first line end and its WM_CLASS behind it, of any program.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "media/base/text.h"
#include "media/capture/x11/window_words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view title = all.substr(0, all.find('\n'));
  const std::string_view wm_class = all.substr(std::min(size, title.size() + 1));
  const std::string name = window_name(title, program_in(wm_class));
  const std::string old = window_name(utf8_from_latin1(title), program_in(wm_class));
  if (!is_valid_utf8(name) || !is_valid_utf8(old) || count_characters(name) > 100) std::abort();
  return 0;
}
