// An update for people outside the library, on the Watch page in the place of its comments. See actions.h.
#pragma once

#include <string>

#include "app/ui/state.h"

namespace meanwhile {

class ShareActions {
 public:
  virtual ~ShareActions() = default;

  virtual void begin_share(const std::string& clip) = 0;
  virtual void change_share(const SharePanel& panel) = 0;
  virtual void choose_share_file() = 0;  // in the desktop's dialog
  virtual void make_share() = 0;
  virtual void copy_share(const std::string& share) = 0;  // its link
  virtual void end_share(const std::string& share) = 0;   // confirmed already
  virtual void drop_share() = 0;
};

}  // namespace meanwhile
