#include "upload/seal/member_documents.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "upload/event_batch.h"
#include "upload/signed_document.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

constexpr std::int64_t kMostUses = 1000;

std::unexpected<Error> bad(const std::string& key, std::string_view why) {
  return fail(ErrorCode::Corrupt, tr_format("{} says nothing about members: {}", key, why));
}

const char* name_of(MemberRole role) {
  return role == MemberRole::Admin ? "admin" : "member";
}

std::optional<MemberRole> role_of(const std::optional<std::string>& name) {
  if (name == "admin") return MemberRole::Admin;
  if (name == "member") return MemberRole::Member;
  return std::nullopt;
}

Json head_of(const std::string& library, std::string_view what) {
  return {{"format", 1}, {"says", std::string(what)}, {"library", library}};
}

// The document without its signature, which is that of the key in its member `by`, or of signer.
Result<Json> open(const std::string& key, std::span<const std::byte> bytes, const std::string& library,
                  std::string_view what, const PublicKey* signer = nullptr) {
  const auto document = read_unverified_document(bytes, kLargestMemberDocumentBytes);
  if (!document) return bad(key, document.error().message);
  MEANWHILE_TRY(check_format(*document, key));
  const auto by = signer ? Result<PublicKey>(*signer)
                         : PublicKey::from_base64(string_member(*document, "by").value_or(""));
  if (!by) return bad(key, tr("who says it is missing"));
  auto verified = open_document(bytes, *by, kLargestMemberDocumentBytes);
  if (!verified) return bad(key, verified.error().message);
  if (string_member(*verified, "says") != what) return bad(key, tr("it is another document"));
  if (string_member(*verified, "library") != library) return bad(key, tr("it is for another library"));
  return verified;
}

std::optional<Members> members_of(const Json& document) {
  const Json* array = array_member(document, "members");
  if (!array) return std::nullopt;
  Members members;
  for (const Json& member : *array) {
    const auto key = PublicKey::from_base64(string_member(member, "key").value_or(""));
    const auto role = role_of(string_member(member, "role"));
    if (!key || !can_be_locked_for(*key) || !role) return std::nullopt;
    members[key->id()] = {*key, *role};
  }
  return members;
}

std::optional<std::map<std::string, std::vector<unsigned char>>> boxes_of(const Json& document) {
  const Json* object = object_member(document, "boxes");
  if (!object) return std::nullopt;
  std::map<std::string, std::vector<unsigned char>> boxes;
  for (const auto& [id, box] : object->items()) {
    auto bytes = from_base64(box.is_string() ? box.get<std::string>() : std::string());
    if (!is_key_id(id) || !bytes) return std::nullopt;
    boxes[id] = std::move(*bytes);
  }
  return boxes;
}

std::optional<LastBatches> last_batches_of(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  LastBatches last;
  for (const auto& [device, seq] : object.items()) {
    if (!is_key_id(device) || !seq.is_number_integer()) return std::nullopt;
    const auto number = integer_member(object, device);
    if (!number || *number < 0 || *number > kLargestSeq) return std::nullopt;
    last[device] = *number;
  }
  return last;
}

std::optional<std::map<std::string, LastBatches>> removed_of(const Json& document) {
  const Json* object = object_member(document, "removed");
  if (!object) return std::nullopt;
  std::map<std::string, LastBatches> removed;
  for (const auto& [person, batches] : object->items()) {
    auto last = last_batches_of(batches);
    if (!is_key_id(person) || !last) return std::nullopt;
    removed[person] = std::move(*last);
  }
  return removed;
}

}  // namespace

std::string epoch_key(const EpochDocument& document) {
  return fmt::format("{}epoch-{:06}-{}-{}.json", kMembersPrefix, document.epoch, document.by.id(),
                     document.secret_id);
}

bool is_epoch_key(const std::string& key) {
  return key.starts_with(std::string(kMembersPrefix) + "epoch-");
}

std::string invite_key(const std::string& invite) {
  return fmt::format("{}invite-{}.json", kMembersPrefix, invite);
}

std::string invite_box_key(const std::string& invite) {
  return fmt::format("{}box-{}", kMembersPrefix, invite);
}

std::string admission_key(const std::string& person, const std::string& invite) {
  return fmt::format("{}in-{}-{}.json", kMembersPrefix, person, invite);
}

std::string invite_of_admission(const std::string& key) {
  if (!key.starts_with(std::string(kMembersPrefix) + "in-")) return "";
  const std::string name = key.substr(0, key.rfind('.'));
  const std::string invite = name.substr(name.rfind('-') + 1);
  return is_key_id(invite) ? invite : "";
}

Bytes make_epoch(const EpochDocument& document, const std::string& library, const KeyPair& signer) {
  Json json = head_of(library, "epoch");
  json["epoch"] = document.epoch;
  json["by"] = signer.public_key().base64();
  json["at"] = format_rfc3339(document.at);
  json["secret"] = document.secret_id;
  json["members"] = Json::array();
  for (const auto& [person, member] : document.members)
    json["members"].push_back({{"key", member.key.base64()}, {"role", name_of(member.role)}});
  json["boxes"] = Json::object();
  for (const auto& [id, box] : document.boxes) json["boxes"][id] = to_base64(box);
  json["earlier"] = to_base64(document.earlier);
  json["removed"] = Json::object();
  for (const auto& [person, last] : document.removed) {
    json["removed"][person] = Json::object();
    for (const auto& [device, seq] : last) json["removed"][person][device] = seq;
  }
  return sign_document(json, signer);
}

Result<EpochDocument> read_epoch(const std::string& key, std::span<const std::byte> bytes,
                                 const std::string& library) {
  const auto json = open(key, bytes, library, "epoch");
  if (!json) return std::unexpected(json.error());
  const auto epoch = integer_member(*json, "epoch");
  const auto by = PublicKey::from_base64(string_member(*json, "by").value_or(""));
  const auto secret = string_member(*json, "secret");
  const auto at = parse_rfc3339(string_member(*json, "at").value_or(""));
  auto earlier = from_base64(string_member(*json, "earlier").value_or("-"));
  auto members = members_of(*json);
  auto boxes = boxes_of(*json);
  auto removed = removed_of(*json);
  if (!epoch || *epoch < 1 || *epoch > kLastEpoch || !by || !secret || !at || !earlier || !members ||
      !boxes || !removed)
    return bad(key, tr("a member of it is missing"));
  EpochDocument document{.epoch = *epoch,
                         .by = *by,
                         .secret_id = *secret,
                         .members = std::move(*members),
                         .boxes = std::move(*boxes),
                         .earlier = std::move(*earlier),
                         .removed = std::move(*removed),
                         .at = *at};
  if (key != epoch_key(document)) return bad(key, tr("it lies under another's name"));
  return document;
}

Bytes make_invite(const InviteDocument& document, const std::string& library, const KeyPair& signer) {
  Json json = head_of(library, "invite");
  json["key"] = document.key.base64();
  json["by"] = signer.public_key().base64();
  json["role"] = name_of(document.role);
  json["uses"] = document.uses;
  json["expires"] = format_rfc3339(document.expires);
  json["epoch"] = document.epoch;
  json["believed"] = document.believed;
  return sign_document(json, signer);
}

Result<InviteDocument> read_invite(const std::string& key, std::span<const std::byte> bytes,
                                   const std::string& library) {
  const auto json = open(key, bytes, library, "invite");
  if (!json) return std::unexpected(json.error());
  const auto invite = PublicKey::from_base64(string_member(*json, "key").value_or(""));
  const auto by = PublicKey::from_base64(string_member(*json, "by").value_or(""));
  const auto role = role_of(string_member(*json, "role"));
  const auto uses = integer_member(*json, "uses");
  const auto expires = parse_rfc3339(string_member(*json, "expires").value_or(""));
  const auto epoch = integer_member(*json, "epoch");
  if (!invite || !by || !role || !uses || *uses < 1 || *uses > kMostUses || !expires || !epoch)
    return bad(key, tr("a member of it is missing"));
  if (key != invite_key(invite->id())) return bad(key, tr("it lies under another's name"));
  InviteDocument document{
      .key = *invite, .by = *by, .role = *role, .uses = *uses, .expires = *expires, .epoch = *epoch};
  // Older versions didn't say.
  if (const Json* believed = array_member(*json, "believed"))
    for (const Json& name : *believed)
      if (name.is_string() && is_epoch_key(name)) document.believed.insert(name.get<std::string>());
  return document;
}

Bytes make_admission(const AdmissionDocument& document, const std::string& library, const KeyPair& invite) {
  Json json = head_of(library, "admission");
  json["person"] = document.person.base64();
  json["invite"] = document.invite;
  json["at"] = format_rfc3339(document.at);
  json["box"] = to_base64(document.box);
  return sign_document(json, invite);
}

Result<AdmissionDocument> read_admission(const std::string& key, std::span<const std::byte> bytes,
                                         const std::string& library, const PublicKey& invite) {
  const auto json = open(key, bytes, library, "admission", &invite);
  if (!json) return std::unexpected(json.error());
  const auto person = PublicKey::from_base64(string_member(*json, "person").value_or(""));
  const auto at = parse_rfc3339(string_member(*json, "at").value_or(""));
  auto box = from_base64(string_member(*json, "box").value_or("-"));
  if (!person || !can_be_locked_for(*person) || !at || !box) return bad(key, tr("a member of it is missing"));
  if (string_member(*json, "invite") != invite.id() || key != admission_key(person->id(), invite.id()))
    return bad(key, tr("it lies under another's name"));
  return AdmissionDocument{.person = *person, .invite = invite.id(), .at = *at, .box = std::move(*box)};
}

}  // namespace meanwhile
