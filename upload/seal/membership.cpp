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

// What was believed before stays so; then who founded the library goes first, the recovery key, the others.
void order_by_rank(std::vector<EpochDocument>& epochs, const LibraryMarker& library,
                   const std::set<std::string>& settled) {
  std::ranges::sort(epochs, {}, [&](const EpochDocument& epoch) {
    return std::tuple(!settled.contains(epoch_key(epoch)), epoch.by != library.founder,
                      epoch.by != library.recovery, epoch.by.id(), epoch.secret_id);
  });
}

}  // namespace

Membership::Membership(const LibraryMarker& library, const MemberDocuments& documents,
                       const std::set<std::string>& settled)
    : library_(library) {
  Parsed parsed = parse(documents, library.id);
  for (std::int64_t next = 1; parsed.epochs.contains(next); ++next) {
    order_by_rank(parsed.epochs[next], library, settled);
    take_epoch(parsed.epochs[next]);
    if (epoch_ != next) break;
    take_invites(parsed, settled);
  }
}

Membership::Parsed Membership::parse(const MemberDocuments& documents, const std::string& library) {
  Parsed parsed;
  std::map<std::string, PublicKey> invite_keys;
  for (const auto& [key, bytes] : documents) {
    if (is_named(key, "epoch-")) {
      if (auto epoch = read_epoch(key, bytes, library))
        parsed.epochs[epoch->epoch].push_back(std::move(*epoch));
    } else if (is_named(key, "invite-")) {
      auto invite = read_invite(key, bytes, library);
      if (!invite) continue;
      invite_keys[invite->key.id()] = invite->key;
      parsed.invites[invite->epoch].push_back(std::move(*invite));
    }
  }
  for (const auto& [key, bytes] : documents) {
    const auto invite = invite_keys.find(invite_of_admission(key));
    if (invite == invite_keys.end()) continue;
    if (auto admission = read_admission(key, bytes, library, invite->second))
      parsed.admissions[invite->first].push_back(std::move(*admission));
  }
  return parsed;
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
    if (may && !stays) rivals_.push_back(epoch);
  }
  if (believed.empty()) return;
  const Members before = std::exchange(members_, {});
  const auto admitted_by = std::exchange(admitted_by_, {});
  invites_.clear();
  removed_.clear();
  for (const EpochDocument* epoch : believed) {
    epoch_ = epoch->epoch;
    epochs_.push_back(*epoch);
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
  take_over_joined(before, admitted_by);
  order_secrets(believed);
}

// Whoever made this epoch may not have heard of them yet. An invite of somebody who isn't an admin any more
// may have been made after that.
void Membership::take_over_joined(const Members& before,
                                  const std::map<std::string, std::string>& admitted_by) {
  for (const auto& [person, inviter] : admitted_by)
    if (is_admin(inviter) && !removed_.contains(person)) members_.try_emplace(person, before.at(person));
}

// What all members can open and nobody who was removed goes first; else it is as it is until the next epoch.
void Membership::order_secrets(const std::vector<const EpochDocument*>& believed) {
  std::vector<const EpochDocument*> ordered = believed;
  const auto others = std::ranges::stable_partition(ordered, [&](const EpochDocument* epoch) {
    const bool is_for_all = std::ranges::all_of(
        members_, [&](const auto& member) { return epoch->boxes.contains(member.first); });
    const bool is_for_others = std::ranges::any_of(
        removed_, [&](const auto& removed) { return epoch->boxes.contains(removed.first); });
    return is_for_all && !is_for_others;
  });
  is_secret_for_members_alone_ = others.size() < ordered.size();
  secret_ids_.clear();
  for (const EpochDocument* epoch : ordered) secret_ids_.push_back(epoch->secret_id);
}

// An admin who joined by an invite may invite others: until nothing more comes of it.
void Membership::take_invites(const Parsed& parsed, const std::set<std::string>& settled) {
  const auto of_epoch = parsed.invites.find(epoch_);
  if (of_epoch == parsed.invites.end()) return;
  std::vector<InviteDocument> left = of_epoch->second;
  while (std::erase_if(left,
                       [&](const InviteDocument& invite) { return admit_by(invite, parsed, settled); }) > 0) {
  }
}

bool Membership::admit_by(const InviteDocument& invite, const Parsed& parsed,
                          const std::set<std::string>& settled) {
  const std::string inviter = invite.by.id();
  if (!is_admin(inviter) && invite.by != library_.recovery) return false;
  const std::string id = invite.key.id();
  invites_[id] = invite;
  const auto all = parsed.admissions.find(id);
  if (all == parsed.admissions.end()) return true;
  std::vector<AdmissionDocument> claims = all->second;
  std::erase_if(claims, [&](const AdmissionDocument& claim) { return claim.at > invite.expires; });
  // Nobody can tell who came first: those who were seen before stay, and nobody else comes in.
  const bool is_overused = std::cmp_greater(claims.size(), invite.uses);
  if (is_overused) overused_.insert(id);
  for (AdmissionDocument& claim : claims) {
    const std::string person = claim.person.id();
    if (is_overused && !settled.contains(admission_key(person, id))) continue;
    ++uses_[id];
    members_.try_emplace(person, claim.person, invite.role);
    removed_.erase(person);
    admitted_by_[person] = inviter;
    admissions_.push_back(std::move(claim));
  }
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
