// A hash of bytes that come piece by piece: OpenSSL's.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace meanwhile {

enum class HashKind {
  Sha256,
  Sha1,  // for files whose makers publish nothing better: finds damage and mix-ups, and no forgery
};

class RunningHash {
 public:
  explicit RunningHash(HashKind kind);
  void update(std::span<const std::byte> bytes);
  // In lower-case hexadecimal characters, two a byte. Once, at the end.
  std::string hex();

 private:
  struct FreeContext {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, FreeContext> context_;
};

}  // namespace meanwhile
