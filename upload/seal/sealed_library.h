// This home's part in a sealed library: the secrets that it has, and who belongs to the library.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/library_marker.h"
#include "upload/seal/member_documents.h"
#include "upload/seal/membership.h"
#include "upload/seal/object_seal.h"
#include "upload/seal/seal_memory.h"
#include "upload/seal/sealed_storage.h"
#include "upload/signing.h"
#include "upload/speakers.h"
#include "upload/storage.h"

namespace meanwhile {

struct SealedHome {
  std::filesystem::path file;  // where this home keeps the secrets, 0600; in a folder that is there
  LibraryMarker library;
  KeyPair person;
  std::shared_ptr<Storage> place;  // as it is, not opened
  std::function<WallTime()> now = wall_now;
};

struct InviteTerms {
  MemberRole role = MemberRole::Member;
  std::int64_t uses = 1;
  std::chrono::hours valid{24 * 14};
};

// How the members change: an admin's to say.
struct MemberChange {
  std::map<std::string, LastBatches> remove;  // by person: their devices' last batches that count
  std::map<std::string, MemberRole> roles;    // of members
};

// Any thread; several processes may use one home. Calls with a stop ask the place.
class SealedLibrary final : public SealSecrets, public Speakers {
 public:
  // Of a library whose members this home may or may not be one of. Nothing is asked of the place. Errors:
  // Corrupt (the file), PermissionDenied, Io.
  static Result<std::shared_ptr<SealedLibrary>> open(SealedHome home);

  // Its founder's, before the marker is written: makes the first epoch, with this person as its one member.
  // Errors: the place's, NoSpace, Io.
  Result<void> start(std::stop_token stop);

  // Reads what is new in members/, and puts back what this home knows and the place has lost. An admin's home
  // exchanges a secret that isn't the members' alone. Errors: the place's, NoSpace, Io.
  Result<void> look_again(std::stop_token stop) override;

  // Why this person can't read what is new or say anything: a sentence; nullopt: they can.
  std::optional<std::string> exclusion() const;
  bool is_member() const;
  bool is_admin() const;
  Membership membership() const;

  // By an invite's key. Whoever is a member already stays it. inviter: who gave it away, as they say
  // themselves: whose word on the members a home that belongs to none yet takes over, whatever else lies in
  // members/. Errors: PermissionDenied (used, expired or taken back, or it leads to other members than one's
  // own: a sentence), and as look_again().
  Result<void> join(const KeyPair& invite, std::stop_token stop,
                    const std::optional<PublicKey>& inviter = std::nullopt);
  // A key that lets others join. Errors: PermissionDenied (not an admin), and as look_again().
  Result<KeyPair> invite(const InviteTerms& terms, std::stop_token stop);
  // A new epoch; invites that are open end with it. Errors: PermissionDenied (not an admin), InvalidArgument
  // (not a member, the last admin), and as look_again().
  Result<void> change(const MemberChange& change, std::stop_token stop);
  // Comes in, as an admin, by the recovery key. believed: the beginning of the id of the admin whose word on
  // the members counts where two removed each other. Errors: PermissionDenied (another key), InvalidArgument
  // (two did, and nobody says whom to believe: a sentence), and as look_again().
  Result<void> recover(const KeyPair& recovery, std::stop_token stop, const std::string& believed = "");
  // All that this home believes of the members is forgotten, so that whoever invites next is believed. The
  // secrets stay. Errors: NoSpace, PermissionDenied, Io.
  Result<void> forget_members();
  // Ids of secrets that this home has sealed with, and those whom it has joined since may not have: "", if
  // there are none.
  std::string secrets_of_former_members() const;

  const PublicKey& person_key() const { return home_.person.public_key(); }
  // The one that the marker names.
  const PublicKey& recovery_key() const { return *home_.library.recovery; }

  // SealSecrets
  Result<SealSecret> for_writing(std::stop_token stop) override;
  Result<SealSecret> find(const std::string& secret_id, std::stop_token stop) override;
  // Speakers
  std::int64_t last_batch(const std::string& person, const std::string& device) override;

 private:
  // When something in members/ was read, and how long it was then.
  struct Read {
    std::optional<std::uint64_t> size;
    std::chrono::steady_clock::time_point at;
  };
  // What is in members/, by its size; nullopt: the place doesn't tell.
  using Listed = std::map<std::string, std::optional<std::uint64_t>>;
  struct State {
    SealMemory memory;           // what is proven
    MemberDocuments candidates;  // what isn't yet, and some other document may prove. Not kept
    Membership membership;
    std::optional<std::chrono::steady_clock::time_point> looked;
    // What isn't proven: half of a document may become a whole one, or be put right.
    std::map<std::string, Read> read;
  };

  SealedLibrary(SealedHome home, SealMemory memory);
  State state() const;
  void set_state(State state);
  // Asks on a copy of the state, which counts once that worked: nobody waits for the place who needn't.
  Result<void> ask(const std::function<Result<void>(State& state)>& ask);
  Result<void> look(State& state, const std::stop_token& stop);
  Result<void> fetch(State& state, const Listed& listed, const std::vector<std::string>& keys,
                     const std::stop_token& stop);
  std::vector<std::string> wanted_epochs(const State& state, const Listed& listed) const;
  static std::vector<std::string> wanted_admissions(const State& state, const Listed& listed);
  std::set<std::string> possible_signers(const State& state) const;
  static bool is_read(const State& state, const Listed& listed, const std::string& key);
  static bool is_wanted(const State& state, const Listed& listed, const std::string& key);
  Result<void> put_back(const State& state, const Listed& listed, const std::stop_token& stop);
  void remove_expired(const State& state, const Listed& listed, const std::stop_token& stop);
  void work_out(State& state) const;
  void unlock_with(State& state, const KeyPair& key) const;
  Result<const InviteDocument*> usable(const State& state, const std::string& invite) const;
  Result<void> take_box(State& state, const KeyPair& invite, const std::stop_token& stop);
  Result<void> come_in(State& state, const KeyPair& invite, const std::optional<PublicKey>& inviter,
                       const std::stop_token& stop);
  Result<InviteDocument> read_invite_of(const KeyPair& invite, const PublicKey& inviter,
                                        const std::stop_token& stop) const;
  Result<void> follow(State& state, const InviteDocument& invite) const;
  Result<void> believe(State& state, const std::set<std::string>& epochs) const;
  Result<void> choose(State& state, const std::string& believed) const;
  static std::set<std::string> proven_secrets(const Membership& membership);
  static std::optional<SealSecret> current_secret(const State& state);
  Result<void> start_epoch(State& state, EpochDocument plan, const KeyPair& signer,
                           const std::stop_token& stop);
  void exchange_secret_if_due(State& state, const std::stop_token& stop);
  Result<void> store(State& state, const std::string& key, Bytes bytes, const std::stop_token& stop);
  void ring_bell(const std::stop_token& stop);
  EpochDocument next_epoch(const State& state) const;
  Result<void> check_admin(const State& state) const;
  std::optional<std::string> exclusion_from(const State& state) const;
  Result<void> check_member(const State& state) const;
  Result<void> look_unless_within(std::chrono::steady_clock::duration time, const std::stop_token& stop);
  std::optional<SealSecret> known(const std::string& secret_id) const;

  const SealedHome home_;
  const std::string person_;
  mutable std::mutex mutex_;  // of state_
  std::mutex asking_mutex_;   // one at a time asks the place; taken before mutex_
  State state_;
};

}  // namespace meanwhile
