// Clips that play one after the other. See actions.h.
#pragma once

namespace meanwhile {

class QueueActions {
 public:
  virtual ~QueueActions() = default;

  virtual void play_next() = 0;
  virtual void leave() = 0;  // this one is the last
};

}  // namespace meanwhile
