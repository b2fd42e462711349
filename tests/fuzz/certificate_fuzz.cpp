// Devices' certificates: unsigned, and signed by the person that they name.
#include <cstddef>
#include <cstdint>
#include <span>

#include "upload/identity.h"
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
  const std::string device = key.public_key().id();
  (void)read_certificate(bytes, device, "library");
  if (const auto object = parse_json(as_text(bytes)); object && object->is_object()) {
    Json own = *object;
    own["device"] = device;
    own["person"] = device;
    own["device_key"] = key.public_key().base64();
    own["person_key"] = key.public_key().base64();
    (void)read_certificate(signed_by_attacker(as_byte_span(to_text(own)), key), device, "library");
  }
  return 0;
}
