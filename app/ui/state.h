// Everything that the window shows, as plain data. The application fills it before each frame; draw only
// reads it. Texts are UTF-8 and ready to be shown: ages, reasons and names are worked out by whoever fills
// this in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/library/drawing.h"
#include "app/library/events.h"
#include "app/library/settings.h"
#include "app/ui/arrange_state.h"
#include "app/ui/draft.h"
#include "app/ui/play_tools.h"
#include "media/base/arrangement.h"
#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/identifier.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/time_range.h"
#include "media/base/trim.h"
#include "media/capture/devices.h"
#include "media/play/player.h"
#include "media/play/pointer_image.h"
#include "media/play/pointer_track.h"
#include "media/record/recorder.h"
#include "media/record/size_estimate.h"
#include "media/record/track_report.h"

namespace meanwhile {

enum class PageId { Inbox, Record, Publish, Watch, Settings };
enum class ThemeChoice { Dark, Light, DarkContrast, LightContrast };

// id: anything stable; the avatar's colour comes from it.
struct PersonView {
  std::string id;
  std::string name;  // a guest's says so (library/person_name.h)
  bool is_guest = false;
  std::string known_by = {};  // who says whose words a guest's are; empty: nobody
};

// Ready: there is something to show, or `empty` says why not.
enum class LoadState { Loading, Ready, Failed };

struct ClipCard {
  std::string id;
  std::string title;  // may be empty: shown as "Untitled"
  PersonView author;
  bool is_mine = false;
  std::string channel;
  MediaTime duration{};
  std::string age;          // "2 h ago"
  std::string edited;       // on the Watch page: "edited today 14:05"; empty: it wasn't
  std::string description;  // likewise; may be empty
  std::string summary;      // what it is about, in a line; may be empty
  Chapters chapters;        // likewise
  int version = 1;          // more once another recording took the first one's place
  std::string
      renamed;  // on the Watch page: "renamed by Ben (was "Budget")"; empty: it wasn't, by anybody else
  std::string sent_at;  // the whole date in the viewer's zone, for a tooltip; may be empty
  double watched = 0;   // fraction seen, 0 to 1
  bool is_new = false;  // sent by someone else and not watched yet
  int comments = 0;
  int new_comments = 0;
  PicturePtr poster;     // nullptr: a plain card is drawn
  bool is_live = false;  // being recorded right now
  std::string upload;    // "Uploading 40 %", "Waiting for the library"; empty: stored
  bool is_kept = false;  // to stay on this machine
  bool is_here = false;  // all of a kept one was fetched
  bool is_archived = false;
  int asks = 0;         // that wait for the person's answer
  int answers = 0;      // to the person, not seen yet
  std::string library;  // its name, where there are several; may be empty
  std::string library_id;
  std::string arrivals;  // "Delivered to Ben Okafor", of one's own; may be empty
  std::string deleted;   // "27 days left" of one in the trash; empty: it isn't
  bool can_restore = false;
};

// A take that isn't published: stopped, or made whole after a crash.
struct TakeCard {
  std::string id;
  std::string title;
  MediaTime duration{};
  std::string age;
  std::string state;  // "Not published yet", "Recovered after a crash"
  bool is_recovered = false;
  PicturePtr poster;
  bool is_on_its_way = false;  // handed over for publishing already
};

struct ChannelView {
  std::string name;  // as people write it
  int unwatched = 0;
  std::string library = {};  // id
  bool is_archived = false;
  std::string id = {};
  std::string archived_by = {};  // a name; empty: it isn't
};

// One that is open, as the way to its clips.
struct LibraryChoice {
  std::string id;
  std::string name;
  int unwatched = 0;
};

// What a search found: a clip, or a moment of one.
enum class FoundKind { Title, Person, Comment, Caption };
struct FoundView {
  FoundKind kind = FoundKind::Title;
  std::string clip;
  std::string title;  // the clip's
  PersonView author;  // the clip's
  MediaTime at{};
  std::string text;  // what was found: a name, or the words
  std::string age;
  std::string sent_at;  // as ClipCard's, and in the writer's zone; for a tooltip
  std::string place;    // "# design", or with the library's name; may be empty
};

enum class InboxFilter { All, Unwatched, Mine, Archived, Trash };
enum class InboxOrder { Inbox, Newest, Oldest, Longest, MostDiscussed };

// A part of the list under a heading of its own.
struct InboxSection {
  std::string label;
  int count = 0;
};

struct InboxState {
  int searches_begun = 0;  // counts up: the field takes the keyboard with each
  LoadState load = LoadState::Loading;
  std::string failure;  // Failed: what went wrong, and what to do
  // Of the list as filtered and ordered: those from number `first` on, as far as they are loaded. See
  // InboxActions::show_clips.
  std::vector<ClipCard> clips;
  int first = 0;
  int total = 0;                       // of the whole list; never less than first + clips
  std::vector<InboxSection> sections;  // in the list's order, all of it; empty: it has no headings
  InboxOrder order = InboxOrder::Inbox;
  std::string news;              // "Since you were last here: 6 updates, 31 min"; empty: nothing waits
  bool can_play_all = false;     // there is something to watch
  std::vector<FoundView> found;  // instead of the list, while search isn't empty
  std::vector<TakeCard> takes;
  std::vector<LibraryChoice> libraries;  // two or more; empty: there is one, which needs no name
  std::vector<ChannelView> channels;     // in the order of their libraries, archived ones last
  int unwatched = 0;                     // of all channels
  int waiting = 0;                       // those, and where the person is asked or answered
  std::string library;                   // chosen: an id; empty: all
  std::string channel;                   // chosen; empty: all
  InboxFilter filter = InboxFilter::All;
  std::string search;
  std::string sync;  // "Synced 2 min ago", "Offline: 3 things waiting"
  bool is_syncing = false;
  bool sync_failed = false;
};

// The one that is looked at; nullptr: none is, or it isn't there any more.
const ChannelView* chosen_channel(const InboxState& inbox);

// Rehearsing: three seconds are recorded that nobody keeps; Rehearsed: they are played.
enum class RecordPhase {
  Opening,
  Armed,
  Rehearsing,
  Rehearsed,
  Countdown,
  Recording,
  Paused,
  Replaying,
  Finishing,
  Failed
};

// What becomes of the window while a screen is recorded.
enum class Aside { Stays, Strip, Minimised };

struct DeviceChoice {
  std::vector<Device> devices;  // of one kind; the page adds "default" and "none" by itself
  std::string chosen;           // spec, "default" or "none"
};

struct PointerView {
  PointerMoment moment;
  const PointerImage* image = nullptr;  // nullptr: a plain arrow. Lives at least until the next frame.
};

struct RecordPageState {
  RecordPhase phase = RecordPhase::Opening;
  DeviceChoice screen;
  DeviceChoice camera;
  DeviceChoice microphone;
  bool can_choose_area = false;  // by a frame over the screen
  int frames_per_second = 30;
  int rehearsal_left = 0;  // Rehearsing: 3, 2, 1; less: it is being saved
  int countdown_left = 0;  // Countdown: 3, 2, 1; 0: about to start
  Aside aside = Aside::Stays;
  std::string aside_words;  // what that means for the person; may be empty
  bool is_strip = false;    // now: only the controls are drawn
  bool can_draw = false;    // on the screen that is recorded
  bool is_drawing = false;
  std::string notes;    // the speaker's
  RecordStatus status;  // elapsed, bytes, tracks, warnings, voice_peak
  PicturePtr screen_preview;
  PicturePtr camera_preview;
  std::optional<PointerView> preview_pointer;  // Rehearsed
  std::optional<std::uint64_t> free_bytes;
  std::optional<SizeRange> expected_size;  // Armed: of what would be recorded
  std::string failure;                     // Failed: what happened and what to do
};

// A take exists: it is recorded, or could be gone on with.
constexpr bool is_running(RecordPhase phase) {
  return phase == RecordPhase::Recording || phase == RecordPhase::Paused || phase == RecordPhase::Replaying ||
         phase == RecordPhase::Finishing;
}

// The take as it is looked at before it is published: all of it can be played, what is trimmed away too.
struct ReviewState {
  bool is_open = false;  // it can be played and trimmed
  Trim trim;
  Chapters chapters;              // on the recorded timeline
  std::vector<MediaTime> slides;  // where the screen changed for good
  PlayerStatus player;            // on the recorded timeline
  std::optional<PointerView> pointer;
  std::shared_ptr<const std::vector<float>> waveform;  // as WatchState::waveform
  std::optional<MediaTime>
      arranged;  // what is left to watch of it, arranged and trimmed; nullopt: not arranged
};

enum class PublishPhase { Editing, Publishing, Published, Failed };

struct OwnUpdate {
  std::string clip;
  std::string title;
};

struct PublishState {
  PublishPhase phase = PublishPhase::Editing;
  std::string take;          // clip id
  bool link_copied = false;  // it is in the clipboard
  std::string late_sender;  // Published: what has it and sends it on ("rclone"); empty: it is with the others
  std::string title;
  std::string channel;
  std::vector<std::string> channels;     // known ones, of the library
  std::vector<LibraryChoice> libraries;  // to choose from, two or more; empty: there is no choice
  std::string library;                   // chosen: an id
  std::vector<OwnUpdate> own_updates;    // of that library: it can take the place of one of them
  std::string corrects;                  // the one that it does; "": it is an update of its own
  MediaTime duration{};                  // as recorded
  std::uint64_t bytes = 0;
  std::vector<TrackReport> tracks;
  std::vector<std::string> warnings;
  PicturePtr screen;
  PicturePtr camera;
  ReviewState review;
  std::string reach;            // who sees it when; empty: nobody else is there
  bool in_the_morning = false;  // delivered to each person when their working day begins
  double progress = 0;          // 0 to 1, while Publishing
  std::string destination;      // the library's name, and where it lies for a tooltip
  std::string destination_place;
  std::string failure;  // Failed: what happened and what to do; the take is safe
};

// Several clips, watched one after the other.
struct QueueView {
  bool is_on = false;
  int left = 0;            // after this one
  std::string next_title;  // empty: this is the last
  int countdown = 0;       // seconds until the next one begins; 0: this one is still on
};

// Somebody who has seen it, and shares that.
struct WatcherView {
  PersonView person;
  double watched = 0;  // the fraction
};

// What an ask shows beside its words.
struct AskView {
  AskKind kind = AskKind::Answer;
  std::string by;                   // "by Thu 16:00, in 5 h"; empty: no time
  std::string by_elsewhere;         // the same in the others' zones, a line each
  std::string answered;             // "3 of 5 answered"
  std::vector<std::string> people;  // "Ben: answered 10 min ago", "Carl: not yet"
  bool is_for_me = false;
  bool waits_for_me = false;
};

// A recorded answer that hangs on a comment.
struct MediaView {
  std::string clip;
  MediaTime duration{};
  std::string state;  // "On its way": it can't be played yet; empty: it can
  PicturePtr poster;
};

struct CommentView {
  std::string id;
  PersonView author;
  bool is_mine = false;
  bool is_new = false;
  bool is_resolved = false;
  std::string resolved_by;
  bool is_waiting = false;  // written here, not in the library yet
  MediaTime at{};
  std::optional<MediaTime> to;
  std::string text;
  std::string age;
  std::vector<CommentView> replies;  // oldest first; their own replies are empty
  bool is_deleted = false;
  bool is_edited = false;
  std::vector<std::string> versions = {};  // earlier ones, oldest first; once they were asked for
  Drawing drawing = {};
  std::optional<MediaView> media = std::nullopt;
  std::optional<AskView> ask = std::nullopt;
  std::string written_at = {};  // in the viewer's zone and in the writer's, for a tooltip; may be empty
  int version = 1;              // of the update, that it was made on
  bool is_on_earlier = false;   // and another one takes its place now
};

struct ReactionView {
  MediaTime at{};
  std::string name;  // of kReactions
  PersonView person;
  bool is_mine = false;
};

// A comment that was sent and is being changed, where it stands.
struct CommentEdit {
  std::string comment;  // id
  std::string text;
};

struct ReplyByView {
  std::string label;  // "Mon 10:00"
  WallTime at{};
  std::string theirs = {};  // "Sydney: Mon 20:00 there"; may be empty
};

// The deadline of the question that is being written.
struct DeadlineView {
  std::vector<ReplyByView> choices;
  std::optional<ReplyByView> chosen;
  std::string outside;               // "Outside working hours in Sydney"; empty: it isn't
  std::optional<ReplyByView> moved;  // what it may be instead, where it is
};

enum class ReplyKind { Camera, Voice, Screen };

// A recorded answer, played within its comment.
struct PlayedAnswer {
  std::string comment;
  LoadState load = LoadState::Ready;
  std::string failure;  // Failed: what happened and what to do
  bool has_pictures = false;
  PlayerStatus player;
  PicturePtr screen;
  PicturePtr camera;
};

// A recorded answer that isn't sent yet: it can be heard first.
struct AnswerReview {
  bool has_pictures = false;
  PlayerStatus player;
  PicturePtr screen;
  PicturePtr camera;
};

// Answers on the Watch page, beside the comments themselves.
struct AnswerState {
  std::vector<ReactionView> reactions;  // by moment
  std::vector<PersonView> people;       // of the clip's library, without me, by name
  std::optional<CommentEdit> edit;
  bool is_drawing = false;
  ShapeKind tool = ShapeKind::Pen;
  ShapeColor color = ShapeColor::Red;
  std::string asking;  // playing stopped at this ask of mine; empty: it didn't
  DeadlineView deadline;
  std::optional<ReplyKind> recording;  // a recorded answer is being made, or sent: state.record has the rest
  std::optional<AnswerReview> review;  // it was recorded, and waits for the person's word
  bool is_sending_recording = false;
  std::optional<PlayedAnswer> played;
  std::string back_to;  // "Budget, 1:23": the clip that this recorded answer belongs to; empty: none
};

// Of one's own update, being changed.
struct ClipEdit {
  std::string clip;
  std::string title;
  std::string channel;  // its name
  std::string description;
  Chapters chapters = {};
};

// What is to be exported, and where to.
struct ExportForm {
  std::string clip;
  Layout layout = Layout::SideBySide;
  int max_width = 2560;
  bool has_captions = false;  // there are some to have
  bool captions = false;
  bool clean_sound = false;
  std::string file;          // as it is typed
  bool may_replace = false;  // the desktop's dialog asked about it
};

// For how long people outside the library can watch.
enum class ShareTime { Day, Week, Month, ForEver };

// What of an update people outside can watch already.
struct SharedView {
  std::string share;   // its id
  std::string label;   // "Link", "File", "Page in the library"
  std::string detail;  // "Ends Thu 16:00"
  std::string link;    // made now; "": there is none
};

// How an update is to be given to people outside.
struct SharePanel {
  std::string clip;
  bool as_file = false;
  ShareTime time = ShareTime::Week;
  bool takes_answers = true;
  std::string password;         // as it is typed; empty: none
  bool shows_password = false;  // while it is typed
  std::string file;             // as it is typed
  bool may_replace = false;     // the desktop's dialog asked about it
  int megabytes = 0;            // a file's at most; 0: as it was published
  std::string doing;            // "Making the page…"; empty: nothing is made now
  std::vector<SharedView> shared;
};

struct WatchState {
  ClipCard clip;
  PlayerStatus player;
  bool is_muted = false;
  bool is_sound_clean = false;  // hum and noise are taken off
  Layout layout = Layout::SideBySide;
  bool is_layout_chosen = false;  // by the viewer, since it was opened: the author's don't count any more
  std::shared_ptr<const Arrangement> arrangement;  // its author's; nullptr: as it was recorded
  std::shared_ptr<const EditList> edits;           // what is shown of it; nullptr: all
  bool has_uncut = false;                          // the viewer may look at it without cuts
  bool is_uncut = false;                           // and does
  int version = 1;                                 // that is shown; the last is the card's
  bool has_screen = true;
  bool has_camera = true;
  PicturePtr screen;
  PicturePtr camera;
  std::optional<PointerView> pointer;
  std::shared_ptr<const std::vector<float>> waveform;  // peaks, 0 to 1, evenly over the clip; nullptr: none
  std::shared_ptr<const std::vector<float>> edited_waveform;  // likewise over what is shown
  std::vector<TimeRange> watched;                             // sorted, apart from each other
  PlayTools tools;
  std::vector<CommentView> comments;  // threads, by moment
  std::optional<ClipEdit> clip_edit;
  std::optional<ExportForm> export_form;
  std::optional<SharePanel> share;      // of the clip there
  std::optional<ArrangePanel> arrange;  // it is being cut and arranged
  Draft draft;
  AnswerState answers;
  bool is_full_screen = false;
  QueueView queue;
  std::vector<WatcherView> seen_by;  // by name
  bool shares_watching = true;       // others see that this person watched it
  std::string export_progress;       // "Exporting 40 %"; empty: none runs
  LoadState load = LoadState::Ready;
  std::string failure;  // Failed: what happened and what to do
};

struct UsageLine {
  std::string label;  // a channel, a month
  std::string value;  // "1.2 GB, 3 clips"
};

// Somebody who belongs, or belonged, to a sealed library.
struct MemberView {
  std::string person;  // id
  std::string name;
  bool is_admin = false;
  bool is_me = false;
  bool is_removed = false;
};

// One of a person's libraries, as the settings show it.
struct LibraryView {
  std::string id;    // "": it can't be opened
  std::string name;  // "": not known
  std::string url;
  std::string state;  // "Up to date, 12 updates", "The folder /srv/team is not there"
  bool is_well = true;
  bool is_first = false;  // the one that is published to
  int waiting = 0;        // things that wait to be sent
  bool is_sealed = false;
  bool has_secret = false;       // it lies on a server that asks for one
  std::vector<UsageLine> usage;  // once it was asked for
  // Likewise, of a sealed one.
  std::vector<MemberView> members = {};
  bool am_admin = false;
  bool overused = false;  // an invitation was used more often than it may be
};

// A time zone by one of its cities.
struct ZoneView {
  std::string zone;    // "Australia/Sydney"
  std::string city;    // "Sydney"
  std::string detail;  // "Australia, UTC+11"
};

struct LanguageView {
  std::string code;  // as in Settings::language
  std::string name;  // its own: "Deutsch"
};

struct SettingsState {
  Settings chosen;
  // What holds, also where nothing was chosen.
  std::string name;
  std::string time_zone;   // "Europe/Berlin"
  std::string zone_label;  // "Berlin, UTC+1"
  std::string work_days;   // "mon,tue,wed,thu,fri"
  ThemeChoice theme = ThemeChoice::Dark;
  std::vector<LanguageView> languages;  // that the program speaks
  std::vector<ZoneView> zones;          // to choose from, by city; empty until they are read
  std::string system_name;  // the person's on this machine; empty: it knows none that is a person's
  std::string hours_from;   // "09:00"
  std::string hours_to;
  std::vector<LibraryView> libraries;
  bool is_adding = false;       // a library is being looked at
  int library_added = 0;        // raised with each that was added: the field lets go of its text
  std::string missing_library;  // the address of none yet: whether to create one is asked
  std::string recovery_key;     // of a sealed library that was created now: shown until it is put away
  bool is_metered = false;      // only posters are fetched ahead
  bool sending_paused = false;
  int sending_limit_kbit = 0;  // 0: none
  std::string speech;          // what hears words here, or why nothing does
  std::string hotkeys;         // what the desktop has of them, in sentences
  std::string data_folder;
  std::string version;
};

enum class NoticeKind { Info, Success, Warning, Failure };

// A short message over the page; it stays until it is dismissed or the application takes it away: what went
// well after some seconds.
struct Notice {
  std::uint64_t id = 0;
  NoticeKind kind = NoticeKind::Info;
  std::string text;    // what happened
  std::string detail;  // what to do; may be empty
  std::string action;  // a button's label; empty: none
};

struct UiState {
  PageId page = PageId::Inbox;
  InboxState inbox;
  RecordPageState record;
  PublishState publish;
  WatchState watch;
  SettingsState settings;
  std::vector<Notice> notices;  // newest last
  bool shortcuts_shown = false;
};

}  // namespace meanwhile
