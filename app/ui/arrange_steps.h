// The steps of the arranging form, as rules without a picture: each answers the arrangement after it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/arrange_state.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

// The marked part with another beginning or end; where that would turn it round, a new one of a second.
TimeRange begun_part(const ArrangePanel& panel, MediaTime at);
TimeRange ended_part(const ArrangePanel& panel, MediaTime at);

// As it is shown while it is arranged: of a draft without what is trimmed away.
Arrangement as_shown(const ArrangePanel& panel);

Result<Arrangement> cut_chosen(const ArrangePanel& panel);
// A cut with another beginning or end; one that nothing is left of is gone.
Result<Arrangement> with_cut_end(const ArrangePanel& panel, const TimeRange& cut, bool is_end, MediaTime at);
// Of ranges that are offered: those that aren't cut yet.
std::vector<TimeRange> still_shown(const ArrangePanel& panel, const std::vector<TimeRange>& ranges);
Result<Arrangement> cut_all(const ArrangePanel& panel, const std::vector<TimeRange>& ranges);
Result<Arrangement> card_at(const ArrangePanel& panel, MediaTime at);

// "0:00.0 – 1:03.5", "Title card: The plan", "Budget, 0:12 long".
std::string part_words(const ArrangePanel& panel, const TimeRange& part);
Menu join_menu(const Box& anchor, const ArrangePanel& panel, MediaTime at);

// nullopt: the viewer's own.
std::optional<Layout> layout_at(const Arrangement& arrangement, MediaTime at);
Arrangement with_layout(const ArrangePanel& panel, MediaTime at, std::optional<Layout> layout);

// Over which time a zoom or a cover holds: the marked part, else some seconds from now on.
TimeRange tool_range(const ArrangePanel& panel, MediaTime at);
struct PlacedPart {
  Rect place;  // of a screen of that size
  Size screen;
  TimeRange range;
};
Result<Arrangement> with_zoom(const ArrangePanel& panel, const PlacedPart& part);
// nullopt: the recording's.
Result<Arrangement> with_poster(const ArrangePanel& panel, std::optional<MediaTime> at);
// All that are offered.
Arrangement with_offered_zooms(const ArrangePanel& panel);
Result<Arrangement> with_covered(const ArrangePanel& panel, const PlacedPart& part, CoverKind kind);

// A zoom or a covered area that is there.
struct PlacedThing {
  std::string name;   // of its part in the window
  std::string words;  // "Zoom 0:12.0 – 0:16.0"
  Arrangement without;
};
std::vector<PlacedThing> placed_things(const ArrangePanel& panel);

}  // namespace meanwhile
