// Several clips watched one after the other: when one ends, the next one opens after a moment to say no.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/ui/actions/queue_actions.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/clock.h"

namespace meanwhile {

class QueueDesk final : public QueueActions {
 public:
  // open: opens a clip and plays it; false: it can't be opened, the one after it is tried.
  QueueDesk(Desk& desk, std::function<bool(const std::string& clip)> open)
      : desk_(desk), open_(std::move(open)) {}

  // Plays the first at once.
  void start(std::deque<std::string> clips);
  void play_next() override;
  void leave() override;

  // Before each frame, after the Watch page's.
  void update();
  std::optional<MonotonicTime> next_change() const;

 private:
  void fill();
  bool is_busy() const;
  QueueView& view() const { return desk_.state.watch.queue; }

  Desk& desk_;
  const std::function<bool(const std::string& clip)> open_;
  bool is_on_ = false;
  std::deque<std::string> rest_;
  std::optional<MonotonicTime> next_at_;  // while one has ended and the next hasn't begun
};

}  // namespace meanwhile
