// The comment that is being written. Typing it pauses the player and holds on to the moment at which it
// began.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/library/drawing.h"
#include "app/library/events.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"

namespace meanwhile {

// What makes the draft an ask.
struct AskDraft {
  AskKind kind = AskKind::Answer;
  std::vector<std::string> people = {};  // ids; none: everyone
  std::optional<WallTime> by = std::nullopt;
  // A time that is typed instead of chosen; `by` follows it as far as it is one.
  std::optional<std::string> by_typed = std::nullopt;
};

struct Draft {
  std::string text = {};
  // Where it will hang on the timeline: set by the first character, shape or mark, kept until the draft is
  // emptied or sent.
  std::optional<MediaTime> at = std::nullopt;
  // The end of a range that begins at `at`; later than that.
  std::optional<MediaTime> to = std::nullopt;
  // A comment's id: a reply to it, which needs no moment of its own.
  std::optional<std::string> reply_to = std::nullopt;
  Drawing drawing = {};
  std::optional<AskDraft> ask = std::nullopt;
  // Counts up when the draft is taken out of the field's hands (sent, cancelled, loaded): the field starts
  // over.
  int generation = 0;
};

struct DraftStep {
  Draft draft;
  bool pause = false;  // the player has to pause now
};

// What becomes of the draft when the field says `text` while the player stands or plays at `now`.
// The first character of a comment remembers `now` and pauses; a field emptied by hand forgets the moment. A
// reply has the moment of its thread: it pauses too, and remembers nothing.
DraftStep edit_draft(const Draft& before, std::string text, MediaTime now);

// The draft when the person turns to answering `comment`: what is half written is kept, its moment is not.
Draft reply_draft(const Draft& before, std::string comment);

// The draft with a range, as it was dragged over the bar, in whichever direction; no longer a reply. Ends
// that are the same are a moment.
Draft ranged_draft(const Draft& before, MediaTime from, MediaTime to);

// The draft with one more shape, drawn at `now`; as it was, if that would be too many.
Draft drawn_draft(const Draft& before, Shape shape, MediaTime now);
// Without the last shape; forgets the moment with the last thing that needed it.
Draft undrawn_draft(const Draft& before);

// Something is there that would be lost.
bool is_begun(const Draft& draft);

// An empty field, after sending or cancelling.
Draft empty_draft(const Draft& before);

// Only spaces and line breaks is nothing to send, unless something was drawn; an ask needs words.
// Without blanks and line breaks around it.
std::string text_to_send(const Draft& draft);
bool can_send(const Draft& draft);

}  // namespace meanwhile
