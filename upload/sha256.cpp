#include "upload/sha256.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>

namespace meanwhile {
namespace {

constexpr std::size_t kSha256Bytes = 32;

}  // namespace

// OpenSSL's, which uses the processor's own instructions: 2 GB/s here, where libsodium does 0.2.
Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
}

void Sha256::FreeDigest::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

void Sha256::update(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, kSha256Bytes> hash;
  EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
  std::string hex(kSha256Bytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

}  // namespace meanwhile
