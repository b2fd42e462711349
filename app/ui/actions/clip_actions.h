// What is done with a clip, on whichever page. See actions.h.
#pragma once

#include <string>

#include "app/ui/state.h"
#include "media/base/media_time.h"

namespace meanwhile {

class ClipActions {
 public:
  virtual ~ClipActions() = default;

  virtual void copy_link(const std::string& clip) = 0;
  virtual void copy_words(const std::string& words) = 0;  // of what is said in it
  virtual void copy_link_at(const std::string& clip, MediaTime at) = 0;
  // On the Watch page: what to export of the clip there, and where to.
  virtual void begin_export() = 0;
  virtual void change_export(const ExportForm& form) = 0;
  virtual void choose_export_file() = 0;  // in the desktop's dialog
  virtual void start_export() = 0;
  virtual void drop_export() = 0;
  virtual void keep_clip(const std::string& clip, bool kept) = 0;  // on this machine
  // Title, channel, description and chapters of one's own, on the Watch page.
  virtual void begin_edit() = 0;
  virtual void change_edit(const ClipEdit& edit) = 0;
  virtual void save_edit() = 0;
  virtual void drop_edit() = 0;
  virtual void delete_clip(const std::string& clip) = 0;   // confirmed already
  virtual void restore_clip(const std::string& clip) = 0;  // out of the trash
  // library: an id. Confirmed already.
  virtual void move_clip(const std::string& clip, const std::string& library) = 0;
};

}  // namespace meanwhile
