// Signed documents: as they are, and round trips of what parses.
#include <cstddef>
#include <cstdint>
#include <span>

#include "upload/signed_document.h"

using namespace meanwhile;

namespace {

// What an attacker with a key of their own could have signed: the input as the document.
Bytes signed_by_attacker(std::span<const std::byte> bytes, const KeyPair& key) {
  const auto object = parse_json(as_text(bytes));
  if (!object || !object->is_object() || object->empty() || object->contains("signature")) return {};
  return sign_document(*object, key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const KeyPair key = KeyPair::generate();
  const auto bytes = std::as_bytes(std::span(data, size));
  (void)read_unverified_document(bytes, 1 << 20);
  const Bytes document = signed_by_attacker(bytes, key);
  if (!document.empty() && !open_document(document, key.public_key(), 4 << 20)) __builtin_trap();
  return 0;
}
