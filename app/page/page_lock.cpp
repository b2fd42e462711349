#include "app/page/page_lock.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/letter_folding.h"
#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "upload/seal/hkdf.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::size_t kTagBytes = 16;
constexpr int kPageFormat = 1;

// OpenSSL fails here for want of memory only.
void require_lock(bool worked) {
  if (!worked) throw std::runtime_error("OpenSSL failed to lock a page");
}

const unsigned char* octets_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::array<unsigned char, 32> box_key(const PageLock& lock) {
  std::vector<unsigned char> from;
  if (lock.secret) from.insert(from.end(), lock.secret->begin(), lock.secret->end());
  if (lock.password) from.insert(from.end(), lock.password->key.begin(), lock.password->key.end());
  assert(!from.empty());
  std::array<unsigned char, 32> key{};
  hkdf_sha256(from, {}, "meanwhile share 1 box", key);
  OPENSSL_cleanse(from.data(), from.size());
  return key;
}

// Base64 of it.
std::string box_of(const Json& inner, const PageLock& lock, const PageCipher::Nonce& nonce,
                   const std::string& associated) {
  PageCipher cipher(box_key(lock), nonce, associated);
  Bytes box = cipher.add(as_byte_span(to_text(inner)));
  const Bytes tag = cipher.finish();
  box.insert(box.end(), tag.begin(), tag.end());
  return to_base64(std::span(octets_of(as_text(box)), box.size()));
}

void fill_with_chance(std::span<unsigned char> bytes) {
  require_lock(RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
}

}  // namespace

PageSecret new_page_secret() {
  PageSecret secret;
  fill_with_chance(secret);
  return secret;
}

std::string page_fragment(const PageSecret& secret) {
  return "#k=" + to_base64url(secret);
}

PagePassword derive_password(std::string_view password, const std::array<unsigned char, 16>& salt,
                             int rounds) {
  PagePassword derived{.salt = salt, .rounds = rounds};
  std::string text = composed_letters(password);
  require_lock(PKCS5_PBKDF2_HMAC(text.data(), static_cast<int>(text.size()), salt.data(),
                                 static_cast<int>(salt.size()), rounds, EVP_sha256(),
                                 static_cast<int>(derived.key.size()), derived.key.data()) == 1);
  OPENSSL_cleanse(text.data(), text.size());
  return derived;
}

PagePassword new_password(std::string_view password) {
  std::array<unsigned char, 16> salt;
  fill_with_chance(salt);
  return derive_password(password, salt);
}

struct PageCipher::State {
  struct FreeCipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  };
  std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context{EVP_CIPHER_CTX_new()};
  Nonce nonce{};
  bool is_begun = false;
};

PageCipher::Nonce PageCipher::new_nonce() {
  Nonce nonce;
  fill_with_chance(nonce);
  return nonce;
}

PageCipher::PageCipher(const std::array<unsigned char, 32>& key, const Nonce& nonce,
                       std::string_view associated)
    : state_(std::make_unique<State>()) {
  state_->nonce = nonce;
  require_lock(state_->context != nullptr && EVP_EncryptInit_ex(state_->context.get(), EVP_aes_256_gcm(),
                                                                nullptr, key.data(), nonce.data()) == 1);
  int length = 0;
  require_lock(EVP_EncryptUpdate(state_->context.get(), nullptr, &length, octets_of(associated),
                                 static_cast<int>(associated.size())) == 1);
}

PageCipher::PageCipher(PageCipher&&) noexcept = default;
PageCipher::~PageCipher() = default;

Bytes PageCipher::add(std::span<const std::byte> bytes) {
  const bool begins = !std::exchange(state_->is_begun, true);
  const auto nonce = std::as_bytes(std::span(state_->nonce));
  const std::size_t before = begins ? nonce.size() : 0;
  Bytes out(before + bytes.size());
  if (begins) std::ranges::copy(nonce, out.begin());
  int length = 0;
  require_lock(EVP_EncryptUpdate(state_->context.get(), reinterpret_cast<unsigned char*>(out.data()) + before,
                                 &length, octets_of(as_text(bytes)), static_cast<int>(bytes.size())) == 1);
  return out;
}

Bytes PageCipher::finish() {
  Bytes tag(kTagBytes);
  auto* into = reinterpret_cast<unsigned char*>(tag.data());
  int length = 0;
  require_lock(EVP_EncryptFinal_ex(state_->context.get(), into, &length) == 1 && length == 0);
  require_lock(EVP_CIPHER_CTX_ctrl(state_->context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, into) == 1);
  return tag;
}

std::string associated_with(std::string_view share, std::string_view object) {
  std::string text = fmt::format("meanwhile share 1\n{}", share);
  if (!object.empty()) text += fmt::format("\n{}", object);
  return text;
}

Json open_page(const std::string& share, Json inner) {
  return {{"format", kPageFormat}, {"share", share}, {"locked", nullptr}, {"open", std::move(inner)}};
}

Json locked_page(const std::string& share, const Json& inner, const PageLock& lock,
                 const PageCipher::Nonce& nonce) {
  Json password = nullptr;
  if (lock.password) password = {{"salt", to_base64(lock.password->salt)}, {"rounds", lock.password->rounds}};
  return {{"format", kPageFormat},
          {"share", share},
          {"locked",
           {{"box", box_of(inner, lock, nonce, associated_with(share))}, {"password", std::move(password)}}},
          {"open", nullptr}};
}

Json open_rest(Json rest) {
  return {{"format", kPageFormat}, {"box", nullptr}, {"open", std::move(rest)}};
}

Json locked_rest(const std::string& share, const Json& rest, const PageLock& lock,
                 const PageCipher::Nonce& nonce) {
  return {{"format", kPageFormat},
          {"box", box_of(rest, lock, nonce, associated_with(share, "rest"))},
          {"open", nullptr}};
}

}  // namespace meanwhile
