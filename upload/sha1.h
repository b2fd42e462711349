// SHA-1, for files whose makers publish nothing better: it finds what was damaged or mixed up, and nothing
// that somebody forged.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace meanwhile {

class Sha1 {
 public:
  Sha1();
  void update(std::span<const std::byte> bytes);
  // 40 lower-case hexadecimal characters. Once, at the end.
  std::string hex();

 private:
  struct FreeDigest {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, FreeDigest> context_;
};

}  // namespace meanwhile
