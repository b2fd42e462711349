// Files that were dropped on the window become drafts: one after the other, with progress and an end that is
// told.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/window/desk.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/record/take.h"

namespace meanwhile {

class ImportDesk {
 public:
  // open_take: on the Publish page. on_change: there is another draft.
  struct Calls {
    std::function<void(const std::string& take)> open_take;
    std::function<void()> on_change;
  };
  ImportDesk(Desk& desk, Calls calls) : desk_(desk), calls_(std::move(calls)) {}
  ImportDesk(const ImportDesk&) = delete;
  ImportDesk& operator=(const ImportDesk&) = delete;
  // What is being made is dropped.
  ~ImportDesk() = default;

  void import(const std::vector<std::filesystem::path>& files);

 private:
  void begin_next();
  void show_progress(const std::string& name, int percent);
  void finish(const std::string& name, const Result<Take>& take);
  void open_made();
  void cancel();

  Desk& desk_;
  const Calls calls_;
  std::deque<std::filesystem::path> waiting_;
  bool is_running_ = false;
  std::string made_;          // the last draft of those that were dropped
  std::uint64_t notice_ = 0;  // that tells how far it is
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
  NamedThread thread_;  // last: joined before anything above goes
};

}  // namespace meanwhile
