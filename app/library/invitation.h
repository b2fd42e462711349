// An invitation to a library: one line of text that somebody sends to somebody else.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "upload/secret.h"
#include "upload/signing.h"

namespace meanwhile {

struct Invitation {
  std::string url;      // without any secret in it
  std::string library;  // its id
  std::string name;     // as its founder called it
  PublicKey founder;
  std::optional<Secret> secret;  // only if who invites wanted so
  // To a sealed library: the key that lets one in, and the recovery key that its marker names.
  std::optional<KeyPair> invite = {};
  std::optional<PublicKey> recovery = {};
  std::optional<PublicKey> inviter = {};  // none: of an older version
};

constexpr std::size_t kLongestInvitation = 8192;

// "meanwhile-invitation:" and base64url of a JSON object (FORMAT.md). Errors: InvalidArgument (a member is
// longer than parse_invitation takes).
Result<std::string> to_text(const Invitation& invitation);

bool is_invitation(std::string_view text);

// text: foreign; spaces and line breaks around it and within (mail programs break lines) are passed over.
// What it says of the library is not proven by it: join_library() asks the library. Errors: InvalidArgument
// (no invitation, damaged, too long), Unsupported (a newer format).
Result<Invitation> parse_invitation(std::string_view text);

}  // namespace meanwhile
