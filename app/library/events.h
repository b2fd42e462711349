// What people do in a library: the events that merge into what everybody sees. The format: FORMAT.md in this
// folder.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/library/addition.h"
#include "app/library/drawing.h"
#include "app/library/share.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

// No clip is longer: a moment past this is an attack or a bug. The same limit as parse_duration's.
constexpr MediaTime kLongestClip = std::chrono::hours(100);

// "<device>.<n>": what a person passes on the command line as a comment's id.
std::string to_text(const EventId& id);
std::optional<EventId> parse_event_id(std::string_view text);

// Channels are named by their person-given name in lower case: "Design reviews" -> "design-reviews". So two
// people who make the same channel offline make one. [a-z0-9-], 1 to 64. A name that this can't carry whole
// gets a hash at its end.
std::string channel_id_for(std::string_view name);
bool is_channel_id(std::string_view text);

// Fields that are left out stay as they are.
struct ProfileEvent {
  std::optional<std::string> name;
  std::optional<std::string> time_zone;  // IANA: "Europe/Berlin"
  std::optional<std::string> hours;      // "09:00-17:00" in that zone; "": none given
  std::optional<std::string> days = {};  // that they work on: "mon,tue,wed"; "": not said
  std::optional<std::string> away = {};  // "2026-12-24..2027-01-02,2027-05-01"; "": no days off
};

// Makes, renames or archives a channel. Fields that are left out stay as they are.
struct ChannelEvent {
  std::string channel;
  std::optional<std::string> name;
  std::optional<bool> archived;
};

struct PublishedTrack {
  std::string name;
  int width = 0;  // 0 for sound
  int height = 0;
  bool operator==(const PublishedTrack&) const = default;
};

// Shows a clip to everybody. Once more by the same person: the newest counts.
struct PublishedEvent {
  std::string clip;
  std::string title;
  std::string channel;  // a channel id; "": in none
  MediaTime duration{};
  std::string recorded;         // RFC 3339
  std::string manifest_sha256;  // of clip.json's exact bytes, in hex
  std::vector<PublishedTrack> tracks;
  bool in_the_morning = false;   // shown to each person when their next working day begins, not at once
  MediaTime pauses{};            // of the duration: silent and still, passed over by who skips pauses
  std::string description = {};  // shown as it is, with its links and lists; "": none
  Chapters chapters = {};        // all within the duration
};

// A clip can be watched while it is being recorded, or can't any more. Nobody heeds it once that is
// published.
struct LiveEvent {
  std::string clip;
  std::string title;
  std::string channel;   // a channel id; "": in none
  std::string recorded;  // RFC 3339
  bool has_ended = false;
};

// The most that an event names.
constexpr std::size_t kMostPeople = 50;
constexpr std::size_t kMostRead = 500;  // in one WatchedEvent

// What a comment or reply has beside its words.
struct Attachments {
  Drawing drawing = {};                    // over the screen track
  std::string media = {};                  // a clip recorded as this answer; "": none
  std::vector<std::string> mentions = {};  // person ids, each once
};

struct CommentEvent {
  std::string clip;
  MediaTime at{};
  std::optional<MediaTime> to;  // not before at
  std::string text;             // may be blank if something is attached
  Attachments with = {};
  // The comment of another library that this one says again there where its clip was moved to: an id, as
  // Comment::id has it; "": none.
  std::string copy_of = {};
  int version = 1;  // of the update that it was made on
};

struct ReplyEvent {
  EventId to;  // a comment, an ask or another reply
  std::string text;
  Attachments with = {};
  std::string copy_of = {};  // as CommentEvent's
};

// What the author wants of those who watch: a decision, an answer, or only that they know.
enum class AskKind { Decision, Answer, Know };
std::string_view ask_kind_name(AskKind kind);
std::optional<AskKind> parse_ask_kind(std::string_view name);

// Starts a thread as a comment does; a reply to it answers it.
struct AskEvent {
  std::string clip;
  MediaTime at{};
  AskKind kind = AskKind::Answer;
  std::string text;
  std::vector<std::string> people = {};       // ids of those who are asked; none: everyone
  std::optional<WallTime> by = std::nullopt;  // until when an answer is hoped for
  std::string copy_of = {};                   // as CommentEvent's
  int version = 1;                            // likewise
};

// Counts only from the person who wrote the comment, ask or reply.
struct EditEvent {
  EventId comment;
  std::string text;
  std::vector<std::string> mentions = {};  // instead of those before
};

// Counts only from the person who wrote it, and of a guest's words from anybody. Beats every edit.
struct DeleteCommentEvent {
  EventId comment;
};

// Counts only from the clip's author.
struct DeleteClipEvent {
  std::string clip;
};

// How long a deleted clip can be brought back; then its bytes go.
constexpr std::chrono::days kTrashGrace{30};

// Brings a deleted clip back. Counts only from its author, and within kTrashGrace of the deletion.
struct RestoreClipEvent {
  std::string clip;
};

struct ResolveEvent {
  EventId comment;
  bool resolved = true;
};

// One reaction a person and moment: the last wins, and "" takes it back.
struct ReactEvent {
  std::string clip;
  MediaTime at{};
  std::string name;  // of kReactions
};

struct MomentRange {
  MediaTime from{};
  MediaTime to{};
  auto operator<=>(const MomentRange&) const = default;
};

struct WatchedEvent {
  std::string clip;
  std::vector<MomentRange> ranges;
  std::optional<MediaTime> stopped_at;  // where this person goes on, on any device
  std::vector<EventId> read = {};       // what others said there and this person had before them
  int version = 1;                      // of the update that was watched
};

// The clip's bytes are where this person watches: all of it was fetched, or it was opened.
struct FetchedEvent {
  std::string clip;
};

// Puts a clip out of the writer's own inbox, or back. Nobody else's.
struct ArchiveEvent {
  std::string clip;
  bool archived = true;
};

struct TitleEvent {
  std::string clip;
  std::string title;
};

// A clip was given to people outside the library; or that ends. Anybody may say it; once ended, a share stays
// so.
struct ShareEvent {
  std::string clip;
  ShareTerms terms;
  bool is_off = false;
};

// Names an object that belongs to a published clip from now on; or takes it back. Counts from the clip's
// author; anybody else's is a suggestion.
struct AdditionEvent {
  std::string clip;
  AdditionKind kind = AdditionKind::Captions;
  std::string language;                    // as Addition's
  std::optional<AddedObject> object;       // nullopt: there is none of that kind and language any more
  std::optional<MediaTime> duration = {};  // as Addition's
  int version = 1;                         // likewise
};

struct GuestDocument;

// What somebody outside the library said on a share's page. Every reader checks the guest's signature: who
// says this event only carries it.
struct GuestEvent {
  std::string clip;
  std::string share;
  std::string document;                            // the signed text
  std::shared_ptr<const GuestDocument> said = {};  // what stands in it; set by who reads it
};

// "This is really …": whose words a guest's are, as far as the writer knows; or not known any more.
struct GuestKnownEvent {
  std::string guest;
  std::optional<std::string> name = {};  // instead of the one that the guest typed
  bool known = true;
};

using EventBody = std::variant<ProfileEvent, ChannelEvent, PublishedEvent, CommentEvent, ReplyEvent,
                               EditEvent, DeleteCommentEvent, DeleteClipEvent, RestoreClipEvent, ResolveEvent,
                               ReactEvent, WatchedEvent, TitleEvent, LiveEvent, FetchedEvent, AskEvent,
                               ArchiveEvent, GuestEvent, GuestKnownEvent, ShareEvent, AdditionEvent>;

// Reads an event's own fields, whoever wrote them; invalid UTF-8 in a text is replaced.
// Errors: Unsupported (a type that we don't know: keep the event, pass it over), Corrupt (a field is missing,
// of the wrong type, too long, negative, past kLongestClip, not an id).
Result<EventBody> parse_event(const Json& event);

// {"type": …, its fields}: what the event log then gives n, hlc and at.
// Errors: InvalidArgument (what parse_event would refuse, an empty or too long text, invalid UTF-8).
Result<Json> to_json(const EventBody& body);

}  // namespace meanwhile
