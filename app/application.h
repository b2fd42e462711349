// One person's Meanwhile: home, settings, takes, and the library that is in use. The command line and the
// window stand on this.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/clip_store.h"
#include "app/library/home.h"
#include "app/library/settings.h"
#include "app/library_session.h"
#include "app/publisher.h"
#include "media/record/take.h"

namespace meanwhile {

struct ApplicationOptions {
  std::optional<std::filesystem::path> home;  // --home
  std::string library;                        // --library; "": as the settings say
};

struct PublishRequest {
  std::string title;
  std::string channel;
};

// One thread.
class Application {
 public:
  // Errors: PermissionDenied, NoSpace, Io (the home), Unsupported (settings of a newer version).
  static Result<std::unique_ptr<Application>> open(const ApplicationOptions& options);

  const Home& home() const { return home_; }
  Settings& settings() { return settings_; }
  Result<void> save_settings();
  // What was odd at the start, whole sentences.
  const std::vector<std::string>& warnings() const { return warnings_; }

  // The person's name as settings say, else as the machine knows it.
  std::string person_name() const;
  std::string time_zone() const;

  // What is opened: --library, else the first of the settings; "": the person's own.
  std::string library_url() const;
  // Opened at the first call. Errors: LibrarySession::open.
  Result<LibrarySession*> library();
  // Errors: as library().
  Result<ClipStore*> clips();
  // From now on, and for next time. Errors: LibrarySession::open; then everything is as before.
  Result<LibrarySession*> use_library(const std::string& url);
  // Tells the library the name, zone and hours in the settings, if it doesn't know them.
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

  // Hands a take to the outbox, cut to its trim. Blocks while it is cut and hashed. Errors: prepare_take's,
  // the outbox's, library().
  Result<void> publish(const std::string& clip, const PublishRequest& request);
  // The second half of it, for a take that was prepared elsewhere.
  Result<void> hand_over(PreparedTake prepared, const PublishRequest& request);
  // Marks takes whose clip the library has got. Cheap when there are none.
  Result<void> note_published();

 private:
  Application(Home home, Settings settings, std::string library_url)
      : home_(std::move(home)), settings_(std::move(settings)), library_url_(std::move(library_url)) {}
  CutFate fate_of(const Take& cut);
  bool is_handed_over(const Take& take);
  Result<void> make_channel(const std::string& name);

  const Home home_;
  Settings settings_;
  std::string library_url_;  // --library
  std::vector<std::string> warnings_;
  std::unique_ptr<LibrarySession> session_;
  std::unique_ptr<ClipStore> store_;
};

}  // namespace meanwhile
