// parts/000001.json as the recording device itself may have signed it: whoever can sign may still lie.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/library/live_part.h"
#include "upload/signed_document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meanwhile;
  static const KeyPair key = KeyPair::generate();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string clip = "01jdhx2v5m7k8q9r0s1t2v3w4x";
  (void)read_live_part(std::as_bytes(std::span(text)), clip, 1, key.public_key().id());
  auto json = parse_json(text);
  if (!json || !json->is_object() || json->empty()) return 0;
  (*json)["device_key"] = key.public_key().base64();
  json->erase("signature");
  const auto part = read_live_part(sign_document(*json, key), clip, 1, key.public_key().id());
  LiveTimeline timeline;
  if (!part || !timeline.add(*part)) return 0;
  if (!read_live_part(make_live_part(*part, key), clip, 1, key.public_key().id())) std::abort();
  return 0;
}
