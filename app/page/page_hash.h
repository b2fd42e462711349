// How a page's policy names what it may run.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// "sha256-<base64>" of what stands between the tags. Source: W3C, "Content Security Policy Level 3" s. 2.3.1.
std::string policy_hash(std::string_view text);

}  // namespace meanwhile
