// This device's own words in one library: journaled here first, then written out by the outbox.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "media/base/guarded.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/hlc.h"
#include "upload/identity.h"
#include "upload/journal.h"

namespace meanwhile {

struct Appended {
  std::vector<Json> events;  // as given, with "n", "hlc" and "at" in front
  EventId last;
};

// Any thread; several processes may have one log open. Calls block on the local disk only, unless they take a
// Storage.
class EventLog {
 public:
  // database: <home>/libraries/<id>.db, the same as the outbox's and sync's; made if it isn't there. library:
  // its id. Errors: Corrupt, PermissionDenied, NoSpace, Io.
  static Result<std::shared_ptr<EventLog>> open(const std::filesystem::path& database,
                                                std::shared_ptr<Identity> identity,
                                                std::function<WallTime()> now = wall_now,
                                                std::string library = {});

  // The id of the library, which all that is signed for it names; "": none is named, none is asked for.
  const std::string& library() const { return library_; }

  // Says again here what was said in `from`, a library that gave way to this one in its place: once, however
  // often it is called, and with what refers to each other still doing so. Errors: as append().
  Result<void> take_over(EventLog& from);

  // Each event: an object with a string "type", and no "n", "hlc", "at". When this returns they are on the
  // disk, and will reach the library. All or none. Errors: InvalidArgument (shape, or an event over
  // kLargestEventBytes), NoSpace, Io.
  Result<Appended> append(std::vector<Json> events);

  // As append(), inside a transaction on another connection to the same journal: what the outbox does once a
  // group is stored.
  Result<Appended> append_within(Journal& journal, std::vector<Json> events);

  // The device whose log is written now, within a transaction on journal. Errors: as Identity::open, Io.
  Result<Identity::Device> current_device(Journal& journal);

  // Events of this home's devices (a renewed device's log too), in the order written: to build an index
  // again. visit's error ends it. Errors: Corrupt, Io.
  Result<void> for_each(
      const std::function<Result<void>(const std::string& device, const Json& event)>& visit);

  // A remote event's time was seen: later events here come after it. One that is wrong is passed over.
  Result<void> observe(Hlc hlc);

  // In the library, as far as this device knows: its head was acknowledged. Errors: NotFound (no such event
  // here).
  Result<bool> is_stored(const EventId& event);

  // What an event is called now: after a fork, words that hadn't been stored are said again by the new
  // device, and the index is to be built again. Errors: Io.
  Result<EventId> present_id(EventId event);

  // Events that wait to be stored. Errors: Io.
  Result<std::int64_t> waiting();

  // The number of this device's last event, whoever appended it; 0: it hasn't said anything. Errors: Io.
  Result<std::int64_t> last_number();

  // By the clock that events get their times from.
  WallTime now() const { return now_(); }

  std::shared_ptr<Identity> identity() const { return identity_; }

  // Called after each append, with no lock held, on the appending thread.
  void set_listener(std::function<void()> listener);

 private:
  EventLog(Journal journal, std::shared_ptr<Identity> identity, std::function<WallTime()> now,
           std::string library);
  Result<void> append_once(Journal& journal, const std::string& name, const std::vector<std::string>& ids,
                           std::vector<Json> events);
  Result<void> append_all(Journal& journal, std::vector<Json> events, Appended& appended);
  void tell_listener();

  const std::shared_ptr<Identity> identity_;
  const std::function<WallTime()> now_;
  const std::string library_;
  Guarded<Journal> journal_;
  Guarded<std::function<void()>> listener_;
};

}  // namespace meanwhile
