// The Inbox. See actions.h.
#pragma once

#include <string>

#include "app/ui/state.h"

namespace meanwhile {

class InboxActions {
 public:
  virtual ~InboxActions() = default;

  virtual void search(const std::string& words) = 0;
  // Somebody pasted answers of guests (library/guest_line.h).
  virtual void take_answers(const std::string& text) = 0;
  virtual void choose_filter(InboxFilter filter) = 0;
  virtual void choose_library(const std::string& id) = 0;    // empty: all; of all its channels
  virtual void choose_channel(const std::string& name) = 0;  // empty: all
  virtual void choose_order(InboxOrder order) = 0;
  // These of the list are seen: more of it is loaded. Only called where state.inbox hasn't got them.
  virtual void show_clips(int first, int count) = 0;
  virtual void archive_clip(const std::string& clip, bool archived) = 0;  // for oneself
  virtual void archive_channel(const std::string& library, const std::string& name, bool archived) = 0;
  // For oneself: others don't see it as watched.
  virtual void mark_watched(const std::string& clip) = 0;
  virtual void mark_all_watched() = 0;                     // of the list that is looked at; confirmed already
  virtual void play_all() = 0;                             // what is new, one clip after the other
  virtual void discard_take(const std::string& take) = 0;  // confirmed already
};

}  // namespace meanwhile
