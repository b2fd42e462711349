// The comments of the index: which thread and clip each belongs to, also when answers come before what they
// answer.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/library/index_rows.h"
#include "app/library/merge.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

// Within a transaction of the caller's. Errors: as SqliteFile.
class CommentTable {
 public:
  explicit CommentTable(SqliteFile& file) : file_(file) {}

  // comments: all that there is under id, at least one. clips: gets those whose comments changed.
  Result<void> store(const EventId& id, const std::vector<MergedComment>& comments,
                     std::set<std::string>& clips);
  // There is none under id any more; what answers it waits again.
  Result<void> remove(const EventId& id, std::set<std::string>& clips);

 private:
  // What an answer takes from what it answers.
  struct Thread {
    std::string clip;
    EventId root;
    bool operator==(const Thread&) const = default;
  };
  // Of the first row under an id.
  struct Place {
    std::optional<EventId> parent;
    std::optional<Thread> thread;
    bool operator==(const Place&) const = default;
  };

  Result<std::optional<Place>> place_of(const EventId& id);
  Result<std::optional<Thread>> thread_of(const EventId& id);
  Result<void> insert(const EventId& id, int ordinal, const MergedComment& comment,
                      const std::optional<Thread>& thread);
  Result<void> store_addressed(const EventId& id, const std::vector<MergedComment>& comments);
  Result<void> address(const EventId& id, AddressedAs how, const std::vector<std::string>& people);
  // Whoever hangs up a clip of their own recorded it for that.
  Result<std::optional<Thread>> thread_for(const EventId& id, const MergedComment& comment);
  Result<std::vector<EventId>> answers_to(const EventId& id);
  Result<void> set_thread_of_answers(const EventId& id, const std::optional<Thread>& thread);
  Result<std::vector<EventId>> answers_elsewhere(const EventId& id, const Thread& thread);
  Result<void> detach_answers(const EventId& id);
  Result<void> attach_answers(const EventId& id, const Thread& thread);

  SqliteFile& file_;
};

}  // namespace meanwhile
