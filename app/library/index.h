// The local picture of one library, made from its events: what the inbox, the comments and the search read.
// It can be thrown away at any time: the same events make the same picture, in whatever order and however
// often they come.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/events.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "upload/sync.h"

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
  std::string name;  // from the profile, else from the certificate; ready to be shown
  std::string time_zone;
  std::string hours;
  bool is_me = false;
};

struct Channel {
  std::string id;
  std::string name;
  bool is_archived = false;
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
  MediaTime duration{};
  WallTime recorded{};
  WallTime published{};
  std::string manifest_sha256;
  std::vector<PublishedTrack> tracks;
  bool is_mine = false;
  double watched = 0;       // the fraction that I saw, 0 to 1
  bool is_watched = false;  // as good as whole, or mine
  int comments = 0;         // with replies, without deleted ones
  int new_comments = 0;     // by others, since I last watched it
  bool is_live = false;     // being recorded: no duration, tracks and manifest yet
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
  std::string author_name;
  bool is_mine = false;
  MediaTime at{};  // within the clip; a reply has its thread's
  std::optional<MediaTime> to;
  std::string text;      // as written: display_text() before it is shown
  std::string copy_of;   // id of the other library's comment that this one says again; "": none
  std::string reply_to;  // id; "": starts a thread
  WallTime created{};
  std::optional<WallTime> edited;
  bool is_resolved = false;
  bool is_deleted = false;  // stays only for the answers below it; text is empty
  bool is_new = false;      // by somebody else, since I last watched the clip
  Drawing drawing = {};
  std::string media = {};                  // a clip that was recorded as this answer; it may not be there yet
  std::vector<std::string> mentions = {};  // people's ids
  std::optional<AskInfo> ask = std::nullopt;
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

enum class ClipOrder { UnwatchedFirst, NewestFirst };  // both: newest first within

struct ClipQuery {
  std::optional<std::string> channel;
  bool only_unwatched = false;
  bool only_mine = false;
  std::string words;  // in the title, the author's name or the comments; "": all
  ClipOrder order = ClipOrder::UnwatchedFirst;
  int limit = 0;  // 0: all
};

enum class HitKind { Title, Person, Comment };

struct SearchHit {
  HitKind kind = HitKind::Title;
  std::string clip;     // Person: one of their clips
  std::string title;    // the clip's
  std::string comment;  // its id
  MediaTime at{};       // where it hangs
  std::string text;     // what was found: title, name or the comment's text
  WallTime time{};
};

// Any thread; calls on one Index wait for each other, so give each thread its own: any number of them, in
// several processes too, may be open on one file. Errors of all calls: Unavailable (another process writes
// for longer than 5 s), NoSpace, PermissionDenied, Corrupt (the file is damaged: close, Index::remove, open
// and apply everything again), Io.
class Index {
 public:
  // me: the person whose watching and authorship counts as mine. A file of another schema version, or that is
  // no index at all, is replaced by an empty one.
  static Result<std::unique_ptr<Index>> open(const std::filesystem::path& file, std::string me);
  static Result<void> remove(const std::filesystem::path& file);
  ~Index();

  // Nothing was ever applied: everything that is in the library must be.
  Result<bool> is_empty();
  // Changes whenever what the queries answer may have changed, by whichever process. Cheap.
  Result<std::int64_t> revision();

  // All of it or, after an error, nothing. seen: when they arrived here; what claims to come from more than
  // 10 minutes later sorts as then. An event that was applied before is passed over. When this returns it is
  // on the disk.
  Result<ApplyReport> apply(std::span<const AuthoredEvents> batches, WallTime seen);

  // Deleted clips, and those that were never published, are left out of everything. Clips that were recorded
  // as an answer are only found by their id.
  Result<std::vector<Clip>> clips(const ClipQuery& query);
  // Errors: NotFound.
  Result<Clip> clip(std::string_view id);
  // All that are deleted, whosever they are; the last deleted first.
  Result<std::vector<DeletedClip>> trash();
  // By moment, then by time. A clip that isn't there has none.
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
  // What others wrote with my name in it, newest first.
  Result<std::vector<Place>> mentions_of_me(int limit);
  // By moment.
  Result<std::vector<Reaction>> reactions(std::string_view clip);
  // What I have seen: sorted, apart from each other, within the clip.
  Result<std::vector<MomentRange>> watched(std::string_view clip);
  // Who else has it, as far as they say so: the first first.
  Result<std::vector<Arrival>> arrivals(std::string_view clip);
  // I said so of it.
  Result<bool> has_arrived(std::string_view clip);
  // Where I stopped watching it last, on any of my devices; 0: nowhere.
  Result<MediaTime> stopped_at(std::string_view clip);
  // By name, archived ones last.
  Result<std::vector<Channel>> channels();
  // By name.
  Result<std::vector<Person>> people();
  // All words must be found, the last as a beginning; best first, at most limit.
  Result<std::vector<SearchHit>> search(std::string_view words, int limit);

  // The same for the same set of events (and arrival times of those that come from the future).
  Result<std::string> state_hash();

 private:
  class Tables;
  explicit Index(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

// What sync delivers, in one transaction. Errors: as Index::apply.
Result<void> apply_batches(Index& index, std::span<const VerifiedBatch> batches, WallTime seen);

}  // namespace meanwhile
