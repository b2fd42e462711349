#include "upload/sha1.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>

namespace meanwhile {

Sha1::Sha1() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(context_.get(), EVP_sha1(), nullptr);
}

void Sha1::FreeDigest::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

void Sha1::update(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

std::string Sha1::hex() {
  std::array<unsigned char, 20> hash{};
  EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
  std::string hex;
  for (const unsigned char octet : hash) hex += fmt::format("{:02x}", octet);
  return hex;
}

}  // namespace meanwhile
