#include "upload/seal/membership.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "upload/library_marker.h"
#include "upload/seal/member_documents.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

bool is_named(const std::string& key, std::string_view kind) {
  return std::string_view(key).substr(std::string_view(kMembersPrefix).size()).starts_with(kind);
}

std::map<std::int64_t, std::vector<EpochDocument>> epochs_in(const MemberDocuments& documents,
                                                             const std::string& library) {
  std::map<std::int64_t, std::vector<EpochDocument>> found;
  for (const auto& [key, bytes] : documents) {
    if (!is_named(key, "epoch-")) continue;
    if (auto epoch = read_epoch(key, bytes, library)) found[epoch->epoch].push_back(std::move(*epoch));
  }
  return found;
}

// What was believed before stays so; then who founded the library goes first, the recovery key, the others.
void order_by_rank(std::vector<EpochDocument>& epochs, const LibraryMarker& library,
                   const std::set<std::string>& settled) {
  std::ranges::sort(epochs, {}, [&](const EpochDocument& epoch) {
    return std::tuple(!settled.contains(epoch_key(epoch.epoch, epoch.by.id())), epoch.by != library.founder,
                      epoch.by != library.recovery, epoch.by.id());
  });
}

}  // namespace

Membership::Membership(const LibraryMarker& library, const MemberDocuments& documents,
                       const std::set<std::string>& settled)
    : library_(library) {
  auto epochs = epochs_in(documents, library.id);
  for (std::int64_t next = 1; epochs.contains(next); ++next) {
    order_by_rank(epochs[next], library, settled);
    take_epoch(epochs[next]);
    if (epoch_ != next) break;
    take_invites(documents, settled);
  }
}

bool Membership::is_admin(const std::string& person) const {
  const auto member = members_.find(person);
  return member != members_.end() && member->second.role == MemberRole::Admin;
}

void Membership::take_epoch(const std::vector<EpochDocument>& of_one_number) {
  std::vector<const EpochDocument*> believed;
  for (const EpochDocument& epoch : of_one_number) {
    const bool is_recovery = epoch.by == library_.recovery;
    const bool may = epoch_ == 0 ? epoch.by == library_.founder : is_recovery || is_admin(epoch.by.id());
    // Who was removed at the same time by somebody who goes before can't answer that.
    const bool stays = std::ranges::all_of(believed, [&](const EpochDocument* other) {
      return is_recovery || other->members.contains(epoch.by.id());
    });
    if (may && stays) believed.push_back(&epoch);
  }
  if (believed.empty()) return;
  members_.clear();
  invites_.clear();
  secret_ids_.clear();
  removed_.clear();
  for (const EpochDocument* epoch : believed) {
    epoch_ = epoch->epoch;
    epochs_.push_back(*epoch);
    secret_ids_.push_back(epoch->secret_id);
    for (const auto& [person, member] : epoch->members) {
      const auto [there, is_new] = members_.try_emplace(person, member);
      if (!is_new && member.role == MemberRole::Member) there->second.role = MemberRole::Member;
    }
    for (const auto& [person, batches] : epoch->removed) {
      removed_.try_emplace(person);
      for (const auto& [device, seq] : batches)
        removed_[person][device] = std::max(removed_[person][device], seq);
    }
  }
  for (const auto& [person, batches] : removed_) members_.erase(person);
}

// An admin who joined by an invite may invite others: until nothing more comes of it.
void Membership::take_invites(const MemberDocuments& documents, const std::set<std::string>& settled) {
  std::vector<InviteDocument> left;
  for (const auto& [key, bytes] : documents) {
    if (!is_named(key, "invite-")) continue;
    auto invite = read_invite(key, bytes, library_.id);
    if (invite && invite->epoch == epoch_) left.push_back(std::move(*invite));
  }
  while (std::erase_if(
             left, [&](const InviteDocument& invite) { return admit_by(invite, documents, settled); }) > 0) {
  }
}

bool Membership::admit_by(const InviteDocument& invite, const MemberDocuments& documents,
                          const std::set<std::string>& settled) {
  if (!is_admin(invite.by.id()) && invite.by != library_.recovery) return false;
  const std::string id = invite.key.id();
  std::vector<AdmissionDocument> claims;
  for (const auto& [key, bytes] : documents) {
    if (!is_named(key, "in-") || key.find(id) == std::string::npos) continue;
    auto admission = read_admission(key, bytes, library_.id, invite.key);
    if (admission && admission->at <= invite.expires) claims.push_back(std::move(*admission));
  }
  // Nobody can tell who came first: those who were seen before stay, and nobody else comes in.
  const bool is_overused = std::cmp_greater(claims.size(), invite.uses);
  if (is_overused) overused_.insert(id);
  for (AdmissionDocument& claim : claims) {
    const std::string person = claim.person.id();
    if (is_overused && !settled.contains(person)) continue;
    ++uses_[id];
    members_.try_emplace(person, claim.person, invite.role);
    admissions_.push_back(std::move(claim));
  }
  invites_[id] = invite;
  return true;
}

std::int64_t Membership::uses_of(const std::string& invite) const {
  const auto uses = uses_.find(invite);
  return uses == uses_.end() ? 0 : uses->second;
}

std::int64_t Membership::last_batch(const std::string& person, const std::string& device) const {
  if (members_.contains(person)) return std::numeric_limits<std::int64_t>::max();
  const auto removed = removed_.find(person);
  if (removed == removed_.end()) return 0;
  const auto last = removed->second.find(device);
  return last == removed->second.end() ? 0 : last->second;
}

}  // namespace meanwhile
