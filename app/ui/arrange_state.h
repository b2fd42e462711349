// What the window shows while an author cuts and arranges an update. Plain data, as in state.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/trim.h"

namespace meanwhile {

// Another update of one's own, which can be joined.
struct JoinChoice {
  std::string clip;
  std::string title;
  MediaTime duration{};
};

// Cuts of one kind that are offered: "Silences".
struct OfferedCuts {
  std::string label;
  std::vector<TimeRange> ranges;  // by time
};

struct ArrangePanel {
  std::string clip;
  MediaTime duration{};   // as it was recorded
  bool is_draft = false;  // it isn't published: nobody else sees it yet
  KeptRange kept{};       // of a draft: the rest is trimmed away; of an update all
  Arrangement now;        // shown already, said when it is saved
  std::optional<TimeRange> chosen;
  std::vector<JoinChoice> others;
  std::vector<OfferedCuts> offered;
  std::vector<ScreenZoom> offered_zooms;  // around what was clicked
  std::string card;                       // a title card's, as it is typed
  bool can_undo = false;
  bool can_redo = false;
};

}  // namespace meanwhile
