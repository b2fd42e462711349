#include "app/library/invitation.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <expected>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/library/text.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/secret.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::string_view kScheme = "meanwhile-invitation:";
constexpr int kInvitationFormat = 1;
constexpr std::size_t kLongestUrl = 2000;
constexpr std::size_t kLongestSecret = 2000;  // each part of it
constexpr std::size_t kLargestNameBytes = 4 * kLongestName;

std::string without_spaces(std::string_view text) {
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept),
                       [](char c) { return !std::isspace(static_cast<unsigned char>(c)); });
  return kept;
}

bool is_plain(std::string_view text, std::size_t longest) {
  const bool is_printable =
      std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return text.size() <= longest && is_printable && is_valid_utf8(text);
}

bool is_usable(const Secret& secret) {
  return !secret.user.empty() && !secret.password.empty() && is_plain(secret.user, kLongestSecret) &&
         is_plain(secret.password, kLongestSecret) && is_plain(secret.session_token, kLongestSecret * 2);
}

bool is_usable(const Invitation& invitation) {
  return !invitation.url.empty() && is_plain(invitation.url, kLongestUrl) && is_clip_id(invitation.library) &&
         is_plain(invitation.name, kLargestNameBytes) &&
         (!invitation.secret || is_usable(*invitation.secret));
}

std::optional<KeyPair> key_from(const std::string& base64) {
  constexpr std::size_t kSeedBytes = 32;
  const auto seed = from_base64(base64);
  if (!seed || seed->size() != kSeedBytes) return std::nullopt;
  return KeyPair::from_seed(std::span<const unsigned char, kSeedBytes>(*seed));
}

Error damaged() {
  return {ErrorCode::InvalidArgument,
          tr("this invitation is damaged: copy the whole of it, from \"meanwhile-invitation:\" to its end")};
}

std::optional<Secret> secret_from(const Json& json) {
  return Secret{.user = string_member(json, "user").value_or(""),
                .password = string_member(json, "password").value_or(""),
                .session_token = string_member(json, "session_token").value_or("")};
}

}  // namespace

Result<std::string> to_text(const Invitation& invitation) {
  if (!is_usable(invitation))
    return fail(ErrorCode::InvalidArgument, tr("this library can't be put in an invitation"));
  Json json = {{"format", kInvitationFormat},
               {"url", invitation.url},
               {"library", invitation.library},
               {"name", invitation.name},
               {"founder", invitation.founder.base64()}};
  if (const auto& secret = invitation.secret) {
    json["secret"] = {{"user", secret->user}, {"password", secret->password}};
    if (!secret->session_token.empty()) json["secret"]["session_token"] = secret->session_token;
  }
  if (invitation.invite) json["invite"] = to_base64(invitation.invite->seed());
  if (invitation.recovery) json["recovery"] = invitation.recovery->base64();
  if (invitation.inviter) json["inviter"] = invitation.inviter->base64();
  const std::string plain = to_text(json);
  std::string text = std::string(kScheme) +
                     to_base64url({reinterpret_cast<const unsigned char*>(plain.data()), plain.size()});
  if (text.size() > kLongestInvitation)
    return fail(ErrorCode::InvalidArgument,
                tr("the library's address and secret are too long for an invitation"));
  return text;
}

bool is_invitation(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && text.substr(begin).starts_with(kScheme);
}

Result<Invitation> parse_invitation(std::string_view text) {
  if (!is_invitation(text)) {
    return fail(ErrorCode::InvalidArgument,
                tr("this is no invitation: it begins with \"meanwhile-invitation:\", and `meanwhile library "
                   "invite` makes one"));
  }
  if (text.size() > 2 * kLongestInvitation) return std::unexpected(damaged());
  const std::string line = without_spaces(text);
  if (line.size() > kLongestInvitation) return std::unexpected(damaged());
  const auto decoded = from_base64url(std::string_view(line).substr(kScheme.size()));
  if (!decoded) return std::unexpected(damaged());
  const auto json = parse_json(std::string(decoded->begin(), decoded->end()));
  if (!json || !json->is_object()) return std::unexpected(damaged());
  const auto format = integer_member(*json, "format");
  if (format && *format > kInvitationFormat)
    return fail(ErrorCode::Unsupported,
                tr("this invitation is of a newer version of Meanwhile; please update this one"));
  const auto founder = PublicKey::from_base64(string_member(*json, "founder").value_or(""));
  if (format != kInvitationFormat || !founder) return std::unexpected(damaged());
  Invitation invitation{.url = string_member(*json, "url").value_or(""),
                        .library = string_member(*json, "library").value_or(""),
                        .name = string_member(*json, "name").value_or(""),
                        .founder = *founder,
                        .secret = {}};
  if (json->contains("secret")) invitation.secret = secret_from((*json)["secret"]);
  if (json->contains("invite")) {
    invitation.invite = key_from(string_member(*json, "invite").value_or(""));
    const auto recovery = PublicKey::from_base64(string_member(*json, "recovery").value_or(""));
    if (!invitation.invite || !recovery) return std::unexpected(damaged());
    invitation.recovery = *recovery;
    if (const auto inviter = string_member(*json, "inviter")) {
      const auto key = PublicKey::from_base64(*inviter);
      if (!key) return std::unexpected(damaged());
      invitation.inviter = *key;
    }
  }
  if (!is_usable(invitation)) return std::unexpected(damaged());
  return invitation;
}

}  // namespace meanwhile
