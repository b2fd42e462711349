// What the options of `share` say, as it is typed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

// "20MB", "1.5 GB", "800kB", "20000000": powers of ten, as sizes are shown. nullopt: none of them.
std::optional<std::uint64_t> parse_size(std::string_view text);

// "12h", "7d", "2w", "2026-12-24" (the end of that day), "never", or a time as parse_reply_by() takes it. "":
// the usual time. Errors: InvalidArgument.
Result<void> set_until(const std::string& text, WallTime now, const std::string& zone, PageRequest& request);

}  // namespace meanwhile
