#include "tests/support/guest_words.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <memory>
#include <utility>

#include "upload/signed_document.h"

namespace meanwhile {

GuestWriter::GuestWriter(std::string guest_name) : name(std::move(guest_name)) {}

std::string GuestWriter::document(const GuestPlace& place, const std::vector<Json>& events) {
  return document_with(place, events, Json::object());
}

std::string GuestWriter::document_with(const GuestPlace& place, const std::vector<Json>& events,
                                       const Json& members) {
  Json object = {{"format", 1},
                 {"says", "guest"},
                 {"share", place.share},
                 {"clip", place.clip},
                 {"guest", {{"name", name}, {"key", key.public_key().base64()}}},
                 {"n", n},
                 {"at", at},
                 {"events", events}};
  for (const auto& [member, value] : members.items()) {
    if (value.is_null()) {
      object.erase(member);
    } else {
      object[member] = value;
    }
  }
  n += static_cast<std::int64_t>(events.size());
  return std::string(as_text(sign_document(object, key)));
}

namespace {

using Key = std::array<unsigned char, 32>;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeKey>;

KeyPtr secret_key(const Key& bytes) {
  return KeyPtr(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, bytes.data(), bytes.size()));
}

Key agreed(EVP_PKEY* own, const Key& theirs) {
  const KeyPtr other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, theirs.data(), theirs.size()));
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(own, nullptr);
  Key key{};
  std::size_t length = key.size();
  EVP_PKEY_derive_init(context);
  EVP_PKEY_derive_set_peer(context, other.get());
  EVP_PKEY_derive(context, key.data(), &length);
  EVP_PKEY_CTX_free(context);
  return key;
}

// RFC 5869 by hand, for one block.
Key derived(const Key& from, const std::string& salt, const std::string& info) {
  Key extracted{};
  Key expanded{};
  const std::string block = info + '\x01';
  HMAC(EVP_sha256(), salt.data(), static_cast<int>(salt.size()), from.data(), from.size(), extracted.data(),
       nullptr);
  HMAC(EVP_sha256(), extracted.data(), static_cast<int>(extracted.size()),
       reinterpret_cast<const unsigned char*>(block.data()), block.size(), expanded.data(), nullptr);
  return expanded;
}

std::string text_of(const Key& key) {
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

}  // namespace

SealKeys new_seal_keys() {
  SealKeys keys{};
  RAND_bytes(keys.secret.data(), static_cast<int>(keys.secret.size()));
  std::size_t length = keys.open.size();
  EVP_PKEY_get_raw_public_key(secret_key(keys.secret).get(), keys.open.data(), &length);
  return keys;
}

Bytes sealed_to(const Key& public_key, const std::string& share, std::string_view document) {
  const SealKeys ephemeral = new_seal_keys();
  const Key key = derived(agreed(secret_key(ephemeral.secret).get(), public_key),
                          text_of(ephemeral.open) + text_of(public_key), "meanwhile guest 1");
  std::array<unsigned char, 12> nonce{};
  RAND_bytes(nonce.data(), static_cast<int>(nonce.size()));
  const std::string associated = "meanwhile guest 1\n" + share;
  std::string encrypted(document.size() + 16, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(encrypted.data());
  int length = 0;
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key.data(), nonce.data());
  EVP_EncryptUpdate(context, nullptr, &length, reinterpret_cast<const unsigned char*>(associated.data()),
                    static_cast<int>(associated.size()));
  EVP_EncryptUpdate(context, out, &length, reinterpret_cast<const unsigned char*>(document.data()),
                    static_cast<int>(document.size()));
  EVP_EncryptFinal_ex(context, out + document.size(), &length);
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, out + document.size());
  EVP_CIPHER_CTX_free(context);
  return to_bytes("MWGUEST1" + text_of(ephemeral.open) +
                  std::string(reinterpret_cast<const char*>(nonce.data()), nonce.size()) + encrypted);
}

std::string answers_text(std::span<const std::byte> document) {
  return "meanwhile-answers:" +
         to_base64url({reinterpret_cast<const unsigned char*>(document.data()), document.size()});
}

Json guest_comment(std::int64_t at_us, const std::string& text) {
  return {{"type", "comment"}, {"at_us", at_us}, {"text", text}};
}

Json guest_reply(const std::string& to, const std::string& text) {
  return {{"type", "reply"}, {"to", to}, {"text", text}};
}

Json guest_reaction(std::int64_t at_us, const std::string& reaction) {
  return {{"type", "react"}, {"at_us", at_us}, {"name", reaction}};
}

}  // namespace meanwhile
