// Short messages over the page. The window's thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/ui/actions/notice_actions.h"
#include "app/ui/state.h"
#include "media/base/clock.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

class Notices final : public NoticeActions {
 public:
  Notices(std::vector<Notice>& shown, const Clock& clock) : shown_(shown), clock_(clock) {}

  // action: what the button called action_label does; "": no button. The same text is shown once.
  void show(NoticeKind kind, const std::string& text, const std::string& detail = {},
            const std::string& action_label = {}, std::function<void()> action = {});
  // One about what is going on: it stays until it is dismissed, and its text changes. Answers its number.
  std::uint64_t begin(const std::string& text, const std::string& action_label, std::function<void()> action);
  void change(std::uint64_t id, const std::string& text);
  void dismiss(std::uint64_t id) override;
  void run_action(std::uint64_t id) override;

  // What went well goes by itself, later where it can be undone; trouble stays until it was read.
  void let_go_of_old();
  std::optional<MonotonicTime> next_change() const;

 private:
  struct Kept {
    std::function<void()> action;
    std::optional<MonotonicTime> until;
  };

  std::vector<Notice>& shown_;
  const Clock& clock_;
  std::map<std::uint64_t, Kept> kept_;
  std::uint64_t last_id_ = 0;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
