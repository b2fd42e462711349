// Opens what a page locks, as the format says it, from nothing but the address or the password.
#pragma once

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <string>
#include <vector>

#include "media/base/json.h"
#include "upload/signing.h"

namespace meanwhile::test {

using Octets = std::vector<unsigned char>;

// "": it isn't locked so. key: 32 bytes.
inline std::string open_box(const Octets& key, const Octets& box, const std::string& associated) {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  std::string text(box.size() - 28, '\0');
  Octets tag(box.end() - 16, box.end());
  int length = 0;
  EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key.data(), box.data());
  EVP_DecryptUpdate(context, nullptr, &length, reinterpret_cast<const unsigned char*>(associated.data()),
                    static_cast<int>(associated.size()));
  EVP_DecryptUpdate(context, reinterpret_cast<unsigned char*>(text.data()), &length, box.data() + 12,
                    static_cast<int>(text.size()));
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, 16, tag.data());
  const bool is_right =
      EVP_DecryptFinal_ex(context, reinterpret_cast<unsigned char*>(text.data()), &length) == 1;
  EVP_CIPHER_CTX_free(context);
  return is_right ? text : "";
}

inline Octets box_key_from(const Octets& from) {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr);
  const std::string info = "meanwhile share 1 box";
  Octets key(32);
  std::size_t length = key.size();
  EVP_PKEY_derive_init(context);
  EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256());
  EVP_PKEY_CTX_set1_hkdf_key(context, from.data(), static_cast<int>(from.size()));
  EVP_PKEY_CTX_add1_hkdf_info(context, reinterpret_cast<const unsigned char*>(info.data()),
                              static_cast<int>(info.size()));
  EVP_PKEY_derive(context, key.data(), &length);
  EVP_PKEY_CTX_free(context);
  return key;
}

inline Octets secret_in(std::string fragment) {
  for (char& c : fragment) c = c == '-' ? '+' : c == '_' ? '/' : c;
  return from_base64(fragment.substr(3) + "==").value();
}

// What lies beside a page that its link alone opens, as text; "": it doesn't open.
inline std::string opened_rest(const Json& rest, const std::string& share, const std::string& fragment) {
  return open_box(box_key_from(secret_in(fragment)), from_base64(rest["box"].get<std::string>()).value(),
                  "meanwhile share 1\n" + share + "\nrest");
}

// fragment: "#k=…"; "": none. password: "": none. Null: it doesn't open.
inline Json opened_page(const Json& outer, const std::string& fragment, const std::string& password = "") {
  Octets from;
  if (!fragment.empty()) from = secret_in(fragment);
  if (!password.empty()) {
    const Json& lock = outer["locked"]["password"];
    const Octets salt = from_base64(lock["salt"].get<std::string>()).value();
    Octets derived(32);
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), salt.data(),
                      static_cast<int>(salt.size()), lock["rounds"].get<int>(), EVP_sha256(), 32,
                      derived.data());
    from.insert(from.end(), derived.begin(), derived.end());
  }
  const std::string text =
      open_box(box_key_from(from), from_base64(outer["locked"]["box"].get<std::string>()).value(),
               "meanwhile share 1\n" + outer["share"].get<std::string>());
  return parse_json(text).value_or(Json());
}

}  // namespace meanwhile::test
