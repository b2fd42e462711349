// How a person comes into a sealed library: by an invitation, by the recovery key. Part of SealedLibrary.

#include <algorithm>
#include <expected>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/membership.h"
#include "upload/seal/seal_memory.h"
#include "upload/seal/sealed_library.h"
#include "upload/signing.h"

namespace meanwhile {

Result<const InviteDocument*> SealedLibrary::usable(const State& state, const std::string& invite) const {
  const auto found = state.membership.invites().find(invite);
  const auto refuse = [](const char* sentence) { return fail(ErrorCode::PermissionDenied, sentence); };
  if (found == state.membership.invites().end()) {
    if (!state.memory.documents.contains(invite_key(invite)) &&
        !state.candidates.contains(invite_key(invite)))
      return fail(ErrorCode::Unavailable,
                  tr_format("{} doesn't know this invitation yet: wait for the sync to finish, or ask for "
                            "another one",
                            home_.place->description()));
    return refuse(tr("this invitation has ended, as the members have changed since: ask for another one"));
  }
  if (home_.now() > found->second.expires)
    return refuse(tr("this invitation has expired: ask for another one"));
  if (state.membership.uses_of(invite) >= found->second.uses || state.membership.overused().contains(invite))
    return refuse(tr("this invitation was used already: ask for another one"));
  return &found->second;
}

Result<void> SealedLibrary::take_box(State& state, const KeyPair& invite, const std::stop_token& stop) {
  const auto box = home_.place->get(invite_box_key(invite.public_key().id()), kLargestMemberDocumentBytes,
                                    std::nullopt, stop);
  if (!box && box.error().code == ErrorCode::NotFound)
    return fail(ErrorCode::PermissionDenied, tr("this invitation was used already: ask for another one"));
  if (!box) return std::unexpected(box.error());
  const auto secrets =
      invite.unlock(std::span(reinterpret_cast<const unsigned char*>(box->data()), box->size()));
  if (!secrets) return std::unexpected(secrets.error());
  state.memory.add_secrets(*secrets, proven_secrets(state.membership));
  if (current_secret(state)) return {};
  return fail(ErrorCode::Unavailable,
              tr("the invitation hasn't arrived as a whole yet: try again in a while"));
}

// The document that the inviter signed, and nobody's in its place.
Result<InviteDocument> SealedLibrary::read_invite_of(const KeyPair& invite, const PublicKey& inviter,
                                                     const std::stop_token& stop) const {
  const std::string key = invite_key(invite.public_key().id());
  const auto bytes = home_.place->get(key, kLargestMemberDocumentBytes, std::nullopt, stop);
  if (!bytes && bytes.error().code == ErrorCode::NotFound)
    return fail(ErrorCode::Unavailable,
                tr_format("{} doesn't know this invitation yet: wait for the sync to finish, or ask for "
                          "another one",
                          home_.place->description()));
  if (!bytes) return std::unexpected(bytes.error());
  auto document = read_invite(key, *bytes, home_.library.id);
  if (document && document->by == inviter) return document;
  return fail(ErrorCode::Unavailable,
              tr_format("what {} holds of this invitation isn't what was put there: wait for the sync to "
                        "finish, or ask for another one",
                        home_.place->description()));
}

// These epochs, whatever was believed before.
Result<void> SealedLibrary::believe(State& state, const std::set<std::string>& epochs) const {
  MEANWHILE_TRY(meanwhile::forget_members(home_.file));
  std::erase_if(state.memory.settled, is_epoch_key);
  state.memory.settled.insert(epochs.begin(), epochs.end());
  work_out(state);
  return {};
}

// Whoever belongs to nobody yet believes whom they were invited by; a member doesn't change sides by it.
Result<void> SealedLibrary::follow(State& state, const InviteDocument& invite) const {
  if (exclusion_from(state)) return believe(state, invite.believed);
  const bool is_another_side = std::ranges::any_of(
      state.membership.rivals(),
      [&](const EpochDocument& rival) { return invite.believed.contains(epoch_key(rival)); });
  if (!is_another_side) return {};
  return fail(ErrorCode::PermissionDenied,
              tr_format("two admins of \"{}\" have removed each other: you are on the one's side, and this "
                        "invitation is to the other's. To change sides, leave the library and forget it "
                        "(`meanwhile library leave --forget`), then join by this invitation again",
                        display_line(home_.library.name)));
}

Result<void> SealedLibrary::come_in(State& state, const KeyPair& invite,
                                    const std::optional<PublicKey>& inviter, const std::stop_token& stop) {
  if (!exclusion_from(state)) MEANWHILE_TRY(look(state, stop));
  if (inviter) {
    const auto document = read_invite_of(invite, *inviter, stop);
    if (!document && exclusion_from(state)) return std::unexpected(document.error());
    if (document) MEANWHILE_TRY(follow(state, *document));
  }
  MEANWHILE_TRY(look(state, stop));
  if (!exclusion_from(state)) return {};
  const std::string id = invite.public_key().id();
  if (!state.membership.invites().contains(id)) {
    MEANWHILE_TRY(fetch(state, {{invite_key(id), std::nullopt}}, {invite_key(id)}, stop));
    work_out(state);
  }
  const auto terms = usable(state, id);
  if (!terms) return std::unexpected(terms.error());
  const bool is_last_use = state.membership.uses_of(id) + 1 >= (*terms)->uses;
  MEANWHILE_TRY(take_box(state, invite, stop));
  auto box = lock_for(home_.person.public_key(), state.memory.all_secrets());
  if (!box) return std::unexpected(box.error());
  const AdmissionDocument admission{
      .person = home_.person.public_key(), .invite = id, .at = home_.now(), .box = std::move(*box)};
  MEANWHILE_TRY(
      store(state, admission_key(person_, id), make_admission(admission, home_.library.id, invite), stop));
  MEANWHILE_TRY(look(state, stop));
  if (!state.membership.members().contains(person_))
    return fail(ErrorCode::PermissionDenied,
                tr("somebody else used this invitation at the same time: ask for another one"));
  // Whoever finds the invitation later finds nothing. An admin's next epoch ends it for good.
  if (is_last_use) (void)home_.place->remove(invite_box_key(id), stop);
  return {};
}

Result<void> SealedLibrary::join(const KeyPair& invite, std::stop_token stop,
                                 const std::optional<PublicKey>& inviter) {
  return ask([&](State& state) { return come_in(state, invite, inviter, stop); });
}

// Whom to believe of two who have removed each other: nobody can tell from what lies there.
Result<void> SealedLibrary::choose(State& state, const std::string& believed) const {
  const Membership& membership = state.membership;
  if (membership.rivals().empty()) return {};
  const EpochDocument& rival = membership.rivals().front();
  const auto other = std::ranges::find(membership.epochs(), rival.epoch, &EpochDocument::epoch);
  std::set<std::string> chosen;
  for (const auto* epochs : {&membership.epochs(), &membership.rivals()})
    for (const EpochDocument& epoch : *epochs)
      if (!believed.empty() && epoch.by.id().starts_with(believed)) chosen.insert(epoch_key(epoch));
  if (chosen.empty())
    return fail(ErrorCode::InvalidArgument,
                tr_format("two admins of \"{}\" have removed each other: {} on {}, and {} on {}. Ask around "
                          "who is in the team, then say whom to believe, by the beginning of their id: "
                          "`meanwhile library recover URL --believe {}`",
                          display_line(home_.library.name), other->by.id(), format_rfc3339(other->at),
                          rival.by.id(), format_rfc3339(rival.at), other->by.id().substr(0, 8)));
  return believe(state, chosen);
}

Result<void> SealedLibrary::recover(const KeyPair& recovery, std::stop_token stop,
                                    const std::string& believed) {
  if (recovery.public_key() != home_.library.recovery)
    return fail(ErrorCode::PermissionDenied, tr("this is another library's recovery key"));
  return ask([&](State& state) -> Result<void> {
    MEANWHILE_TRY(look(state, stop));
    if (exclusion_from(state)) MEANWHILE_TRY(choose(state, believed));
    unlock_with(state, recovery);
    if (!current_secret(state))
      return fail(ErrorCode::Unavailable,
                  tr_format("{} doesn't hold what the recovery key opens: wait for the sync to finish",
                            home_.place->description()));
    if (state.membership.is_admin(person_)) return {};
    EpochDocument plan = next_epoch(state);
    plan.members[person_] = {home_.person.public_key(), MemberRole::Admin};
    return start_epoch(state, std::move(plan), recovery, stop);
  });
}

Result<void> SealedLibrary::forget_members() {
  const std::lock_guard asking(asking_mutex_);
  State forgotten = state();
  MEANWHILE_TRY(meanwhile::forget_members(home_.file));
  auto memory = load_seal_memory(home_.file);
  if (!memory) return std::unexpected(memory.error());
  forgotten.memory = std::move(*memory);
  forgotten.candidates.clear();
  forgotten.read.clear();
  forgotten.looked.reset();
  work_out(forgotten);
  set_state(std::move(forgotten));
  return {};
}

std::string SealedLibrary::secrets_of_former_members() const {
  const State now = state();
  const auto proven = proven_secrets(now.membership);
  std::string ids;
  for (const std::string& id : now.memory.given_up)
    if (!proven.contains(id)) ids += id + " ";
  return exclusion_from(now) ? "" : ids;
}

}  // namespace meanwhile
