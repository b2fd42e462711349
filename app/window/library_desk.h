// The libraries behind the picture: each kept in step, shown in the settings, added and left.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include "app/fetching/prefetch.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/libraries/place_jobs.h"
#include "app/library/invitation.h"
#include "app/library/library_kind.h"
#include "app/ui/actions/library_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "app/window/sync_loop.h"
#include "media/base/result.h"
#include "upload/sync.h"

namespace meanwhile {

class LibraryDesk final : public LibraryActions {
 public:
  // on_report: a library was polled; true: there is something new to see. on_outbox: an outbox got on.
  // on_libraries: others are open than before. on_kept: all of a clip that is to stay here came in.
  // set_clipboard: the person's.
  struct Calls {
    std::function<bool(const std::string& library, const Result<SyncReport>& report)> on_report;
    std::function<void()> on_outbox;
    std::function<void()> on_libraries;
    std::function<void()> on_kept;
    std::function<void(const std::string& text)> set_clipboard;
    std::function<std::string(const std::string& library)> sync_failure;  // "": in step
  };
  LibraryDesk(Desk& desk, Calls calls) : desk_(desk), calls_(std::move(calls)) {}
  ~LibraryDesk() override { stop(); }

  // Opens what isn't open, each on a thread of its own: on_libraries tells that one is there. Outbox and sync
  // of every open library run from now on.
  void start();
  // They must not report to a window that is gone. Waits for their threads.
  void stop();
  // Polls all at once; what couldn't be opened is tried again.
  void sync_now() override;

  // An invitation, answers of guests, or a URL; where no library is yet it is asked whether to create one.
  // Looked at in the background, for as long as that takes; one at a time.
  void add(const std::string& text) override;
  // The person takes their time; then as add().
  void choose_folder() override;
  void create(const std::string& url, const std::string& name, LibraryKind kind) override;
  void copy_recovery_key() override;
  void put_recovery_key_away() override;
  // Its answer is for nobody any more.
  void cancel_adding() override;
  void use(const std::string& url) override;
  void leave(const std::string& url) override;
  void copy_invitation(const std::string& url, bool with_secret) override;

  // What is new is fetched before it is asked for, what is kept stays whole: by what is so now.
  void plan_prefetch();
  // That what is kept has come, where that wasn't said yet.
  void say_arrivals();
  // As the prefetch threads saw the network last.
  bool is_metered() const { return is_metered_; }

  // Lists the storage in the background; what is shown already is hidden.
  void ask_storage_use(const std::string& url) override;

  // The list in the settings, anew.
  void fill();

 private:
  struct Looked {
    OpenLibrary library;
    bool kept_secret = false;
    std::string recovery_key = {};  // of a sealed one that was made now
  };
  using Look = std::function<Result<Looked>(std::stop_token stop)>;
  Look look_into(const std::string& url, std::optional<Invitation> invitation = std::nullopt);
  void look_at(Look look, std::function<void(Result<Looked>)> then);
  void finish_adding(const std::string& url, bool is_invited, Result<Looked> looked);
  Result<LibrarySession*> take_up(const std::string& url, Result<Looked> looked);
  void open(const std::string& url);
  void take_folder(const Result<std::optional<std::filesystem::path>>& chosen);
  void note_opened(const std::string& url, Result<OpenLibrary> opened);
  void hand_out(const Result<std::string>& invitation, bool with_secret, bool is_sealed);
  void keep_in_step(OpenLibrary& library);
  void end_in_background(const std::string& id, OpenLibrary* closed);
  LibraryView view_of(const std::string& url);
  void after_change();

  Desk& desk_;
  const Calls calls_;
  std::set<std::string> opening_;                           // URLs
  std::map<std::string, std::shared_ptr<SyncLoop>> loops_;  // by library id
  std::atomic<bool> is_metered_ = false;
  std::map<std::string, std::shared_ptr<Prefetcher>> prefetchers_;  // likewise
  bool is_choosing_ = false;                                        // the desktop's dialog is open
  int looks_ = 0;  // counts them: an older one's answer is dropped
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
  PlaceJobs jobs_;  // last: joined before anything above goes
};

}  // namespace meanwhile
