// Somebody in a browser who has only a share's link.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "upload/signing.h"

namespace meanwhile {

// Where the guest's words go.
struct GuestPlace {
  std::string share;
  std::string clip;
};

class GuestWriter {
 public:
  explicit GuestWriter(std::string guest_name);

  std::string id() const { return key.public_key().id(); }
  // The signed text. Counts the words.
  std::string document(const GuestPlace& place, const std::vector<Json>& events);
  // The same with these members instead of the usual ones.
  std::string document_with(const GuestPlace& place, const std::vector<Json>& events, const Json& members);

  std::string name;
  std::string at = "2026-11-22T12:00:00.000Z";
  KeyPair key = KeyPair::generate();
  std::int64_t n = 1;
};

// As a browser seals it to a share's X25519 key: by OpenSSL alone, which the program doesn't open it with.
Bytes sealed_to(const std::array<unsigned char, 32>& public_key, const std::string& share,
                std::string_view document);
// The pair of one.
struct SealKeys {
  std::array<unsigned char, 32> secret;
  std::array<unsigned char, 32> open;
};
SealKeys new_seal_keys();

// "meanwhile-answers:…"
std::string answers_text(std::span<const std::byte> document);

Json guest_comment(std::int64_t at_us, const std::string& text);
Json guest_reply(const std::string& to, const std::string& text);
Json guest_reaction(std::int64_t at_us, const std::string& name);

}  // namespace meanwhile
