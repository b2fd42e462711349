// An invitation that somebody sent. The input is tried as it is, and as what the text carries.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/library/invitation.h"

namespace {

// What was understood can be said again, and is then understood the same.
void check(std::string_view text) {
  const auto invitation = meanwhile::parse_invitation(text);
  if (!invitation) return;
  const auto again = meanwhile::to_text(*invitation);
  assert(again);
  const auto parsed = meanwhile::parse_invitation(*again);
  assert(parsed && parsed->url == invitation->url && parsed->library == invitation->library);
}

std::string carried(std::string_view json) {
  std::string text = meanwhile::to_base64({reinterpret_cast<const unsigned char*>(json.data()), json.size()});
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  text.erase(text.find_last_not_of('=') + 1);
  return "meanwhile-invitation:" + text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text);
  check(carried(text));
  return 0;
}
