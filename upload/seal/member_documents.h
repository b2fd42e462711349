// What lies in members/ of a sealed library: who belongs to it, and the secrets, each locked for one of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/signing.h"

namespace meanwhile {

constexpr const char* kMembersPrefix = "members/";
constexpr std::uint64_t kLargestMemberDocumentBytes = 256 << 10;
constexpr std::int64_t kLastEpoch = 999'999;

enum class MemberRole { Member, Admin };

struct Member {
  PublicKey key;
  MemberRole role = MemberRole::Member;
};
using Members = std::map<std::string, Member>;  // by person

// Words of somebody who was removed count as far as they were there then: by device, the last batch.
using LastBatches = std::map<std::string, std::int64_t>;

// members/epoch-<epoch>-<signer>-<secret>.json: from now on these are the members, and what is written is
// sealed with a new secret. The first is the founder's.
struct EpochDocument {
  std::int64_t epoch = 0;
  PublicKey by;
  std::string secret_id;
  Members members;
  // The secret for each of them, and for the recovery key: by person or key id, locked (lock_for).
  std::map<std::string, std::vector<unsigned char>> boxes;
  std::vector<unsigned char> earlier;          // the secrets before it, sealed with this one
  std::map<std::string, LastBatches> removed;  // all who ever were, by person
  WallTime at{};
};

// members/invite-<invite>.json: who has that key may join, on an admin's word.
struct InviteDocument {
  PublicKey key;
  PublicKey by;
  MemberRole role = MemberRole::Member;
  std::int64_t uses = 1;
  WallTime expires{};
  std::int64_t epoch = 0;  // it ends with the next one
  // Keys of the epochs that who invites believes: whoever comes in by it believes those, too.
  std::set<std::string> believed = {};
};

// members/in-<person>-<invite>.json, signed by the invite's key: this person has joined by it.
struct AdmissionDocument {
  PublicKey person;
  std::string invite;
  WallTime at{};
  std::vector<unsigned char> box;  // the secrets, locked for the person
};

std::string epoch_key(const EpochDocument& document);
// By its name.
bool is_epoch_key(const std::string& key);
std::string invite_key(const std::string& invite);
// Who has the invite's key finds the secrets there, locked for it; removed once it is used up.
std::string invite_box_key(const std::string& invite);
std::string admission_key(const std::string& person, const std::string& invite);
// The invite that an admission is by, from its name; "": it isn't the name of one.
std::string invite_of_admission(const std::string& key);

Bytes make_epoch(const EpochDocument& document, const std::string& library, const KeyPair& signer);
Bytes make_invite(const InviteDocument& document, const std::string& library, const KeyPair& signer);
Bytes make_admission(const AdmissionDocument& document, const std::string& library, const KeyPair& invite);

// One of these, whose signature fits the key that it names and whose name in the library is key. Whether that
// key may say so is for Membership to find out. Errors: Corrupt, Unsupported.
Result<EpochDocument> read_epoch(const std::string& key, std::span<const std::byte> bytes,
                                 const std::string& library);
Result<InviteDocument> read_invite(const std::string& key, std::span<const std::byte> bytes,
                                   const std::string& library);
// invite: the key that it must be signed by.
Result<AdmissionDocument> read_admission(const std::string& key, std::span<const std::byte> bytes,
                                         const std::string& library, const PublicKey& invite);

}  // namespace meanwhile
