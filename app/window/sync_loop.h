// Keeps a library in step while the window is open.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/page/guest_intake.h"
#include "app/page/renewal.h"
#include "media/base/clock.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "upload/capabilities.h"
#include "upload/sync.h"

namespace meanwhile {

// Owns the thread "sync". An idle poll is one small read; each minute one more for each share whose page
// takes answers. Where the storage tells of changes (a folder on this machine), they are polled for at once.
class SyncLoop {
 public:
  // on_report: after each poll, on the sync thread. library must outlive this.
  SyncLoop(OpenLibrary& library, std::function<void(Result<SyncReport>)> on_report)
      : open_(library),
        library_(*library.session),
        pages_(library),
        on_report_(std::move(on_report)),
        thread_("sync", [this](std::stop_token stop) { run(stop); }) {}

  // Any thread: polls at once.
  void poll_now();

 private:
  void run(std::stop_token stop);
  void purge(const std::stop_token& stop);
  // true: some came in.
  bool take_answers(const std::stop_token& stop);
  void renew_pages(const std::stop_token& stop);
  // Of what was removed for good, once the index has changed since it was all gone.
  void settle(const std::stop_token& stop);

  OpenLibrary& open_;
  LibrarySession& library_;
  PageKeeper pages_;  // only the thread's
  const std::function<void(Result<SyncReport>)> on_report_;
  std::mutex mutex_;
  std::condition_variable_any wanted_;
  bool is_wanted_ = false;
  // Only the thread's.
  std::unique_ptr<StorageWatch> watch_;
  GuestIntake answers_;
  std::int64_t settled_revision_ = -1;
  MonotonicTime settle_again_at_{};
  bool are_settled_ = true;
  NamedThread thread_;
};

}  // namespace meanwhile
