// Batches of events: unsigned, and signed by the device that they come from.
#include <cstddef>
#include <cstdint>
#include <span>

#include "upload/event_batch.h"
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
  (void)read_batch(bytes, key.public_key(), 1, "library");
  (void)parse_head_key(as_text(bytes));
  Bytes document = signed_by_attacker(bytes, key);
  (void)read_batch(document, key.public_key(), 1, "library");
  if (const auto object = parse_json(as_text(bytes)); object && object->is_object()) {
    Json own = *object;
    own["device"] = key.public_key().id();
    document = signed_by_attacker(as_byte_span(to_text(own)), key);
    (void)read_batch(document, key.public_key(), 1, "library");
  }
  return 0;
}
