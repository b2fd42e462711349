#include "app/page/share_terms.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "app/library/share.h"
#include "app/page/page_lock.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

template <std::size_t size>
std::array<unsigned char, size> bytes_in(const std::string& base64) {
  std::array<unsigned char, size> bytes{};
  const auto decoded = from_base64(base64);
  if (decoded && decoded->size() == size) std::ranges::copy(*decoded, bytes.begin());
  return bytes;
}

}  // namespace

void write_lock(const PageLock& lock, ShareTerms& terms) {
  if (lock.secret) terms.secret = to_base64(*lock.secret);
  if (lock.password)
    terms.password = SharePassword{.salt = to_base64(lock.password->salt),
                                   .rounds = lock.password->rounds,
                                   .key = to_base64(lock.password->key)};
}

PageLock lock_of(const ShareTerms& terms) {
  PageLock lock;
  if (!terms.secret.empty()) lock.secret = bytes_in<16>(terms.secret);
  if (terms.password)
    lock.password = PagePassword{.salt = bytes_in<16>(terms.password->salt),
                                 .rounds = static_cast<int>(terms.password->rounds),
                                 .key = bytes_in<32>(terms.password->key)};
  return lock;
}

bool is_locked(const ShareTerms& terms) {
  return !terms.secret.empty() || terms.password.has_value();
}

void add_answers_key(ShareTerms& terms) {
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> secret;
  std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open;
  crypto_box_keypair(open.data(), secret.data());
  terms.answers_key = to_base64(secret);
  sodium_memzero(secret.data(), secret.size());
}

std::string answers_seal_key(const ShareTerms& terms) {
  if (terms.answers_key.empty()) return "";
  const auto secret = bytes_in<crypto_scalarmult_SCALARBYTES>(terms.answers_key);
  std::array<unsigned char, crypto_scalarmult_BYTES> open;
  crypto_scalarmult_base(open.data(), secret.data());
  return to_base64(open);
}

}  // namespace meanwhile
