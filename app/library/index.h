// The local picture of one library, made from its events: what the inbox, the comments and the search read.
// People's names in it are ready to be shown, and no two look the same (person_name.h).
// It can be thrown away at any time: the same events make the same picture, in whatever order and however
// often they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/addition.h"
#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/share.h"
#include "media/base/chapters.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "upload/event_batch.h"
#include "upload/verified_batch.h"

namespace meanwhile {

// Events of one device whose signatures were checked (a VerifiedBatch), or that were just written here
// (EventLog's Appended). Each is whole, with n, hlc (upload/hlc.h), at and type; in any order.
struct AuthoredEvents {
  std::string device;
  std::string person;
  std::string person_name;  // as the device's certificate has it
  std::vector<Json> events;
};
AuthoredEvents authored_events(const VerifiedBatch& batch);

struct ApplyReport {
  int applied = 0;      // new to the index
  int known = 0;        // were there already
  int unknown = 0;      // of a type or form that we don't know: kept, passed over
  bool forked = false;  // two different events under one id: both are kept
};

struct Person {
  std::string id;
  std::string name;  // from the profile, else from the certificate; as shown_name() (person_name.h) marks it
  std::string time_zone;
  std::string hours;
  std::string days;  // that they work on, as ProfileEvent has them
  std::string away;
  bool is_me = false;
  std::string said_name = {};  // without a mark, as its person said it
};

struct Channel {
  std::string id;
  std::string name;
  bool is_archived = false;
  std::string archived_by;  // the name of who put it away
  int clips = 0;
  int unwatched = 0;
};

struct Clip {
  std::string id;
  std::string title;
  std::string author;  // a person's id
  std::string author_name;
  std::string author_device;
  std::string channel;  // a channel's id; "": none
  std::string channel_name;
  MediaTime duration{};           // to watch, as its author arranged it
  MediaTime recorded_duration{};  // as it was recorded: moments are on that timeline
  int version = 1;                // more once its author put another recording in its place
  WallTime recorded{};
  WallTime published{};
  std::string manifest_sha256;
  std::vector<PublishedTrack> tracks;
  std::string description;
  Chapters chapters;
  std::vector<Addition> additions;  // the author's, then suggestions of others
  std::optional<WallTime> edited;   // by its author, after it was published
  bool is_mine = false;
  double watched = 0;       // the fraction that I saw, 0 to 1
  bool is_watched = false;  // as good as whole, or mine
  int comments = 0;         // with replies, without deleted ones
  int new_comments = 0;     // by others, and not read by me yet
  int answers = 0;          // of those: to something that I said, or on a clip of mine, or with my name in it
  int asks = 0;             // that wait for my answer
  std::int64_t last_answer = 0;  // the newest of the answers: LoggedEvent::order; 0: none
  std::int64_t last_ask = 0;     // likewise, of the asks
  bool is_live = false;          // being recorded: no duration, tracks and manifest yet
  bool is_broken_off = false;    // of one that is live: its recorder has given no sign for minutes
  bool is_archived = false;      // by me, or with its channel
  bool in_the_morning = false;   // it was to come to each person when their next working day began
  MediaTime pauses{};            // of the duration: silent and still
};

// A clip that is being recorded, and what was last seen of that.
struct LiveClip {
  std::string clip;
  std::string device;    // that records it
  WallTime begun{};      // as it says
  std::size_t part = 0;  // LivePart's number; 0: none yet
  WallTime alive{};      // the last sign of its recorder
  bool was_looked_at = false;
  bool is_broken_off = false;  // as Clip's
};

// Somebody else than its author gave a clip the title that it has.
struct Renaming {
  std::string person;
  std::string person_name;
  std::string before;  // what its author calls it
};

// A clip that its author deleted.
struct DeletedClip {
  std::string id;
  std::string title;
  std::string author;   // a person's id
  std::string channel;  // a channel's id; "": none
  MediaTime duration{};
  WallTime published{};
  WallTime deleted{};
  std::string manifest_sha256;
  bool is_mine = false;
};

struct Reaction {
  std::string person;
  std::string person_name;
  MediaTime at{};
  std::string name;
  bool is_guest = false;
};

// Somebody has a clip of mine: fetched all of it, or opened it.
struct Arrival {
  std::string person;
  std::string person_name;
  WallTime at{};
};

// What makes a comment an ask.
struct AskInfo {
  AskKind kind = AskKind::Answer;
  std::optional<WallTime> by;
  bool is_for_everyone = false;
  std::vector<std::string> people = {};  // ids of those who were asked by name
};

struct Comment {
  std::string id;  // to pass to parse_event_id; a fork's second one has "#2" at its end
  std::string author;
  std::string author_name;  // a guest's says so: "Sam (guest)" (person_name.h)
  bool is_mine = false;
  MediaTime at{};  // within the clip; a reply has its thread's
  std::optional<MediaTime> to;
  std::string text;      // as written: display_text() before it is shown
  std::string copy_of;   // id of the other library's comment that this one says again; "": none
  std::string reply_to;  // id; "": starts a thread
  WallTime created{};
  std::optional<WallTime> edited;
  bool is_resolved = false;
  std::string resolved_by = {};  // the name of who did that last
  bool is_deleted = false;       // stays only for the answers below it; text is empty
  bool is_new = false;           // by somebody else, and not read by me yet
  Drawing drawing = {};
  std::string media = {};                  // a clip that was recorded as this answer; it may not be there yet
  std::vector<std::string> mentions = {};  // people's ids
  std::optional<AskInfo> ask = std::nullopt;
  bool is_guest = false;       // its author isn't in the library, and only has a share's link
  std::string known_by = {};   // the name of the member who said whose words that guest's are; "": nobody
  int version = 1;             // of the update, that it was made on
  bool is_on_earlier = false;  // that isn't the update's version any more
};

// Somebody who answered on a share's page.
struct Guest {
  std::string id;
  std::string name;       // "Sam (guest)", "Sam (guest, known)"
  std::string said_name;  // without a mark
  WallTime since{};       // when their first words were taken up
  std::string known_by;   // as Comment's
  int words = 0;
};

struct Thread {
  Comment comment;
  std::vector<Comment> replies;  // oldest first, answers to answers too
};

struct AskedPerson {
  std::string id;
  std::string name;
  std::string time_zone;
  std::optional<WallTime> answered;  // when they first did
};

// An ask, and who has answered it. One is open until it is resolved or deleted; for a person, until they said
// something in its thread.
struct Ask {
  std::string clip;
  std::string clip_title;
  std::string clip_author;  // a person's id
  Comment comment;
  std::vector<AskedPerson> people;  // without who asks; by name
  int answered = 0;                 // of them
  bool is_for_me = false;
  bool is_answered_by_me = false;
};

// "3 of 5 answered", "2 of 5 know"; nobody to ask: "nobody else is here yet".
std::string answered_words(const Ask& ask);

// Who has seen a clip, of those who share it.
struct Watcher {
  std::string id;
  std::string name;
  double watched = 0;  // the fraction that they saw
};

// Inbox: where I am asked, then where I am answered, then what is new for me, then the rest. All: the newest
// first within.
enum class ClipOrder { Inbox, NewestFirst, OldestFirst, LongestFirst, MostDiscussed };

// Everything has what was archived and what is held back in it; of the others only those that say so. Held:
// to be delivered in this person's morning, which hasn't come yet.
enum class ClipFilter { Everything, Inbox, Unwatched, Asked, Answered, Mine, Archived, Held };

struct ClipQuery {
  std::optional<std::string> channel = {};
  ClipFilter filter = ClipFilter::Everything;
  ClipOrder order = ClipOrder::Inbox;
  int limit = 0;   // 0: all
  int offset = 0;  // that many of the first are left out
};

// Where a clip stands in an order: the smaller key comes first. For putting together several libraries'
// lists.
struct ClipKey {
  std::int64_t first = 0;
  std::int64_t second = 0;
  auto operator<=>(const ClipKey&) const = default;
};

// How many clips there are.
struct ClipCounts {
  int everything = 0;
  int inbox = 0;  // all that isn't archived; the rest of the numbers count only those
  int unwatched = 0;
  // How the order Inbox begins: asked, then answered, then what is merely not watched.
  int asked = 0;
  int answered = 0;
  int waiting = 0;  // where I am asked or answered, and what is new: each clip once
  int fresh = 0;
  int mine = 0;
  int archived = 0;
  int held = 0;
  MediaTime unwatched_length{};
  MediaTime unwatched_pauses{};  // of that: what is passed over by who skips pauses
  int of(ClipFilter filter) const;
  ClipCounts& operator+=(const ClipCounts& other);
};

// What came after a moment and wasn't watched.
struct ClipSum {
  int clips = 0;
  MediaTime length{};
  MediaTime pauses{};  // of the length
};

// A line of a clip's captions.
struct CaptionLine {
  MediaTime from{};
  MediaTime to{};
  std::string text;
};

enum class HitKind { Title, Person, Comment, Caption };

struct SearchHit {
  HitKind kind = HitKind::Title;
  std::string clip;     // Person: one of their clips
  std::string title;    // the clip's
  std::string comment;  // its id
  MediaTime at{};       // where it hangs
  std::string text;     // what was found: title, name, or the words of the comment or caption
  WallTime time{};
  std::string person;  // who said it: the comment's writer, else the clip's author
  std::string person_name;
  std::string channel_name;  // the clip's
};

// Any thread; calls on one Index wait for each other, so give each thread its own: any number of them, in
// several processes too, may be open on one file. Errors of all calls: Unavailable (another process writes
// for longer than 5 s), NoSpace, PermissionDenied, Corrupt (the file is damaged: close, Index::remove, open
// and apply everything again), Io.
class Index {
 public:
  // me: the person whose watching and authorship counts as mine. A file of another schema version, of another
  // person, or that is no index at all, is replaced by an empty one.
  static Result<std::unique_ptr<Index>> open(const std::filesystem::path& file, std::string me);
  static Result<void> remove(const std::filesystem::path& file);
  ~Index();

  // Nothing was ever applied: everything that is in the library must be.
  Result<bool> is_empty();
  // Changes whenever what the queries answer may have changed, by whichever process. Cheap.
  Result<std::int64_t> revision();

  // All of it or, after an error, nothing. An event that was applied before is passed over. When this returns
  // it is on the disk.
  Result<ApplyReport> apply(std::span<const AuthoredEvents> batches);

  // What this person's event would replace, of what is known here: for write_replaced() (replacing.h).
  Result<std::vector<EventId>> replaced_by(const EventBody& body);

  // Deleted clips, and those that were never published, are left out of everything. Clips that were recorded
  // as an answer are only found by their id. A page (limit) costs the same however many clips there are, but
  // for its offset, and for the filter Everything, which sorts them all.
  Result<std::vector<Clip>> clips(const ClipQuery& query);
  // The keys of what clips() would give: much cheaper than the clips.
  Result<std::vector<ClipKey>> keys(const ClipQuery& query);
  // channel: nullopt: of all. Costs the same however many clips there are.
  Result<ClipCounts> counts(const std::optional<std::string>& channel = {});
  Result<ClipSum> unwatched_since(WallTime time);
  // Held clips whose time has come: from now on they are in the inbox. Not from events: once more after the
  // index was built anew.
  Result<void> release(std::span<const std::string> clips, WallTime now);
  // From which parts were removed for good.
  Result<std::vector<Clip>> clips_with_other_manifests();
  // Whose id begins so; by id. beginning: not empty.
  Result<std::vector<Clip>> clips_beginning(std::string_view beginning);
  // Errors: NotFound.
  Result<Clip> clip(std::string_view id);
  // All that are deleted, whosever they are; the last deleted first.
  Result<std::vector<DeletedClip>> trash();
  // By moment, then by time. A clip that isn't there has none.
  // Newest first, not more than anybody has at a time.
  Result<std::vector<LiveClip>> live_clips();
  // What is known of one now: part and alive.
  Result<void> note_sign(const LiveClip& clip, WallTime looked);

  Result<std::vector<Thread>> comments(std::string_view clip);
  // Errors: NotFound (also a deleted one, and one whose clip isn't there).
  struct Place {
    std::string clip;
    Comment comment;
  };
  Result<Place> comment(const EventId& id);
  // All versions of a comment's text, oldest first.
  Result<std::vector<std::string>> versions(const EventId& id);
  // By moment; resolved ones too.
  Result<std::vector<Ask>> asks(std::string_view clip);
  // Of all clips, those that wait for my answer: the soonest reply-by first, those without one last.
  Result<std::vector<Ask>> asks_of_me();
  // Those that I asked and that aren't resolved: newest first.
  Result<std::vector<Ask>> asks_by_me();
  // By moment.
  Result<std::vector<Reaction>> reactions(std::string_view clip);
  // What I have seen: sorted, apart from each other, within the clip.
  Result<std::vector<MomentRange>> watched(std::string_view clip);
  // Others who have seen some of it, and share that they did. By name.
  Result<std::vector<Watcher>> watchers(std::string_view clip);
  // Who else has it, as far as they say so: the first first.
  // nullopt: its title is its author's. Errors: Io.
  Result<std::optional<Renaming>> renaming(std::string_view clip);

  Result<std::vector<Arrival>> arrivals(std::string_view clip);
  // I said so of it.
  Result<bool> has_arrived(std::string_view clip);
  // Where I stopped watching it last, on any of my devices; 0: nowhere.
  Result<MediaTime> stopped_at(std::string_view clip);
  // All that were ever made, ended ones too; the newest first.
  Result<std::vector<Share>> shares();
  // Errors: NotFound.
  Result<Share> share(std::string_view id);
  // By name, archived ones last.
  Result<std::vector<Channel>> channels();
  // By name; without guests.
  Result<std::vector<Person>> people();
  // By name.
  Result<std::vector<Guest>> guests();
  // Whether it was taken up already, whoever carried it. Cheap.
  Result<bool> has_guest_word(const EventId& word);
  // All words must be found, the last as a beginning. Titles, then people, comments, captions, the newest
  // first within, at most limit of each kind.
  Result<std::vector<SearchHit>> search(std::string_view words, int limit);

  // A clip's captions, to be searched. Not from events: whoever fetches them gives them here, also after the
  // index was built anew. Replaces what was there.
  // version: of which captions these are (caption_version of the clip's additions).
  Result<void> set_captions(std::string_view clip, std::span<const CaptionLine> lines,
                            std::string_view version = "");
  // The first lines of those that were given, at most limit.
  Result<std::vector<std::string>> first_captions(std::string_view clip, int limit);
  // Of the version that counts now.
  Result<bool> has_captions(std::string_view clip);
  // Clips with added captions that weren't given yet, the newest first; at most limit.
  Result<std::vector<Clip>> clips_with_new_captions(int limit);

 private:
  class Tables;
  explicit Index(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

// What sync delivers, in one transaction. Errors: as Index::apply.
Result<void> apply_batches(Index& index, std::span<const VerifiedBatch> batches);

}  // namespace meanwhile
