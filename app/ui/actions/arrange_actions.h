// Cutting and arranging an update or a draft of one's own, on the Watch page. See actions.h.
#pragma once

#include <optional>
#include <string>

#include "media/base/arrangement.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

class ArrangeActions {
 public:
  virtual ~ArrangeActions() = default;

  virtual void begin_arranging() = 0;
  // The same of a draft, from its page, to which it goes back.
  virtual void begin_arranging_draft(const std::string& take) = 0;
  // For this viewer, as long as the update is open.
  virtual void show_uncut(bool uncut) = 0;
  // Shown at once, to nobody else. What can't be is said, and changes nothing.
  virtual void arrange(const Result<Arrangement>& arrangement) = 0;
  virtual void undo_arranging() = 0;
  virtual void redo_arranging() = 0;
  virtual void choose_part(std::optional<TimeRange> part) = 0;
  virtual void type_card(const std::string& title) = 0;
  virtual void save_arrangement() = 0;  // for everybody
  virtual void drop_arrangement() = 0;
  // What everybody's arrangement cuts and covers: it can't be brought back.
  virtual void remove_for_good() = 0;
};

}  // namespace meanwhile
