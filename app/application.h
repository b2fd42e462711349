// One person's Meanwhile: home, settings, takes, and the libraries that are in use. The command line and the
// window stand on this.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/home.h"
#include "app/library/settings.h"
#include "app/library/working_time.h"
#include "app/moving/clip_move.h"
#include "app/sending/publisher.h"
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

  // What is opened: --library alone, else those of the settings; never empty: without any it
  // is the person's own. The first is the one that is published to.
  std::vector<std::string> library_urls() const;
  // The first, opened at the first call. Errors: Libraries::open.
  Result<LibrarySession*> library();
  // All that can be opened, in the order of library_urls(). Errors: none can: why the first can't.
  Result<std::vector<OpenLibrary*>> libraries();
  // Why one of library_urls() isn't open; nullptr: it is.
  const Error* library_failure(const std::string& url) const { return libraries_.failure(url); }
  // What couldn't be opened is tried again with the next call that needs it.
  void forget_library_failures() { libraries_.forget_failures(); }
  // The one that has the clip. Errors: NotFound, and as libraries().
  Result<OpenLibrary*> library_of(const std::string& clip);
  // id_or_url: of one of libraries(), or its name. Errors: NotFound, InvalidArgument (two have that name),
  // and as libraries().
  Result<OpenLibrary*> find_library(const std::string& id_or_url) override;
  // The first from now on, and for next time; the others stay. Errors: Libraries::open, and what made it
  // unreachable; then everything is as before.
  Result<LibrarySession*> use_library(const std::string& url);
  // One more, after the others; the first if there was none but the person's own. Errors: as use_library.
  Result<LibrarySession*> add_library(const std::string& url);
  // Opens a library apart from the others, which may take as long as its network does; take_in() makes it one
  // of them, for add_library() and use_library() to find. Any thread, also when this is gone. Errors:
  // LibrarySession::open.
  using Opener = std::function<Result<OpenLibrary>(const std::string& url)>;
  Opener opener() const;
  // Errors: Libraries::take_in.
  Result<OpenLibrary*> take_in(const std::string& url, OpenLibrary opened);
  // Closes it and takes it off the list. Errors: save_settings.
  Result<void> remove_library(const std::string& url);
  // Tells the libraries the name, zone and hours in the settings, where they don't know them.
  Result<void> introduce();

  // Makes whole what a crash left. The takes that were; a take that can't be made whole is a warning.
  std::vector<Take> recover_takes(std::vector<std::string>& warnings);
  // Unpublished ones that are not being recorded, oldest first.
  std::vector<Take> unpublished_takes() const;
  Result<Take> take(const std::string& clip) const;

  // Throws a take away, and with it what was sent of it, as long as it isn't published. Errors: as take(),
  // but not Corrupt, and discard_take().
  Result<void> discard(const std::string& clip);

  // Sets a take's in and out points, or undoes them. Errors: as trim_take; InvalidArgument (it was handed to
  // a library already).
  Result<Take> trim(const std::string& clip, const Trim& trim);

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
  Result<OpenLibrary*> open_reachable(const std::string& url);
  void list_own_library();
  Result<void> welcome(OpenLibrary& library);
  Result<void> introduce_in(LibrarySession& session);
  CutFate fate_of(const Take& cut, LibrarySession& session);
  bool is_handed_over(const Take& take);
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

}  // namespace meanwhile
