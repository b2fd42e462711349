// One person's Meanwhile: home, settings, takes, and the libraries that are in use. The command line and the
// window stand on this.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/home.h"
#include "app/library/settings.h"
#include "app/library/working_time.h"
#include "app/moving/clip_move.h"
#include "app/sending/publisher.h"
#include "media/base/arrangement.h"
#include "media/base/chapters.h"
#include "media/base/result.h"
#include "media/base/trim.h"
#include "media/record/take.h"

namespace meanwhile {

struct ApplicationOptions {
  std::optional<std::filesystem::path> home;  // --home
  std::string library;                        // --library: only this one; "": as the settings say
};

struct PublishRequest {
  std::string title;
  std::string channel;
  std::string library = {};     // its id; "": the first
  std::string corrects = {};    // the clip whose place it takes; "": it is an update of its own
  bool in_the_morning = false;  // as PublishedEvent's
};

// One thread.
class Application final : public MoveHome {
 public:
  // Errors: PermissionDenied, NoSpace, Io (the home), Unsupported (settings of a newer version).
  static Result<std::unique_ptr<Application>> open(const ApplicationOptions& options);

  const Home& home() const override { return home_; }
  Settings& settings() { return settings_; }
  // What was changed here; what another command changed meanwhile is kept, and taken up. Errors: as
  // meanwhile::save_settings and load_settings.
  Result<void> save_settings();
  // true: another command changed them, and they are as it wished now, but for what wasn't saved here.
  bool take_up_settings();
  // What was odd at the start, whole sentences.
  const std::vector<std::string>& warnings() const { return warnings_; }

  // The person's name as settings say, else as the machine knows it.
  std::string person_name() const;
  std::string time_zone() const;
  // When the person works.
  Schedule schedule() const;

  // What is to be open: --library alone, else those of the settings; never empty: without any it
  // is the person's own. The first is the one that is published to.
  std::vector<std::string> library_urls() const;
  // Opens those that aren't open: for commands; the window opens each on a thread of its own (opener()).
  // Blocks. Errors: as libraries().
  Result<std::vector<OpenLibrary*>> open_libraries();
  // Those that are open, in the order of library_urls(). Nothing is opened or waited for here and in what
  // follows. Errors: none is: why the first couldn't be opened; TryAgain (nobody has tried yet).
  Result<std::vector<OpenLibrary*>> libraries();
  // The first of library_urls(). Errors: why it isn't open; TryAgain (nobody has tried yet).
  Result<LibrarySession*> library();
  // Why one of library_urls() isn't open; nullptr: it is, or nobody has tried yet.
  const Error* library_failure(const std::string& url) const { return libraries_.failure(url); }
  bool is_open(const std::string& url) const { return libraries_.find(url) != nullptr; }
  // What couldn't be opened may be tried again.
  void forget_library_failures() { libraries_.forget_failures(); }
  // The one that has the clip. Errors: NotFound, and as libraries().
  Result<OpenLibrary*> library_of(const std::string& clip);
  // id_or_url: of one of libraries(), or its name. Errors: NotFound, InvalidArgument (two have that name),
  // and as libraries().
  Result<OpenLibrary*> find_library(const std::string& id_or_url) override;
  // The first from now on, and for next time; the others stay. Errors: as libraries(): it isn't open.
  Result<LibrarySession*> use_library(const std::string& url);
  // One more, after the others; the first if there was none but the person's own. Errors: as use_library.
  Result<LibrarySession*> add_library(const std::string& url);
  // Opens a library that is taken up now, so its place must answer: for use_library() and add_library() to
  // find. Blocks. Errors: LibrarySession::open and reach, Libraries::take_in,
  // Aborted (stop).
  Result<OpenLibrary*> open_reachable(const std::string& url, std::stop_token stop = {});
  // Opens a library, with all that every library gets; take_in() makes it one of these. Any thread, also when
  // this is gone.
  LibraryOpener opener() const;
  // Errors: Libraries::take_in.
  Result<OpenLibrary*> take_in(const std::string& url, Result<OpenLibrary> opened);
  // Off the list, and nobody gets it any more; its outbox is the caller's to stop, for that may wait for the
  // place. nullptr: it wasn't open. Errors: save_settings.
  Result<OpenLibrary*> remove_library(const std::string& url);
  // Tells the open libraries the name, zone and hours in the settings, where they don't know them.
  Result<void> introduce();

  // Unpublished ones that are not being recorded, oldest first.
  std::vector<Take> unpublished_takes() const;
  Result<Take> take(const std::string& clip) const;

  // Throws a take away, and with it what was sent of it, as long as it isn't published. Errors: as take(),
  // but not Corrupt, and discard_take().
  Result<void> discard(const std::string& clip);

  // Sets a take's in and out points, or undoes them. Errors: as trim_take; InvalidArgument (it was handed to
  // a library already).
  Result<Take> trim(const std::string& clip, const Trim& trim);

  // Sets a take's chapters, on its whole timeline. Errors: as set_take_chapters; InvalidArgument (it was
  // handed to a library already).
  Result<Take> set_chapters(const std::string& clip, const Chapters& chapters);

  // Arranges a draft, on its whole timeline. Errors: as set_take_arrangement; InvalidArgument (it was handed
  // to a library already).
  Result<void> arrange(const std::string& clip, const Arrangement& arrangement);

  // Hands a take to a library's outbox, cut to its trim. Blocks while it is cut and hashed. Errors:
  // prepare_take's, the outbox's, library(); NotFound (no such library), InvalidArgument (it was handed to
  // another one).
  Result<void> publish(const std::string& clip, const PublishRequest& request);
  // The second half of it, for a take that was prepared elsewhere.
  Result<void> hand_over(PreparedTake prepared, const PublishRequest& request);
  // Marks takes whose clip the library has got. Cheap when there are none.
  Result<void> note_published();

 private:
  Application(Home home, Settings settings, std::string library_url);
  void note_settings_file(const Settings& settings);
  Error not_open(const std::string& url) const;
  void list_own_library();
  void forget_other_addresses(const LibrarySession& library);
  ProfileEvent profile() const;
  bool is_handed_over(const Take& take);
  Result<Take> changeable_take(const std::string& clip);
  bool has_own_clips();
  Result<void> check_destination(const Take& take, const LibrarySession& target);
  Result<void> note_published_in(LibrarySession& session);
  Result<OpenLibrary*> publishing_library(const std::string& id);

  const Home home_;
  Settings settings_;
  Settings saved_settings_;                                       // as the file had them last
  std::optional<std::filesystem::file_time_type> settings_time_;  // of the file then
  std::string library_url_;                                       // --library
  std::vector<std::string> warnings_;
  Libraries libraries_;
};

// Of the person who uses this machine, as it knows them; "": by no name that is a person's. Any thread.
std::string name_of_person_here();

// Makes whole what a crash left in a home's takes. Blocks. The takes that were; a take that can't be made
// whole is a warning, and one in which nothing had been recorded goes.
std::vector<Take> recover_takes_in(const std::filesystem::path& takes, std::vector<std::string>& warnings);

}  // namespace meanwhile
