// How a page is locked: what it shows is encrypted with a key that stands after '#' in its address, where no
// server sees it, or that a password gives, or both. The format: FORMAT.md in this folder.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/json.h"

namespace meanwhile {

// What stands after "#k=" in a page's address.
using PageSecret = std::array<unsigned char, 16>;
PageSecret new_page_secret();
// "#k=" and 22 characters of base64url.
std::string page_fragment(const PageSecret& secret);

// What a password gives, and what is needed to have it given again.
struct PagePassword {
  std::array<unsigned char, 16> salt{};
  int rounds = 0;
  std::array<unsigned char, 32> key{};
  bool operator==(const PagePassword&) const = default;
};
// As browsers have it without help: PBKDF2-HMAC-SHA256. 600,000 rounds are what OWASP asks of it ("Password
// Storage Cheat Sheet", 2023): some 0.2 s here, and a word from a dictionary is still found in a day.
constexpr int kPasswordRounds = 600'000;
// password: UTF-8; letters that are written in several ways are one (Unicode NFC).
PagePassword derive_password(std::string_view password, const std::array<unsigned char, 16>& salt,
                             int rounds = kPasswordRounds);
// With a salt of its own.
PagePassword new_password(std::string_view password);

// What locks a page; at least one of the two.
struct PageLock {
  std::optional<PageSecret> secret;
  std::optional<PagePassword> password;
};

// AES-256-GCM, as "12 bytes of nonce, what was encrypted, 16 bytes of tag", in pieces: a film is larger than
// what one would hold.
class PageCipher {
 public:
  static constexpr std::size_t kNonceBytes = 12;
  using Nonce = std::array<unsigned char, kNonceBytes>;
  static Nonce new_nonce();

  PageCipher(const std::array<unsigned char, 32>& key, const Nonce& nonce, std::string_view associated);
  PageCipher(PageCipher&&) noexcept;
  ~PageCipher();
  // The nonce comes before the first.
  Bytes add(std::span<const std::byte> bytes);
  // The tag. Once, at the end.
  Bytes finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The outer document: with `inner` in the open, or locked up. Both are of share `share`.
Json open_page(const std::string& share, Json inner);
Json locked_page(const std::string& share, const Json& inner, const PageLock& lock,
                 const PageCipher::Nonce& nonce = PageCipher::new_nonce());

// What lies beside a page, which says nothing of it either.
Json open_rest(Json rest);
Json locked_rest(const std::string& share, const Json& rest, const PageLock& lock,
                 const PageCipher::Nonce& nonce = PageCipher::new_nonce());

// What an object of a locked page is encrypted under, beside its key.
std::string associated_with(std::string_view share, std::string_view object = "");

}  // namespace meanwhile
