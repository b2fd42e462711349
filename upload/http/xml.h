// XML from servers, read as it comes. By expat; nothing in it is fetched, expanded or trusted.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>

#include "media/base/result.h"

namespace meanwhile {

struct XmlEvents {
  // Names without their namespace: servers of one protocol agree on the names, less so on the rest.
  std::function<void(std::string_view name)> open;
  // text: what stood directly in the element, without white space at its ends.
  std::function<void(std::string_view name, std::string_view text)> close;
};

// Errors: Corrupt: not well-formed, cut off, a document type declaration (so there are no entities but XML's
// own five, and nothing external), more than 32 levels, or a text of more than 64 KB. The events before were
// given.
Result<void> read_xml(std::span<const std::byte> bytes, const XmlEvents& events);

}  // namespace meanwhile
