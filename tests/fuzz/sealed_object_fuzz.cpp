// Sealed objects: whatever bytes, and whole ones of which something was changed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "upload/seal/object_seal.h"

using namespace meanwhile;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const SealSecret secret = SealSecret::generate();
  static const SealedName name{"01jaaaaaaaaaaaaaaaaaaaaaaa", "events/x/0/1.ev"};
  const auto bytes = std::as_bytes(std::span(data, size));
  (void)open_object(secret, name, Bytes(bytes.begin(), bytes.end()));
  if (const auto plain = plain_size(size); plain && sealed_size(*plain) != size) std::abort();
  Bytes sealed = seal_object(secret, name, bytes);
  if (const auto opened = open_object(secret, name, sealed);
      !opened || *opened != Bytes(bytes.begin(), bytes.end()))
    std::abort();
  if (size < 2) return 0;
  sealed[data[0] * 257U % sealed.size()] ^= std::byte{1};
  if (open_object(secret, name, sealed)) std::abort();
  return 0;
}
