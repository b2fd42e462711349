// What guests said, in the index: each word under its own id, as if it were an event of the guest's device.
#pragma once

#include <set>
#include <string>

#include "app/library/events.h"
#include "app/library/merge.h"
#include "app/library/sqlite.h"
#include "media/base/result.h"

namespace meanwhile {

// Within a transaction of the caller's. Errors: as SqliteFile.
class GuestTable {
 public:
  explicit GuestTable(SqliteFile& file) : file_(file) {}

  // The words that a member's event carries. Said by two members they are the same words: the earlier counts.
  // touched: gets the subjects that change.
  Result<void> take(const LoggedEvent& carrier, const GuestEvent& event, std::set<std::string>& touched);
  // Nobody is a guest under the id of a device or a person: what counted until now doesn't any more.
  Result<void> note_member(const std::string& device, const std::string& person,
                           std::set<std::string>& touched);
  // The guest among the people. events: of "guest:<id>".
  Result<void> store(const std::string& guest, const Events& events);

 private:
  Result<bool> is_member(const std::string& id);

  SqliteFile& file_;
};

}  // namespace meanwhile
