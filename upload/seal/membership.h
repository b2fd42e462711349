// Who belongs to a sealed library: what the documents in members/ prove, from its founder on.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "upload/library_marker.h"
#include "upload/seal/member_documents.h"

namespace meanwhile {

// Documents by their keys in the library.
using MemberDocuments = std::map<std::string, Bytes>;

// The epochs follow each other: the first is the founder's, each later one is of somebody who was an admin in
// the one before, or of the recovery key. Several of one number (two admins at once, offline) count together:
// members are who one of them names and none of them removes. Who joined
// meanwhile by an invite of somebody who is still an admin stays, too. A value: made anew from the documents,
// in any order.
class Membership {
 public:
  // settled: the keys of epochs that were believed before, and of admissions that were seen before their
  // invite was used more often than it may be.
  Membership(const LibraryMarker& library, const MemberDocuments& documents,
             const std::set<std::string>& settled);

  std::int64_t epoch() const { return epoch_; }  // 0: none is proven
  // What is written now is sealed with the first of them that one has.
  const std::vector<std::string>& secret_ids() const { return secret_ids_; }
  // Not so when somebody joined, or somebody else was removed, while an epoch was made that knew nothing of
  // it: the next one puts it right.
  bool is_secret_for_members_alone() const { return is_secret_for_members_alone_; }
  const Members& members() const { return members_; }
  bool is_admin(const std::string& person) const;

  // Of this epoch, on the word of an admin.
  const std::map<std::string, InviteDocument>& invites() const { return invites_; }
  // How many have joined by it.
  std::int64_t uses_of(const std::string& invite) const;
  // Invites that more people have used than may.
  const std::set<std::string>& overused() const { return overused_; }

  // The last batch of a device that counts: as a member's all do.
  std::int64_t last_batch(const std::string& person, const std::string& device) const;

  // All that are proven, for what is locked in them.
  const std::vector<EpochDocument>& epochs() const { return epochs_; }
  const std::vector<AdmissionDocument>& admissions() const { return admissions_; }
  const std::map<std::string, LastBatches>& removed() const { return removed_; }
  // Of admins whom others removed at the same time, or before: passed over here, but believed by whoever saw
  // them first.
  const std::vector<EpochDocument>& rivals() const { return rivals_; }

 private:
  // Of the library, each parsed once, whatever they prove.
  struct Parsed {
    std::map<std::int64_t, std::vector<EpochDocument>> epochs;         // by number
    std::map<std::int64_t, std::vector<InviteDocument>> invites;       // by epoch
    std::map<std::string, std::vector<AdmissionDocument>> admissions;  // by invite
  };
  static Parsed parse(const MemberDocuments& documents, const std::string& library);
  void take_epoch(const std::vector<EpochDocument>& of_one_number);
  void take_over_joined(const Members& before, const std::map<std::string, std::string>& admitted_by);
  void order_secrets(const std::vector<const EpochDocument*>& believed);
  void take_invites(const Parsed& parsed, const std::set<std::string>& settled);
  bool admit_by(const InviteDocument& invite, const Parsed& parsed, const std::set<std::string>& settled);

  LibraryMarker library_;
  std::int64_t epoch_ = 0;
  std::vector<std::string> secret_ids_;
  bool is_secret_for_members_alone_ = true;
  Members members_;
  std::map<std::string, InviteDocument> invites_;
  std::map<std::string, std::string> admitted_by_;  // persons of this epoch, by whose invites
  std::map<std::string, std::int64_t> uses_;
  std::set<std::string> overused_;
  std::map<std::string, LastBatches> removed_;
  std::vector<EpochDocument> epochs_;
  std::vector<EpochDocument> rivals_;
  std::vector<AdmissionDocument> admissions_;
};

}  // namespace meanwhile
