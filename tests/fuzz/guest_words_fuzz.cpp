// What anybody may leave beside a share's page, or have pasted: a document that a guest with bad intentions
// signed, sealed bytes, a text from a chat.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/guest_line.h"
#include "media/base/json.h"
#include "upload/seal/guest_seal.h"
#include "upload/signed_document.h"

using namespace meanwhile;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const KeyPair guest = KeyPair::generate();
  static const std::array<unsigned char, 32> secret{1};
  const auto bytes = std::as_bytes(std::span(data, size));
  (void)read_guest_document(as_text(bytes));
  (void)open_guest_seal(bytes, secret, "01jaaaaaaaaaaaaaaaaaaaaaaa");
  (void)read_answers_text(as_text(bytes), [](std::span<const std::byte> document) {
    return read_guest_document(as_text(document)).has_value();
  });
  auto object = parse_json(as_text(bytes));
  if (!object || !object->is_object() || object->empty()) return 0;
  object->erase("signature");
  if (Json* of = object->contains("guest") ? &(*object)["guest"] : nullptr; of && of->is_object())
    (*of)["key"] = guest.public_key().base64();
  if (object->empty()) return 0;
  const Bytes document = sign_document(*object, guest);
  const auto event = guest_event(as_text(document));
  if (!event) return 0;
  // What was read once can be carried, and is the same when it is read again.
  const auto carried = to_json(*event);
  if (!carried) std::abort();
  const auto again = parse_event(*carried);
  if (!again || std::get<GuestEvent>(*again).said->words.size() != event->said->words.size()) std::abort();
  return 0;
}
