// One library, opened: its storage, this device's log, the outbox, the sync and the index, wired together.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/libraries/private_words.h"
#include "app/library/events.h"
#include "app/library/home.h"
#include "app/library/index.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/decorate/reopening_storage.h"
#include "upload/event_batch.h"
#include "upload/event_log.h"
#include "upload/identity.h"
#include "upload/outbox.h"
#include "upload/seal/sealed_library.h"
#include "upload/storage.h"
#include "upload/sync.h"

namespace meanwhile {

// Calls come from one thread, but for sync() (one thread at a time, any) and outbox() (any thread).
class LibrarySession {
 public:
  // person_name: for new keys and libraries. One that was opened here before is opened from what is here,
  // without a word to its place; of any other the place is asked, which may take as long as its network does.
  // Errors: InvalidArgument (the URL), Unavailable, PermissionDenied, Unsupported (a newer format), NoSpace,
  // Io, Aborted (stop).
  static Result<std::unique_ptr<LibrarySession>> open(const Home& home, const std::string& url,
                                                      const std::string& person_name,
                                                      std::stop_token stop = {});
  ~LibrarySession();

  const std::string& id() const { return id_; }
  // As its founder called it: foreign text, one line, ready to be shown.
  const std::string& name() const { return name_; }
  // base64 of the founder's key; "": a library that an older version met, and nobody reached since.
  const std::string& founder() const { return founder_; }
  const std::string& url() const { return url_; }
  const std::filesystem::path& folder() const { return folder_; }
  const std::filesystem::path& cache() const { return cache_; }
  std::string description() const { return storage_->description(); }

  Index& index() { return *index_; }
  // The same, for the thread that may sync().
  Index& sync_index() { return *sync_index_; }
  Outbox& outbox() { return *outbox_; }
  // As the members see it: what is sealed is opened.
  Storage& storage() { return *storage_; }
  std::shared_ptr<Storage> shared_storage() const { return storage_; }
  std::shared_ptr<EventLog> log() const { return log_; }
  const Identity& identity() const { return *identity_; }
  // Who belongs to it; nullptr: an open library, where everybody does who can write there.
  SealedLibrary* sealed() const { return sealed_.get(); }
  std::shared_ptr<SealedLibrary> shared_sealed() const { return sealed_; }
  // The last batches of a person's devices in the library: what counts of somebody who is removed now.
  // Any thread; waits for sync(). Errors: as Sync::heads_of.
  Result<std::map<std::string, std::int64_t>> heads_of(const std::string& person, std::stop_token stop) {
    return sync_->heads_of(person, std::move(stop));
  }

  // Journals a word of this person; the outbox carries it, and the index shows it: if that can't take it now
  // (no room), a warning is logged, and it follows with the next word, the next sync() or the next opening.
  // When this returns it is on the disk. Errors, and then nobody ever gets it: InvalidArgument (too long, no
  // valid UTF-8, …), NoSpace, Io.
  Result<EventId> say(const EventBody& body);
  // The same for several, in one piece: all or none; gives the last. At least one.
  Result<EventId> say(const std::vector<EventBody>& bodies);

  // Names in an event that says body what it replaces, as say() does: for what is appended by others.
  void name_replaced(const EventBody& body, Json& event);

  // A channel shows its name as it was typed first; later ones find it by its id. "": none is made. Errors:
  // as say().
  Result<void> make_channel(const std::string& name);

  // The same for what nobody else is to get: it stays on this machine. Errors: as say().
  Result<void> keep_private(const EventBody& body);
  Result<void> keep_private(std::span<const EventBody> bodies);

  // Whether the place answers, and holds this library. Any thread; blocks. Errors: why it can't be used now.
  Result<void> reach(std::stop_token stop);

  // Of a sealed library: what opens all of a clip's objects, and nothing else, if the object `key` is one of
  // them. Any thread; blocks. Errors: PermissionDenied (nobody gave this person its secret), the place's,
  // Corrupt.
  Result<std::array<unsigned char, 32>> clip_scope(const std::string& key, std::stop_token stop);

  // Somebody waits for the place's answer right now. Any thread.
  bool waits_for_place() const { return place_->is_waited_for(); }

  // Fetches what others said into the index; `changed`, too, if the index isn't as the last call left it.
  // Errors: Unavailable and the storage's others; Aborted.
  Result<SyncReport> sync(std::stop_token stop = {});

  // Says again here what this person said in another library, which was in the same place and isn't used any
  // more, and sends what was promised to it; once. Errors: as say().
  Result<void> take_over(const std::filesystem::path& journal, const std::string& library);

  // As say(), for the thread that may sync(): what others left in the place for the library, and replaces
  // nothing.
  Result<void> carry(const std::vector<EventBody>& bodies);

  // What the outbox said for us ("published") is in the index too after this; as say() if it can't be.
  void index_own_events();

 private:
  LibrarySession() = default;
  Result<void> open_parts(const std::filesystem::path& database);
  Result<void> rebuild_if_empty();
  Result<void> index_journal(Index& index);
  void show_own(const AuthoredEvents& events);
  void note_index(const Result<void>& indexed);
  // The outbox has said something since ("published").
  bool is_log_ahead() const;
  Result<void> index_private(std::vector<Json> events);

  std::string id_;
  std::string name_;
  std::string founder_;
  std::string url_;
  std::filesystem::path folder_;
  std::filesystem::path cache_;
  std::shared_ptr<Identity> identity_;
  std::shared_ptr<ReopeningStorage> place_;
  std::shared_ptr<SealedLibrary> sealed_;
  std::shared_ptr<Storage> storage_;
  std::shared_ptr<EventLog> log_;
  std::unique_ptr<Index> index_;
  // sync()'s own, so that queries don't wait for a long poll.
  std::unique_ptr<Index> sync_index_;
  // A library is there without them.
  Result<std::unique_ptr<PrivateWords>> private_words_;
  std::unique_ptr<Sync> sync_;
  std::int64_t seen_revision_ = -1;  // of the index, by sync()
  std::atomic<bool> is_index_behind_ = false;
  std::atomic<std::int64_t> indexed_number_ = -1;  // of this device's events: all up to it are in the index
  std::unique_ptr<Outbox> outbox_;                 // last: its threads end before the rest goes
};

}  // namespace meanwhile
