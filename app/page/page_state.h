// What lies beside a page, so that whoever would make it anew sees whether somebody has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "app/page/share_content.h"
#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

struct PageState {
  WallTime made{};
  std::optional<WallTime> signed_until = {};  // nullopt: its links don't end
  std::string words;                          // words_mark() of what it shows
  std::string manifest = {};                  // the SHA-256 of the recording's; "": not known
};
constexpr std::uint64_t kLargestPageStateBytes = 4096;

Bytes to_bytes(const PageState& state);
// Errors: Corrupt.
Result<PageState> parse_page_state(std::span<const std::byte> bytes);

// Another one if the page would show something else. secret: the share's, so that who reads the place can't
// try what was said; "": it lies in the open anyway.
std::string words_mark(const ShareContent& content, const std::string& secret);

// Less than half of the time that its links are good for is left.
bool is_due(const PageState& state, WallTime now);

}  // namespace meanwhile
