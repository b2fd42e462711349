// What a person chooses. See actions.h.
#pragma once

#include <functional>

#include "app/library/settings.h"

namespace meanwhile {

class SettingsActions {
 public:
  virtual ~SettingsActions() = default;

  // Keeps what `change` makes of the settings. What can't be meant is said, and nothing is changed then.
  virtual void change(const std::function<void(Settings&)>& change) = 0;
  // Of all libraries; they aren't in the settings, for commands have them too. Clips wait, words go all the
  // same.
  virtual void pause_sending(bool paused) = 0;
  virtual void limit_sending(int kilobits_per_second) = 0;  // 0: no limit
  virtual void open_data_folder() = 0;
};

}  // namespace meanwhile
