// Going from page to page, and the window itself. See actions.h.
#pragma once

#include <string>

#include "app/ui/state.h"
#include "media/base/media_time.h"

namespace meanwhile {

class AppActions {
 public:
  virtual ~AppActions() = default;

  // The Record page is armed by this and let go by leaving it. Watch and Publish come with a clip or a take.
  virtual void show_page(PageId page) = 0;
  virtual void go_back() = 0;       // Esc: out of full screen, else to the Inbox; a recording isn't left so
  virtual void begin_search() = 0;  // in the Inbox
  virtual void open_clip(const std::string& clip) = 0;
  virtual void open_clip_at(const std::string& clip, MediaTime at) = 0;
  virtual void open_take(const std::string& take) = 0;  // on the Publish page
  // Of a text that somebody wrote: into the browser; one of ours opens here.
  virtual void open_link(const std::string& url) = 0;
  virtual void show_shortcuts(bool shown) = 0;
  virtual void toggle_full_screen() = 0;
  virtual void set_mini(bool on) = 0;  // the picture alone, in a small window over all others
};

}  // namespace meanwhile
