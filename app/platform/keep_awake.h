// Asks the desktop not to sleep or lock while somebody watches or records, and not to show notes over what is
// recorded. Where nobody does that there is nothing, and that is no error.
#pragma once

#include <memory>

namespace meanwhile {

enum class Calm {
  None,
  Awake,          // neither sleep nor a dark screen
  AwakeAndQuiet,  // and no notes of other programs
};

class KeepAwake {
 public:
  virtual ~KeepAwake() = default;
  // One thread; returns at once. The same again costs nothing. It ends with this object, and with the
  // program.
  virtual void ask(Calm calm) = 0;
};

// Owns the thread "keep-awake" from the first wish on, which talks to the session bus and never waits for its
// answers.
std::unique_ptr<KeepAwake> make_keep_awake();

}  // namespace meanwhile
