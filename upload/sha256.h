// SHA-256 of bytes that come piece by piece: OpenSSL's.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace meanwhile {

class Sha256 {
 public:
  Sha256();
  void update(std::span<const std::byte> bytes);
  // 64 lower-case hexadecimal characters. Once, at the end.
  std::string hex();

 private:
  struct FreeDigest {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, FreeDigest> context_;
};

}  // namespace meanwhile
