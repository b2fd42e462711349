#include "upload/seal/sealed_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"
#include "upload/capabilities.h"
#include "upload/event_batch.h"
#include "upload/fetch_many.h"
#include "upload/library_marker.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/membership.h"
#include "upload/seal/object_seal.h"
#include "upload/seal/seal_memory.h"
#include "upload/signed_document.h"
#include "upload/signing.h"
#include "upload/storage.h"
#include "upload/stored_bytes.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostAtOnce = 256;
constexpr std::size_t kMostCandidates = 1000;
constexpr std::ptrdiff_t kMostUnprovenEpochs = 64;
constexpr std::uint64_t kLargestAdmissionBytes = 64 << 10;
constexpr int kDocumentsAtOnce = 8;
// An object whose secret isn't known is a reason to look for news of the members, but not each of them.
constexpr std::chrono::seconds kLookInterval{10};
// So long at most somebody who was removed may go on reading what an open program writes.
constexpr std::chrono::seconds kLookBeforeWriting{30};
// What says nothing now may be half of what is on its way, and is read again then.
constexpr std::chrono::minutes kReadFor{2};
// A person has some devices. More than these are an attack, and their first words go last.
constexpr std::size_t kMostDevicesOfAPerson = 256;

// "members/epoch-000001-<signer>-<secret>.json"
struct EpochName {
  std::int64_t epoch = 0;
  std::string signer;
};
std::optional<EpochName> epoch_name(const std::string& key) {
  constexpr std::string_view kBegin = "members/epoch-";
  constexpr std::size_t kDigits = 6;
  constexpr std::size_t kId = 26;
  if (!key.starts_with(kBegin) || key.size() < kBegin.size() + kDigits + 1 + kId) return std::nullopt;
  std::int64_t epoch = 0;
  const char* digits = key.data() + kBegin.size();
  if (std::from_chars(digits, digits + kDigits, epoch).ptr != digits + kDigits) return std::nullopt;
  return EpochName{epoch, key.substr(kBegin.size() + kDigits + 1, kId)};
}

std::set<std::string> proven_documents(const Membership& membership) {
  std::set<std::string> proven;
  for (const EpochDocument& epoch : membership.epochs()) proven.insert(epoch_key(epoch));
  for (const auto& [id, invite] : membership.invites()) proven.insert(invite_key(id));
  for (const AdmissionDocument& admission : membership.admissions()) {
    proven.insert(admission_key(admission.person.id(), admission.invite));
    proven.insert(invite_key(admission.invite));  // of an earlier epoch, maybe
  }
  return proven;
}

std::set<std::string> believed_epochs(const Membership& membership) {
  std::set<std::string> keys;
  for (const EpochDocument& epoch : membership.epochs()) keys.insert(epoch_key(epoch));
  return keys;
}

// The devices that said most; one that said nothing needs no line.
LastBatches longest_of(const LastBatches& batches) {
  std::vector<std::pair<std::int64_t, std::string>> by_length;
  for (const auto& [device, seq] : batches)
    if (seq > 0) by_length.emplace_back(seq, device);
  std::ranges::sort(by_length, std::greater<>());
  if (by_length.size() > kMostDevicesOfAPerson) by_length.resize(kMostDevicesOfAPerson);
  LastBatches longest;
  for (const auto& [seq, device] : by_length) longest[device] = seq;
  return longest;
}

}  // namespace

SealedLibrary::SealedLibrary(SealedHome home, SealMemory memory)
    : home_(std::move(home)),
      person_(home_.person.public_key().id()),
      state_{.memory = std::move(memory),
             .candidates = {},
             .membership = Membership(home_.library, {}, {}),
             .looked = {},
             .read = {}} {
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

std::set<std::string> SealedLibrary::proven_secrets(const Membership& membership) {
  std::set<std::string> ids;
  for (const EpochDocument& epoch : membership.epochs()) ids.insert(epoch.secret_id);
  return ids;
}

// Of several at once the first that is here; nothing: somebody has still to give it to us.
std::optional<SealSecret> SealedLibrary::current_secret(const State& state) {
  for (const std::string& id : state.membership.secret_ids()) {
    const auto secret = state.memory.secrets.find(id);
    if (secret != state.memory.secrets.end()) return secret->second;
  }
  return std::nullopt;
}

SealedLibrary::State SealedLibrary::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void SealedLibrary::set_state(State state) {
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
}

Result<void> SealedLibrary::ask(const std::function<Result<void>(State& state)>& ask) {
  const std::lock_guard asking(asking_mutex_);
  const State before = state();
  State asked = before;
  // What another process of this home has learned or made.
  const auto kept = load_seal_memory(home_.file);
  if (!kept) return std::unexpected(kept.error());
  asked.memory.add(*kept);
  const auto done = ask(asked);
  // What was learned before something went wrong is true all the same.
  const auto saved =
      asked.memory == before.memory ? Result<void>() : save_seal_memory(home_.file, asked.memory);
  if (saved) set_state(std::move(asked));
  return done ? saved : done;
}

Result<void> SealedLibrary::look_again(std::stop_token stop) {
  return ask([&](State& state) -> Result<void> {
    MEANWHILE_TRY(look(state, stop));
    exchange_secret_if_due(state, stop);
    return {};
  });
}

// Epoch by epoch, as each says who may make the next; then who has joined, and by whose invites. So what a
// stranger puts there is read seldom, and never kept.
Result<void> SealedLibrary::look(State& state, const std::stop_token& stop) {
  const auto found = home_.place->list(kMembersPrefix, "", stop);
  if (!found) return std::unexpected(found.error());
  Listed listed;
  for (const ObjectInfo& info : *found) listed[info.key] = info.size_bytes;
  std::erase_if(state.candidates,
                [&](const auto& candidate) { return !is_read(state, listed, candidate.first); });
  while (true) {
    auto wanted = wanted_epochs(state, listed);
    const auto admissions = wanted_admissions(state, listed);
    wanted.insert(wanted.end(), admissions.begin(), admissions.end());
    if (wanted.empty()) break;
    MEANWHILE_TRY(fetch(state, listed, wanted, stop));
    work_out(state);
  }
  work_out(state);
  state.looked = std::chrono::steady_clock::now();
  remove_expired(state, listed, stop);
  return put_back(state, listed, stop);
}

// Lately, and as it lies there now.
bool SealedLibrary::is_read(const State& state, const Listed& listed, const std::string& key) {
  const auto there = listed.find(key);
  const auto read = state.read.find(key);
  return there != listed.end() && read != state.read.end() && read->second.size == there->second &&
         std::chrono::steady_clock::now() - read->second.at <= kReadFor;
}

bool SealedLibrary::is_wanted(const State& state, const Listed& listed, const std::string& key) {
  return listed.contains(key) && !state.memory.documents.contains(key) && !is_read(state, listed, key);
}

std::set<std::string> SealedLibrary::possible_signers(const State& state) const {
  std::set<std::string> signers{home_.library.founder.id(), home_.library.recovery->id()};
  const auto add_admins = [&](const Members& members) {
    for (const auto& [person, member] : members)
      if (member.role == MemberRole::Admin) signers.insert(person);
  };
  for (const EpochDocument& epoch : state.membership.epochs()) add_admins(epoch.members);
  add_admins(state.membership.members());
  // Who came in by an invitation was an admin, maybe, when they were removed.
  for (const AdmissionDocument& admission : state.membership.admissions())
    signers.insert(admission.person.id());
  return signers;
}

std::vector<std::string> SealedLibrary::wanted_epochs(const State& state, const Listed& listed) const {
  const auto signers = possible_signers(state);
  const auto is_one = [&](const std::string& key) {
    const auto name = epoch_name(key);
    return name && name->epoch <= state.membership.epoch() + 1 && signers.contains(name->signer);
  };
  auto unproven = std::ranges::count_if(
      state.candidates, [](const auto& candidate) { return epoch_name(candidate.first).has_value(); });
  std::vector<std::string> wanted;
  for (const auto& [key, size] : listed) {
    if (unproven >= kMostUnprovenEpochs) break;
    // What was believed before all that may turn up first.
    const bool is_settled = state.memory.settled.contains(key);
    if (!(is_settled || is_one(key)) || !is_wanted(state, listed, key)) continue;
    wanted.push_back(key);
    ++unproven;
  }
  return wanted;
}

std::vector<std::string> SealedLibrary::wanted_admissions(const State& state, const Listed& listed) {
  std::vector<std::string> wanted;
  if (state.membership.epoch() == 0 || state.candidates.size() >= kMostCandidates) return wanted;
  for (const auto& [key, size] : listed) {
    const std::string invite = invite_of_admission(key);
    if (invite.empty() || wanted.size() >= kMostAtOnce) continue;
    for (const std::string& document : {key, invite_key(invite)})
      if (is_wanted(state, listed, document) && std::ranges::find(wanted, document) == wanted.end())
        wanted.push_back(document);
  }
  return wanted;
}

Result<void> SealedLibrary::fetch(State& state, const Listed& listed, const std::vector<std::string>& keys,
                                  const std::stop_token& stop) {
  const auto fetched = fetch_many(*home_.place, keys, kLargestMemberDocumentBytes, kDocumentsAtOnce, stop);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto code = fetched[i] ? ErrorCode::NotFound : fetched[i].error().code;
    // Gone meanwhile, or too long: it says nothing. Anything else is the place's trouble.
    if (!fetched[i] && code != ErrorCode::NotFound && code != ErrorCode::Corrupt)
      return std::unexpected(fetched[i].error());
    const std::string& library = home_.library.id;
    const bool is_one =
        fetched[i] &&
        (read_epoch(keys[i], *fetched[i], library) || read_invite(keys[i], *fetched[i], library) ||
         read_unverified_document(*fetched[i], kLargestAdmissionBytes).has_value());
    state.read[keys[i]] = {.size = listed.at(keys[i]), .at = std::chrono::steady_clock::now()};
    if (is_one) state.candidates[keys[i]] = *fetched[i];
  }
  return {};
}

// They are signed, and never change: whoever has them can say them again. A place that went back in time, or
// somebody who would have an epoch undone, gets them back.
Result<void> SealedLibrary::put_back(const State& state, const Listed& listed, const std::stop_token& stop) {
  for (const std::string& key : proven_documents(state.membership)) {
    const auto document = state.memory.documents.find(key);
    if (document == state.memory.documents.end()) continue;
    const auto there = listed.find(key);
    const bool is_there = there != listed.end();
    if (is_there && (!there->second || *there->second == document->second.size())) continue;
    const auto put = put_checked(*home_.place, key, document->second, stop);
    if (!put && put.error().is_control()) return put;
    // Kept wrongly, and as long: the next look wouldn't see that it isn't right. That it isn't there it does.
    if (!put && put.error().code == ErrorCode::Corrupt) (void)home_.place->remove(key, stop);
    // Who may only read can do nothing about it.
    log(LogLevel::Warning, fmt::format("{} was gone from {}, or changed{}", key, home_.place->description(),
                                       put ? ", and is back now" : ": " + put.error().message));
  }
  return {};
}

// Whoever finds an old invitation finds nothing behind it. An admin's home sees to it.
void SealedLibrary::remove_expired(const State& state, const Listed& listed, const std::stop_token& stop) {
  if (!state.membership.is_admin(person_)) return;
  for (const auto& [id, invite] : state.membership.invites()) {
    const bool is_over = invite.expires < home_.now() || state.membership.uses_of(id) >= invite.uses;
    if (is_over && listed.contains(invite_box_key(id))) (void)home_.place->remove(invite_box_key(id), stop);
  }
}

void SealedLibrary::work_out(State& state) const {
  SealMemory& memory = state.memory;
  MemberDocuments all = memory.documents;
  all.insert(state.candidates.begin(), state.candidates.end());
  state.membership = Membership(home_.library, all, memory.settled);
  for (const std::string& key : proven_documents(state.membership)) {
    const auto candidate = state.candidates.extract(key);
    if (!candidate.empty()) memory.documents[key] = candidate.mapped();
  }
  for (const EpochDocument& epoch : state.membership.epochs()) memory.settled.insert(epoch_key(epoch));
  for (const AdmissionDocument& admission : state.membership.admissions())
    memory.settled.insert(admission_key(admission.person.id(), admission.invite));
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
    const auto sealed = std::as_bytes(std::span(epoch->earlier));
    const auto earlier = open_object(secret->second, {home_.library.id, epoch_key(*epoch)},
                                     Bytes(sealed.begin(), sealed.end()));
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

Result<void> SealedLibrary::check_admin(const State& state) const {
  MEANWHILE_TRY(check_member(state));
  if (state.membership.is_admin(person_)) return {};
  return fail(ErrorCode::PermissionDenied, tr_format("only admins of \"{}\" may do this: ask one of them",
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
                                .epoch = state.membership.epoch(),
                                .believed = believed_epochs(state.membership)};
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
  plan.by = signer.public_key();
  plan.secret_id = secret.id();
  const std::string key = epoch_key(plan);
  for (const auto& [person, member] : plan.members) plan.removed.erase(person);
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
  const Bytes made = make_epoch(plan, home_.library.id, signer);
  if (!read_epoch(key, made, home_.library.id))
    return fail(ErrorCode::InvalidArgument,
                tr("the members and their devices are too many for one document"));
  MEANWHILE_TRY(store(state, key, made, stop));
  work_out(state);
  if (state.membership.epoch() != plan.epoch)
    return fail(ErrorCode::Unavailable, tr("the members have changed at the same time: try again"));
  ring_bell(stop);
  return {};
}

// What wasn't in sight when the last epoch was made: without this a member couldn't read, or somebody who was
// removed could. What goes wrong is tried again at the next look.
void SealedLibrary::exchange_secret_if_due(State& state, const std::stop_token& stop) {
  const bool may = state.membership.is_admin(person_) && !exclusion_from(state);
  if (!may || state.membership.is_secret_for_members_alone()) return;
  const auto done = start_epoch(state, next_epoch(state), home_.person, stop);
  if (!done)
    log(LogLevel::Warning, fmt::format("the key of \"{}\" couldn't be exchanged yet: {}",
                                       display_line(home_.library.name), done.error().message));
}

// So that the others look at once, and use the new secret.
void SealedLibrary::ring_bell(const std::stop_token& stop) {
  if (home_.place->capabilities().lists_cheaply) return;
  (void)home_.place->put(kBellKey, as_byte_span(SealSecret::generate().id()), stop);
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
        return fail(ErrorCode::InvalidArgument, tr("nobody of that name is a member"));
      plan.removed[person] = longest_of(batches);
    }
    for (const auto& [person, role] : change.roles) {
      const auto member = plan.members.find(person);
      if (member == plan.members.end())
        return fail(ErrorCode::InvalidArgument, tr("nobody of that name is a member"));
      member->second.role = role;
    }
    const bool has_admin = std::ranges::any_of(
        plan.members, [](const auto& member) { return member.second.role == MemberRole::Admin; });
    if (!has_admin)
      return fail(ErrorCode::InvalidArgument,
                  tr("the library would have no admin left: make somebody one first"));
    return start_epoch(state, std::move(plan), home_.person, stop);
  });
}

std::optional<std::string> SealedLibrary::exclusion() const {
  const std::lock_guard lock(mutex_);
  return exclusion_from(state_);
}

std::optional<std::string> SealedLibrary::exclusion_from(const State& state) const {
  const std::string name = display_line(home_.library.name);
  if (state.membership.removed().contains(person_))
    return tr_format(
        "you were removed from \"{}\" by one of its admins: what you said before stays, but "
        "nothing new can be read or sent. To come back, ask an admin for an invitation",
        name);
  if (!state.membership.members().contains(person_))
    return tr_format(
        "\"{}\" is sealed, and you aren't one of its members: ask one of its admins for an "
        "invitation",
        name);
  if (!current_secret(state))
    return tr_format(
        "\"{}\" got a new key just when you joined: it is given to you by itself as soon as an "
        "admin's Meanwhile has looked, or at once by a new invitation",
        name);
  return std::nullopt;
}

Result<void> SealedLibrary::check_member(const State& state) const {
  auto why_not = exclusion_from(state);
  if (!why_not) return {};
  return fail(ErrorCode::PermissionDenied, std::move(*why_not));
}

Result<SealSecret> SealedLibrary::for_writing(std::stop_token stop) {
  // Who was away may have been removed, or has to use a new secret. A place that is away now takes nothing.
  MEANWHILE_TRY(look_unless_within(kLookBeforeWriting, stop));
  const std::lock_guard lock(mutex_);
  MEANWHILE_TRY(check_member(state_));
  return *current_secret(state_);
}

// Of many who ask at once the first looks.
Result<void> SealedLibrary::look_unless_within(std::chrono::steady_clock::duration time,
                                               const std::stop_token& stop) {
  const auto is_recent = [&](const State& state) {
    return state.looked && std::chrono::steady_clock::now() - *state.looked <= time;
  };
  {
    const std::lock_guard lock(mutex_);
    if (is_recent(state_)) return {};
  }
  return ask([&](State& state) { return is_recent(state) ? Result<void>() : look(state, stop); });
}

std::optional<SealSecret> SealedLibrary::known(const std::string& secret_id) const {
  const std::lock_guard lock(mutex_);
  const auto secret = state_.memory.secrets.find(secret_id);
  return secret == state_.memory.secrets.end() ? std::nullopt : std::optional(secret->second);
}

Result<SealSecret> SealedLibrary::find(const std::string& secret_id, std::stop_token stop) {
  if (const auto secret = known(secret_id)) return *secret;
  MEANWHILE_TRY(look_unless_within(kLookInterval, stop));
  if (const auto secret = known(secret_id)) return *secret;
  MEANWHILE_TRY(check_member(state()));
  return fail(ErrorCode::PermissionDenied, tr("it is sealed for others, not for this person"));
}

std::int64_t SealedLibrary::last_batch(const std::string& person, const std::string& device) {
  const std::lock_guard lock(mutex_);
  return state_.membership.last_batch(person, device);
}

}  // namespace meanwhile
