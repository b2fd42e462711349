// What an author says of a clip besides what is in it: title, channel, description, chapters; changed at any
// time.
#pragma once

#include <optional>
#include <string>

#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "media/base/chapters.h"
#include "media/base/result.h"

namespace meanwhile {

struct ClipChange {
  std::optional<std::string> title;
  std::optional<std::string> channel;  // its name; "": in none
  std::optional<std::string> description;
  std::optional<Chapters> chapters;
};

// The word that shows the clip as it is shown now.
PublishedEvent published_event(const Clip& clip);

// The word that names what was added to it.
AdditionEvent addition_event(const std::string& clip, const Addition& addition);

// The word that shows it so changed, for the author to say. Makes the channel, if it is a new one. Errors:
// PermissionDenied (somebody else's), InvalidArgument (it is still being recorded), LibrarySession::say's.
Result<PublishedEvent> changed_clip(LibrarySession& library, const Clip& clip, const ClipChange& change);

}  // namespace meanwhile
