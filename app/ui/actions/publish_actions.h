// The Publish page: state.publish.take. See actions.h.
#pragma once

#include <string>

#include "app/ui/actions/play_actions.h"
#include "media/base/chapters.h"
#include "media/base/trim.h"

namespace meanwhile {

class PublishActions : public PlayActions {
 public:
  virtual void edit_title(const std::string& title) = 0;
  virtual void edit_channel(const std::string& channel) = 0;
  virtual void choose_destination(const std::string& library) = 0;  // an id
  virtual void deliver_in_the_morning(bool on) = 0;
  virtual void correct(const std::string& clip) = 0;  // it takes that one's place; "": it is one of its own
  virtual void trim(const Trim& trim) = 0;
  virtual void set_chapters(const Chapters& chapters) = 0;  // of the whole take
  virtual void publish() = 0;
  virtual void discard() = 0;  // confirmed already; then the Inbox
};

}  // namespace meanwhile
