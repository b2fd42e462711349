#include "app/library/library_address.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "app/library/guest_line.h"
#include "app/library/invitation.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 3> kServers{"webdav://", "webdavs://", "s3://"};

}  // namespace

AddressKind kind_of_address(std::string_view text) {
  const std::string typed = display_line(text);
  if (typed.empty()) return AddressKind::None;
  if (is_invitation(typed)) return AddressKind::Invitation;
  if (has_answers(typed)) return AddressKind::Answers;
  if (typed.starts_with("/") || typed.starts_with("~/") || typed.starts_with("folder:/"))
    return AddressKind::Folder;
  const auto server = std::ranges::find_if(kServers, [&](auto kind) { return typed.starts_with(kind); });
  return server != kServers.end() && typed.size() > server->size() ? AddressKind::Server
                                                                   : AddressKind::Unknown;
}

std::string library_address(std::string_view text, std::string_view home) {
  const std::string typed = display_line(text);
  if (typed.starts_with("/")) return "folder:" + typed;
  if (typed.starts_with("~/") && !home.empty()) return "folder:" + std::string(home) + typed.substr(1);
  return typed;
}

}  // namespace meanwhile
