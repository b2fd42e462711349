// What somebody who has only a share's link said on its page: one document, signed with a key of their
// browser. The format: FORMAT.md, "Guest words".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/events.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

constexpr std::size_t kLargestGuestDocumentBytes = 16 << 10;
// A guest's words in one browser: six digits.
constexpr std::int64_t kLastGuestWord = 999'999;

struct GuestWord {
  EventId id;      // "<guest>.<number>"
  Json event;      // as a library's own would be, with the clip; nothing but what a guest may say
  EventBody body;  // a comment, a reply or a reaction
};

struct GuestDocument {
  std::string share;
  std::string clip;
  std::string guest;             // the id of the key
  std::string name;              // as the guest typed it; it can be seen
  std::int64_t n = 1;            // of the first word
  WallTime at{};                 // by the guest's clock
  std::vector<GuestWord> words;  // those that are understood
};

// text: as anybody may have written it; the signature is checked. Errors: Corrupt (too long, not signed by
// the key in it, a field that is missing or out of bounds, a name that nobody can see), Unsupported (newer).
Result<GuestDocument> read_guest_document(std::string_view text);

// The event by which a member says again what a guest said. Errors: as read_guest_document.
Result<GuestEvent> guest_event(std::string_view document);

// "3 comments", "1 comment, 2 replies, 1 reaction"; "nothing".
struct WordCounts {
  int comments = 0;
  int replies = 0;
  int reactions = 0;
};
WordCounts count_words(const GuestDocument& document);
std::string count_words_text(const WordCounts& counts);

}  // namespace meanwhile
