#include "upload/seal/hkdf.h"

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>

namespace meanwhile {
namespace {

struct FreeHkdf {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};

// OpenSSL fails here for want of memory only.
void require_derived(bool worked) {
  if (!worked) throw std::runtime_error("OpenSSL failed to derive a key");
}

}  // namespace

void hkdf_sha256(std::span<const unsigned char> from, std::span<const unsigned char> salt,
                 std::string_view info, std::span<unsigned char> into) {
  const std::unique_ptr<EVP_PKEY_CTX, FreeHkdf> context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr));
  require_derived(context && EVP_PKEY_derive_init(context.get()) > 0);
  require_derived(EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()) > 0);
  if (!salt.empty())
    require_derived(EVP_PKEY_CTX_set1_hkdf_salt(context.get(), salt.data(), static_cast<int>(salt.size())) >
                    0);
  require_derived(EVP_PKEY_CTX_set1_hkdf_key(context.get(), from.data(), static_cast<int>(from.size())) > 0);
  require_derived(EVP_PKEY_CTX_add1_hkdf_info(context.get(),
                                              reinterpret_cast<const unsigned char*>(info.data()),
                                              static_cast<int>(info.size())) > 0);
  std::size_t length = into.size();
  require_derived(EVP_PKEY_derive(context.get(), into.data(), &length) > 0 && length == into.size());
}

}  // namespace meanwhile
