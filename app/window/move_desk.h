// Clips on their way from one library to another, while the window is open.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "app/moving/clip_move.h"
#include "app/window/desk.h"
#include "media/base/result.h"

namespace meanwhile {

class MoveDesk {
 public:
  // on_moved: a clip is in its other library, and in no other.
  MoveDesk(Desk& desk, std::function<void()> on_moved) : desk_(desk), on_moved_(std::move(on_moved)) {}

  // library: its id. What is wrong with it is said.
  void begin(const std::string& clip, const std::string& library);

  // Whenever an outbox got on, and when others are open than before. What failed isn't tried again by that.
  void go_on();
  // It is by this.
  void try_again();

 private:
  void take_step(const ClipMove& move);
  void gather(const ClipMove& move);
  void finish(const ClipMove& move);
  void note_failure(const ClipMove& move, const Error& error);
  std::string name_of(const std::string& library) const;

  Desk& desk_;
  const std::function<void()> on_moved_;
  std::set<std::string> busy_;    // clips
  std::set<std::string> failed_;  // likewise
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
