#include "upload/seal/sealed_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "upload/fetch_many.h"
#include "upload/library_marker.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/membership.h"
#include "upload/seal/object_seal.h"
#include "upload/seal/seal_memory.h"
#include "upload/signing.h"
#include "upload/storage.h"
#include "upload/stored_bytes.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostDocuments = 4000;
constexpr int kParallel = 8;
// An object whose secret isn't known is a reason to look for news of the members, but not each of them.
constexpr std::chrono::seconds kLookInterval{10};
constexpr const char* kBoxPrefix = "members/box-";
constexpr const char* kAdmissionPrefix = "members/in-";

// "members/in-<person>-<invite>.json": the name of that invite.
std::string invite_of(const std::string& admission) {
  const std::string name = admission.substr(0, admission.rfind('.'));
  return invite_key(name.substr(name.rfind('-') + 1));
}

std::set<std::string> proven_secrets(const Membership& membership) {
  std::set<std::string> ids;
  for (const EpochDocument& epoch : membership.epochs()) ids.insert(epoch.secret_id);
  return ids;
}

// Of several at once the first that is here; nothing: somebody has still to give it to us.
std::optional<SealSecret> current_secret(const SealMemory& memory, const Membership& membership) {
  for (const std::string& id : membership.secret_ids())
    if (const auto secret = memory.secrets.find(id); secret != memory.secrets.end()) return secret->second;
  return std::nullopt;
}

}  // namespace

SealedLibrary::SealedLibrary(SealedHome home, SealMemory memory)
    : home_(std::move(home)),
      person_(home_.person.public_key().id()),
      state_{.memory = std::move(memory),
             .membership = Membership(home_.library, {}, {}),
             .looked = {},
             .refused = {}} {
  work_out(state_);
}

Result<std::shared_ptr<SealedLibrary>> SealedLibrary::open(SealedHome home) {
  auto memory = load_seal_memory(home.file);
  if (!memory) return std::unexpected(memory.error());
  return std::shared_ptr<SealedLibrary>(new SealedLibrary(std::move(home), std::move(*memory)));
}

Result<void> SealedLibrary::start(std::stop_token stop) {
  return ask([&](State& state) {
    EpochDocument first = next_epoch(state);
    first.members[person_] = {home_.person.public_key(), MemberRole::Admin};
    return start_epoch(state, std::move(first), home_.person, stop);
  });
}

SealedLibrary::State SealedLibrary::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void SealedLibrary::set_state(State state) {
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
}

template <typename Ask>
Result<void> SealedLibrary::ask(Ask ask) {
  const std::lock_guard asking(asking_mutex_);
  const State before = state();
  State asked = before;
  const auto done = ask(asked);
  // What was learned before something went wrong is true all the same.
  const auto saved =
      asked.memory == before.memory ? Result<void>() : save_seal_memory(home_.file, asked.memory);
  if (saved) set_state(std::move(asked));
  return done ? saved : done;
}

Result<void> SealedLibrary::look_again(std::stop_token stop) {
  return ask([&](State& state) { return look(state, stop); });
}

Result<void> SealedLibrary::look(State& state, const std::stop_token& stop) {
  MEANWHILE_TRY(fetch_new(state, stop));
  state.looked = std::chrono::steady_clock::now();
  return {};
}

Result<void> SealedLibrary::fetch_new(State& state, const std::stop_token& stop) {
  const auto listed = home_.place->list(kMembersPrefix, "", stop);
  if (!listed) return std::unexpected(listed.error());
  std::set<std::string> there;
  std::vector<std::string> wanted;
  for (const ObjectInfo& info : *listed) {
    there.insert(info.key);
    const auto refused = state.refused.find(info.key);
    const bool is_refused = refused != state.refused.end() && refused->second == info.size_bytes.value_or(0);
    const bool is_new = !info.key.starts_with(kBoxPrefix) && !state.memory.documents.contains(info.key);
    if (!is_new || is_refused || state.memory.documents.size() + wanted.size() >= kMostDocuments) continue;
    wanted.push_back(info.key);
    state.refused[info.key] = info.size_bytes.value_or(0);
  }
  const auto fetched = fetch_many(*home_.place, wanted, kLargestMemberDocumentBytes, kParallel, stop);
  for (std::size_t i = 0; i < fetched.size(); ++i) {
    const bool is_away =
        !fetched[i] && (fetched[i].error().code == ErrorCode::Unavailable || fetched[i].error().is_control());
    if (is_away) return std::unexpected(fetched[i].error());
  }
  // An admission is proven by the invite's key, so invites come first.
  for (const bool are_admissions : {false, true})
    for (std::size_t i = 0; i < fetched.size(); ++i)
      if (fetched[i] && wanted[i].starts_with(kAdmissionPrefix) == are_admissions)
        take_document(state, wanted[i], *fetched[i]);
  work_out(state);
  return put_back(state, there, stop);
}

// Only what is signed by whom its name says: anything else under that name may be put right later.
void SealedLibrary::take_document(State& state, const std::string& key, const Bytes& bytes) const {
  const std::string& library = home_.library.id;
  bool is_one = read_epoch(key, bytes, library) || read_invite(key, bytes, library);
  if (key.starts_with(kAdmissionPrefix)) {
    const auto invite = state.memory.documents.find(invite_of(key));
    const auto terms = invite == state.memory.documents.end()
                           ? Result<InviteDocument>(fail(ErrorCode::NotFound, "no such invite"))
                           : read_invite(invite->first, invite->second, library);
    is_one = terms && read_admission(key, bytes, library, terms->key);
  }
  // Its invite may still be on its way.
  if (!is_one && key.starts_with(kAdmissionPrefix)) state.refused.erase(key);
  if (!is_one) return;
  state.memory.documents[key] = bytes;
  state.refused.erase(key);
}

// They are signed, and never change: whoever has them can say them again. A place that went back in time, or
// somebody who would have an epoch undone, gets them back.
Result<void> SealedLibrary::put_back(const State& state, const std::set<std::string>& there,
                                     const std::stop_token& stop) {
  std::set<std::string> proven;
  for (const EpochDocument& epoch : state.membership.epochs())
    proven.insert(epoch_key(epoch.epoch, epoch.by.id()));
  for (const auto& [id, invite] : state.membership.invites()) proven.insert(invite_key(id));
  for (const AdmissionDocument& admission : state.membership.admissions())
    proven.insert(admission_key(admission.person.id(), admission.invite));
  for (const std::string& key : proven) {
    const auto document = state.memory.documents.find(key);
    if (there.contains(key) || document == state.memory.documents.end()) continue;
    const auto put = put_checked(*home_.place, key, document->second, stop);
    if (!put && put.error().is_control()) return put;
    // Who may only read can do nothing about it.
    log(LogLevel::Warning, fmt::format("{} was gone from {}{}", key, home_.place->description(),
                                       put ? ", and is back now" : ": " + put.error().message));
  }
  return {};
}

void SealedLibrary::work_out(State& state) const {
  SealMemory& memory = state.memory;
  state.membership = Membership(home_.library, memory.documents, memory.settled);
  for (const EpochDocument& epoch : state.membership.epochs())
    memory.settled.insert(epoch_key(epoch.epoch, epoch.by.id()));
  for (const auto& [person, member] : state.membership.members()) memory.settled.insert(person);
  unlock_with(state, home_.person);
}

// From each secret that is known to those before it.
void SealedLibrary::unlock_with(State& state, const KeyPair& key) const {
  const auto proven = proven_secrets(state.membership);
  const std::string id = key.public_key().id();
  for (const AdmissionDocument& admission : state.membership.admissions()) {
    if (admission.person != key.public_key()) continue;
    if (const auto secrets = key.unlock(admission.box)) state.memory.add_secrets(*secrets, proven);
  }
  const auto& epochs = state.membership.epochs();
  for (auto epoch = epochs.rbegin(); epoch != epochs.rend(); ++epoch) {
    const auto box = epoch->boxes.find(id);
    if (box != epoch->boxes.end() && !state.memory.secrets.contains(epoch->secret_id))
      if (const auto secret = key.unlock(box->second)) state.memory.add_secrets(*secret, proven);
    const auto secret = state.memory.secrets.find(epoch->secret_id);
    if (secret == state.memory.secrets.end() || epoch->earlier.empty()) continue;
    const auto earlier =
        open_object(secret->second, {home_.library.id, epoch_key(epoch->epoch, epoch->by.id())},
                    std::as_bytes(std::span(epoch->earlier)));
    if (earlier)
      state.memory.add_secrets(
          std::span(reinterpret_cast<const unsigned char*>(earlier->data()), earlier->size()), proven);
  }
}

bool SealedLibrary::is_member() const {
  const std::lock_guard lock(mutex_);
  return state_.membership.members().contains(person_);
}

bool SealedLibrary::is_admin() const {
  const std::lock_guard lock(mutex_);
  return state_.membership.is_admin(person_);
}

Membership SealedLibrary::membership() const {
  const std::lock_guard lock(mutex_);
  return state_.membership;
}

Result<const InviteDocument*> SealedLibrary::usable(const State& state, const std::string& invite) const {
  const auto found = state.membership.invites().find(invite);
  const auto refuse = [](const char* why) {
    return fail(ErrorCode::PermissionDenied, fmt::format("this invitation {}: ask for another one", why));
  };
  if (found == state.membership.invites().end()) {
    if (!state.memory.documents.contains(invite_key(invite)))
      return fail(ErrorCode::Unavailable,
                  fmt::format("{} doesn't know this invitation yet: wait for the sync to finish, or ask for "
                              "another one",
                              home_.place->description()));
    return refuse("has ended, as the members have changed since");
  }
  if (home_.now() > found->second.expires) return refuse("has expired");
  if (state.membership.uses_of(invite) >= found->second.uses || state.membership.overused().contains(invite))
    return refuse("was used already");
  return &found->second;
}

Result<void> SealedLibrary::take_box(State& state, const KeyPair& invite, const std::stop_token& stop) {
  const auto box = home_.place->get(invite_box_key(invite.public_key().id()), kLargestMemberDocumentBytes,
                                    std::nullopt, stop);
  if (!box && box.error().code == ErrorCode::NotFound)
    return fail(ErrorCode::PermissionDenied, "this invitation was used already: ask for another one");
  if (!box) return std::unexpected(box.error());
  const auto secrets =
      invite.unlock(std::span(reinterpret_cast<const unsigned char*>(box->data()), box->size()));
  if (!secrets) return std::unexpected(secrets.error());
  state.memory.add_secrets(*secrets, proven_secrets(state.membership));
  if (current_secret(state.memory, state.membership)) return {};
  return fail(ErrorCode::Unavailable, "the invitation hasn't arrived as a whole yet: try again in a while");
}

Result<void> SealedLibrary::come_in(State& state, const KeyPair& invite, const std::stop_token& stop) {
  MEANWHILE_TRY(look(state, stop));
  if (state.membership.members().contains(person_)) return {};
  const std::string id = invite.public_key().id();
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
                "somebody else used this invitation at the same time: ask for another one");
  // Whoever finds the invitation later finds nothing. An admin's next epoch ends it for good.
  if (is_last_use) (void)home_.place->remove(invite_box_key(id), stop);
  return {};
}

Result<void> SealedLibrary::join(const KeyPair& invite, std::stop_token stop) {
  return ask([&](State& state) { return come_in(state, invite, stop); });
}

Result<void> SealedLibrary::check_admin(const State& state) const {
  if (state.membership.is_admin(person_)) return {};
  if (!state.membership.members().contains(person_)) return std::unexpected(not_a_member());
  return fail(ErrorCode::PermissionDenied, fmt::format("only admins of \"{}\" may do this: ask one of them",
                                                       display_line(home_.library.name)));
}

Result<KeyPair> SealedLibrary::invite(const InviteTerms& terms, std::stop_token stop) {
  KeyPair key = KeyPair::generate();
  const auto done = ask([&](State& state) -> Result<void> {
    MEANWHILE_TRY(look(state, stop));
    MEANWHILE_TRY(check_admin(state));
    const auto box = lock_for(key.public_key(), state.memory.all_secrets());
    if (!box) return std::unexpected(box.error());
    const InviteDocument invite{.key = key.public_key(),
                                .by = home_.person.public_key(),
                                .role = terms.role,
                                .uses = terms.uses,
                                .expires = home_.now() + terms.valid,
                                .epoch = state.membership.epoch()};
    const std::string id = key.public_key().id();
    MEANWHILE_TRY(put_checked(*home_.place, invite_box_key(id), std::as_bytes(std::span(*box)), stop));
    MEANWHILE_TRY(store(state, invite_key(id), make_invite(invite, home_.library.id, home_.person), stop));
    work_out(state);
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return key;
}

EpochDocument SealedLibrary::next_epoch(const State& state) const {
  return {.epoch = state.membership.epoch() + 1,
          .by = {},
          .secret_id = {},
          .members = state.membership.members(),
          .boxes = {},
          .earlier = {},
          .removed = state.membership.removed(),
          .at = home_.now()};
}

// The new secret is on this disk before it is anywhere else.
Result<void> SealedLibrary::start_epoch(State& state, EpochDocument plan, const KeyPair& signer,
                                        const std::stop_token& stop) {
  const SealSecret secret = SealSecret::generate();
  const std::string key = epoch_key(plan.epoch, signer.public_key().id());
  plan.by = signer.public_key();
  plan.secret_id = secret.id();
  std::vector<PublicKey> keys{*home_.library.recovery};
  for (const auto& [person, member] : plan.members) keys.push_back(member.key);
  for (const PublicKey& recipient : keys) {
    auto box = lock_for(recipient, secret.bytes());
    if (!box) return std::unexpected(box.error());
    plan.boxes[recipient.id()] = std::move(*box);
  }
  const auto earlier = state.memory.all_secrets();
  const Bytes sealed = seal_object(secret, {home_.library.id, key}, std::as_bytes(std::span(earlier)));
  const auto* data = reinterpret_cast<const unsigned char*>(sealed.data());
  plan.earlier.assign(data, data + sealed.size());
  state.memory.secrets.emplace(secret.id(), secret);
  MEANWHILE_TRY(save_seal_memory(home_.file, state.memory));
  MEANWHILE_TRY(store(state, key, make_epoch(plan, home_.library.id, signer), stop));
  work_out(state);
  return {};
}

Result<void> SealedLibrary::store(State& state, const std::string& key, Bytes bytes,
                                  const std::stop_token& stop) {
  MEANWHILE_TRY(put_checked(*home_.place, key, bytes, stop));
  state.memory.documents[key] = std::move(bytes);
  return {};
}

Result<void> SealedLibrary::change(const MemberChange& change, std::stop_token stop) {
  return ask([&](State& state) -> Result<void> {
    MEANWHILE_TRY(look(state, stop));
    MEANWHILE_TRY(check_admin(state));
    EpochDocument plan = next_epoch(state);
    for (const auto& [person, batches] : change.remove) {
      if (plan.members.erase(person) == 0)
        return fail(ErrorCode::InvalidArgument, "nobody of that name is a member");
      plan.removed[person] = batches;
    }
    for (const auto& [person, role] : change.roles) {
      const auto member = plan.members.find(person);
      if (member == plan.members.end())
        return fail(ErrorCode::InvalidArgument, "nobody of that name is a member");
      member->second.role = role;
    }
    for (const auto& [person, member] : plan.members) plan.removed.erase(person);
    const bool has_admin = std::ranges::any_of(
        plan.members, [](const auto& member) { return member.second.role == MemberRole::Admin; });
    if (!has_admin)
      return fail(ErrorCode::InvalidArgument,
                  "the library would have no admin left: make somebody one first");
    return start_epoch(state, std::move(plan), home_.person, stop);
  });
}

Result<void> SealedLibrary::recover(const KeyPair& recovery, std::stop_token stop) {
  if (recovery.public_key() != home_.library.recovery)
    return fail(ErrorCode::PermissionDenied, "this is another library's recovery key");
  return ask([&](State& state) -> Result<void> {
    MEANWHILE_TRY(look(state, stop));
    unlock_with(state, recovery);
    if (!current_secret(state.memory, state.membership))
      return fail(ErrorCode::Unavailable,
                  fmt::format("{} doesn't hold what the recovery key opens: wait for the sync to finish",
                              home_.place->description()));
    if (state.membership.is_admin(person_)) return {};
    EpochDocument plan = next_epoch(state);
    plan.members[person_] = {home_.person.public_key(), MemberRole::Admin};
    plan.removed.erase(person_);
    return start_epoch(state, std::move(plan), recovery, stop);
  });
}

Error SealedLibrary::not_a_member() const {
  return {ErrorCode::PermissionDenied,
          fmt::format("\"{}\" is sealed, and you aren't one of its members: ask one of its admins for an "
                      "invitation",
                      display_line(home_.library.name))};
}

Result<SealSecret> SealedLibrary::for_writing(std::stop_token stop) {
  // Who was away may have been removed, or has to use a new secret.
  if (!has_looked_within(std::chrono::steady_clock::duration::max()))
    MEANWHILE_TRY(look_again(std::move(stop)));
  const std::lock_guard lock(mutex_);
  const auto secret = current_secret(state_.memory, state_.membership);
  if (!state_.membership.members().contains(person_) || !secret) return std::unexpected(not_a_member());
  return *secret;
}

bool SealedLibrary::has_looked_within(std::chrono::steady_clock::duration time) const {
  const std::lock_guard lock(mutex_);
  return state_.looked && std::chrono::steady_clock::now() - *state_.looked <= time;
}

std::optional<SealSecret> SealedLibrary::known(const std::string& secret_id) const {
  const std::lock_guard lock(mutex_);
  const auto secret = state_.memory.secrets.find(secret_id);
  return secret == state_.memory.secrets.end() ? std::nullopt : std::optional(secret->second);
}

Result<SealSecret> SealedLibrary::find(const std::string& secret_id, std::stop_token stop) {
  if (const auto secret = known(secret_id)) return *secret;
  if (!has_looked_within(kLookInterval)) MEANWHILE_TRY(look_again(std::move(stop)));
  if (const auto secret = known(secret_id)) return *secret;
  if (!is_member()) return std::unexpected(not_a_member());
  return fail(ErrorCode::PermissionDenied, "it is sealed for others, not for this person");
}

std::int64_t SealedLibrary::last_batch(const std::string& person, const std::string& device) {
  const std::lock_guard lock(mutex_);
  return state_.membership.last_batch(person, device);
}

}  // namespace meanwhile
