// meanwhile.json: unsigned, and signed by the founder that it names.
#include <cstddef>
#include <cstdint>
#include <span>

#include "upload/library_marker.h"
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
  (void)read_library_marker(bytes);
  if (const auto object = parse_json(as_text(bytes)); object && object->is_object()) {
    Json own = *object;
    own["founder"] = key.public_key().base64();
    (void)read_library_marker(signed_by_attacker(as_byte_span(to_text(own)), key));
  }
  return 0;
}
