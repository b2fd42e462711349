// The comment that is being written. Typing it pauses the player and holds on to the moment at which it
// began.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "media/base/media_time.h"

namespace meanwhile {

struct Draft {
  std::string text;
  // Where it will hang on the timeline: set by the first character, kept until the text is emptied or sent.
  std::optional<MediaTime> at;
  // A comment's id: a reply to it, which needs no moment of its own.
  std::optional<std::string> reply_to;
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

// An empty field, after sending or cancelling.
Draft empty_draft(const Draft& before);

// Only spaces and line breaks is nothing to send.
// Without blanks and line breaks around it: the field takes the Enter of Ctrl+Enter for a line break.
std::string text_to_send(const Draft& draft);
bool can_send(const Draft& draft);

}  // namespace meanwhile
