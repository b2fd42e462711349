// Descriptions and comments as anybody may have written them: links lie within the text, in its order.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/library/linked_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Markup markup : {Markup::None, Markup::Links}) {
    const LinkedText linked = linked_text(text, markup);
    if (markup == Markup::None && linked.text != text) __builtin_trap();
    std::size_t end = 0;
    for (const TextLink& link : linked.links) {
      if (link.from < end || link.to < link.from || link.to > linked.text.size()) __builtin_trap();
      end = link.to;
    }
  }
  return 0;
}
