// What lies in members/ of a sealed library: documents that a founder with bad intentions signed.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "media/base/json.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/membership.h"
#include "upload/seal/recovery_key.h"
#include "upload/signed_document.h"

using namespace meanwhile;

namespace {

constexpr const char* kLibrary = "01jaaaaaaaaaaaaaaaaaaaaaaa";

// The input as a document of this key, in this library.
Bytes signed_by(const KeyPair& key, Json object) {
  object["library"] = kLibrary;
  object["by"] = key.public_key().base64();
  object.erase("signature");
  return sign_document(object, key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const KeyPair founder = KeyPair::generate();
  static const KeyPair invite = KeyPair::generate();
  const auto bytes = std::as_bytes(std::span(data, size));
  (void)read_recovery_text(as_text(bytes));
  const auto object = parse_json(as_text(bytes));
  if (!object || !object->is_object()) return 0;
  const std::string epoch =
      epoch_key({.epoch = 1, .by = founder.public_key(), .secret_id = "30015338fb2f3a14"});
  const std::string invitation = invite_key(invite.public_key().id());
  const std::string admission = admission_key(founder.public_key().id(), invite.public_key().id());
  Json offered = *object;
  offered["key"] = invite.public_key().base64();
  const MemberDocuments documents{{epoch, signed_by(founder, *object)},
                                  {invitation, signed_by(founder, offered)},
                                  {admission, signed_by(invite, *object)}};
  (void)read_epoch(epoch, bytes, kLibrary);
  (void)read_invite(invitation, documents.at(invitation), kLibrary);
  (void)read_admission(admission, documents.at(admission), kLibrary, invite.public_key());
  LibraryMarker library{.id = kLibrary, .name = "Team", .founder = founder.public_key()};
  library.recovery = invite.public_key();
  const Membership membership(library, documents, {});
  (void)membership.last_batch(founder.public_key().id(), founder.public_key().id());
  return 0;
}
