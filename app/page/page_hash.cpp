#include "app/page/page_hash.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

#include "media/base/byte_stream.h"
#include "upload/signing.h"

namespace meanwhile {

std::string policy_hash(std::string_view text) {
  const std::string hex = sha256_hex(as_byte_span(text));
  std::array<unsigned char, 32> hash{};
  for (std::size_t i = 0; i < hash.size(); ++i)
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, hash[i], 16);
  return "sha256-" + to_base64(hash);
}

}  // namespace meanwhile
