// Takes up what guests left beside the pages of shares that are open: shares/<share>/answers/.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/index.h"
#include "app/page/guest_words.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/seal/guest_seal.h"
#include "upload/storage.h"

namespace meanwhile {

// Of one, sealed or not.
constexpr std::uint64_t kLargestAnswerObject = kLargestGuestDocumentBytes + kGuestSealBytes;

// Between two looks at all of a library's shares.
constexpr std::chrono::minutes kBetweenAnswerLooks{1};

// What the intake needs of a library.
struct IntakeLibrary {
  Storage& place;
  Index& index;
  std::filesystem::path folder;  // the home's, for its notes
  // All of it is in the journal when this returns, or none.
  std::function<Result<void>(const std::vector<EventBody>&)> say;
  // Everything that this home said is with the others: only then may what it came from be removed.
  std::function<bool()> is_all_stored;
};

// One a library and process; one thread at a time.
class GuestIntake {
 public:
  // It may be time for a look: nobody needs to know before which shares there are.
  bool is_due(WallTime now) const;
  // Unless it did within kBetweenAnswerLooks, looks at those of the shares that are open: one listing each,
  // and one request for each new answer. What was taken up, or won't be, is removed by the home of the clip's
  // author, once it is stored. Blocks. Errors: the storage's, the index's, say's; what came before is taken
  // up.
  Result<TakenUp> look(const IntakeLibrary& library, std::span<const OpenShare> shares, WallTime now,
                       const std::stop_token& stop);

 private:
  std::optional<WallTime> last_;  // look
  std::set<std::string> unread_;  // objects that a newer version may read
};

}  // namespace meanwhile
