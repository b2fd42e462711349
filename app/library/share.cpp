#include "app/library/share.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "media/base/identifier.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 3> kShareForms = {"link", "file", "page"};

}  // namespace

std::string_view share_form_name(ShareForm form) {
  return kShareForms[static_cast<std::size_t>(form)];
}

std::optional<ShareForm> parse_share_form(std::string_view name) {
  const auto found = std::ranges::find(kShareForms, name);
  if (found == kShareForms.end()) return std::nullopt;
  return static_cast<ShareForm>(found - kShareForms.begin());
}

// The id of a key that nobody has.
std::string new_share_id() {
  return KeyPair::generate().public_key().id();
}

bool is_share_id(std::string_view text) {
  return is_key_id(text);
}

}  // namespace meanwhile
