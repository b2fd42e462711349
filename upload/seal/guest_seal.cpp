#include "upload/seal/guest_seal.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/seal/hkdf.h"

namespace meanwhile {
namespace {

constexpr std::string_view kGuestMagic = "MWGUEST1";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
static_assert(kGuestMagic.size() + kKeyBytes + kNonceBytes + kTagBytes == kGuestSealBytes);

using Octets = std::span<const unsigned char>;
using GuestKey = std::array<unsigned char, kKeyBytes>;

struct FreeGuestCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

// false: the other key is one with which everybody agrees on the same (RFC 7748 s. 6.1).
bool agree(std::span<const unsigned char, 32> secret, Octets ephemeral, GuestKey& key) {
  GuestKey own{};
  GuestKey agreed{};
  crypto_scalarmult_base(own.data(), secret.data());
  if (crypto_scalarmult(agreed.data(), secret.data(), ephemeral.data()) != 0) return false;
  std::array<unsigned char, 2 * kKeyBytes> salt{};
  std::ranges::copy(own, std::ranges::copy(ephemeral, salt.begin()).out);
  hkdf_sha256(agreed, salt, "meanwhile guest 1", key);
  sodium_memzero(agreed.data(), agreed.size());
  return true;
}

// false: not what was encrypted with this key.
bool decrypt(const GuestKey& key, Octets nonce, std::string_view associated, Octets encrypted, Bytes& into) {
  const std::unique_ptr<EVP_CIPHER_CTX, FreeGuestCipher> context(EVP_CIPHER_CTX_new());
  int length = 0;
  auto* const out = reinterpret_cast<unsigned char*>(into.data());
  std::array<unsigned char, kTagBytes> tag{};
  std::ranges::copy(encrypted.last(kTagBytes), tag.begin());
  const Octets words = encrypted.first(encrypted.size() - kTagBytes);
  return context &&
         EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) == 1 &&
         EVP_DecryptUpdate(context.get(), nullptr, &length,
                           reinterpret_cast<const unsigned char*>(associated.data()),
                           static_cast<int>(associated.size())) == 1 &&
         EVP_DecryptUpdate(context.get(), out, &length, words.data(), static_cast<int>(words.size())) == 1 &&
         EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
         EVP_DecryptFinal_ex(context.get(), out + words.size(), &length) == 1;
}

}  // namespace

bool is_guest_sealed(std::span<const std::byte> bytes) {
  return as_text(bytes).starts_with(kGuestMagic);
}

Result<Bytes> open_guest_seal(std::span<const std::byte> sealed, std::span<const unsigned char, 32> secret,
                              std::string_view share) {
  const auto refused = [] { return fail(ErrorCode::Corrupt, tr("it isn't sealed to this share")); };
  if (!is_guest_sealed(sealed) || sealed.size() < kGuestSealBytes) return refused();
  const Octets octets(reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size());
  const Octets ephemeral = octets.subspan(kGuestMagic.size(), kKeyBytes);
  const Octets nonce = octets.subspan(kGuestMagic.size() + kKeyBytes, kNonceBytes);
  const Octets encrypted = octets.subspan(kGuestMagic.size() + kKeyBytes + kNonceBytes);
  GuestKey key{};
  // One byte more, so that there is somewhere to point to.
  Bytes document(encrypted.size() - kTagBytes + 1);
  const std::string associated = "meanwhile guest 1\n" + std::string(share);
  const bool is_open = agree(secret, ephemeral, key) && decrypt(key, nonce, associated, encrypted, document);
  OPENSSL_cleanse(key.data(), key.size());
  if (!is_open) return refused();
  document.pop_back();
  return document;
}

}  // namespace meanwhile
