// mpv, steered through its JSON IPC socket. Source: mpv's DOCS/man/ipc.rst.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/json.h"
#include "media/base/result.h"
#include "tests/support/environment.h"

namespace meanwhile {

class MpvSession {
 public:
  // Idle and paused, without a window (--vo=null), without sound and without the person's own settings.
  // options: more of them. Errors: NotFound (no mpv), Unavailable (it doesn't listen).
  static Result<std::unique_ptr<MpvSession>> start(const std::vector<std::string>& options);
  ~MpvSession();
  MpvSession(const MpvSession&) = delete;
  MpvSession& operator=(const MpvSession&) = delete;

  // Sends it, and waits for the answer's "data". Errors: Io (mpv says no), Unavailable (no answer).
  Result<Json> request(const Json& command);
  // What happened before this call counts only if it happened since the last call of request() began. Errors:
  // Unavailable (it didn't happen within 30 s).
  Result<void> wait_for_event(const std::string& name);
  // How many such events came during the last request; those are not counted again.
  int take_events(const std::string& name);
  // User and system time since its start.
  double processor_seconds() const;

 private:
  MpvSession() = default;
  Result<void> connect();
  Result<Json> receive(const std::function<bool(const Json&)>& is_wanted);
  Result<std::string> read_line();

  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> process_;
  int socket_ = -1;
  int last_request_ = 0;
  std::string received_;
  std::vector<Json> events_;  // since the last request began
};

}  // namespace meanwhile
