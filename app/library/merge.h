// How events merge: pure functions from all the events about one thing to what it looks like now. They see
// the events sorted, so the order of arrival can't matter. The rules: FORMAT.md.
#pragma once

#include <compare>  // IWYU pragma: keep (a defaulted <=> needs it)
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/library/addition.h"
#include "app/library/events.h"
#include "app/library/share.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "upload/event_batch.h"
#include "upload/hlc.h"

namespace meanwhile {

// An event that was taken in.
struct LoggedEvent {
  EventId id;
  std::int64_t variant = 0;  // tells two different events under one id apart: a hash of the event
  std::string person;
  Hlc order = 0;  // order_of() its hlc
  WallTime created{};
  EventBody body;
  std::vector<EventId> replaces = {};  // each once
  std::string guest_clip = {};         // of a guest's word: the only clip that it may be about
};

// Later wins, where none names the other as replaced (replacing.h). The same everywhere, so that everybody
// sees the same winner.
std::strong_ordering compare(const LoggedEvent& a, const LoggedEvent& b);

// What an event is about: all events with one subject are merged together.
// "clip:<id>", "comment:<id>", "channel:<id>", "person:<id>", "react:<clip>:<person>",
// "watched:<clip>:<person>", "fetched:<clip>:<person>", "archive:<clip>:<person>", "guest:<id>",
// "share:<id>".
std::string subject_of(const EventId& id, const std::string& person, const EventBody& body);

// All of the functions below take the events of one subject, sorted by compare().
using Events = std::vector<LoggedEvent>;

struct MergedClip {
  std::string person;  // the author: who published it first
  std::string device;
  PublishedEvent published;  // the author's last, with the title that counts
  WallTime published_at{};
  std::optional<WallTime> edited;  // when its author changed it last
  Hlc published_order = 0;         // of the author's first
  bool is_live = false;            // being recorded: `published` has no duration, tracks and manifest yet
  std::optional<Hlc> deleted;      // when, by the common clock; nullopt: it isn't
  // Anybody may give a title: whose counts, and what the author calls it.
  std::string titled_by;
  std::string authors_title;
  // What came later: of each kind, language and person the last. The author's come first.
  std::vector<Addition> additions;
};
// nullopt: neither published nor being recorded.
std::optional<MergedClip> merge_clip(const Events& events);

// One comment or reply. A fork can put two of them under one id: both are kept.
struct MergedComment {
  std::string person;
  std::optional<std::string> clip;  // of a comment
  std::optional<EventId> reply_to;  // of a reply
  std::optional<AskEvent> ask;      // of an ask: as it was asked
  MediaTime at{};
  std::optional<MediaTime> to;
  std::string copy_of;                // CommentEvent's
  int made_on = 1;                    // its version
  std::string guest_clip;             // LoggedEvent's
  std::vector<std::string> versions;  // of its text, oldest first; the last counts; at least one
  Attachments with;                   // mentions: of the last version
  WallTime created{};
  Hlc order = 0;
  std::optional<WallTime> edited;
  std::string resolved_by;  // a person's id; "": it isn't
  bool is_deleted = false;
};
// The first is the one that answers belong to. Empty: only words about it have arrived so far.
std::vector<MergedComment> merge_comment(const EventId& id, const Events& events);

struct MergedChannel {
  std::optional<std::string> name;
  std::string archived_by;  // a person's id; "": it isn't
};
MergedChannel merge_channel(const Events& events);

ProfileEvent merge_profile(const Events& events);

struct MergedGuest {
  std::string said_name;            // by the guest, in the document that comes last
  Hlc since = 0;                    // when the first of their words were taken up
  std::optional<std::string> name;  // by the member who knows them
  std::string known_by;             // a person's id; "": nobody says so
};
// nullopt: nothing of theirs was taken up.
std::optional<MergedGuest> merge_guest(const Events& events);

// One person's, by moment; what was taken back is left out.
std::map<MediaTime, std::string> merge_reactions(const Events& events);

// One person's word on a clip.
struct MergedArchive {
  bool is_archived = false;
  Hlc last = 0;
};
MergedArchive merge_archive(const Events& events);

// One share's.
struct MergedShare {
  std::string clip;
  std::string person;  // who said it first
  ShareTerms terms;    // as they were said last
  WallTime made{};
  bool is_off = false;
};
// nullopt: nobody has said what is shared.
std::optional<MergedShare> merge_share(const Events& events);

struct MergedWatching {
  std::vector<MomentRange> ranges;      // sorted, apart
  std::optional<MediaTime> stopped_at;  // the last time
  std::vector<EventId> read;            // any order, some more than once
  int version = 1;                      // of the update, that ranges and stopped_at are about
};
MergedWatching merge_watching(const Events& events);

}  // namespace meanwhile
