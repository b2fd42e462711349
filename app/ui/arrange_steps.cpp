#include "app/ui/arrange_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/actions.h"
#include "app/ui/arrange_state.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "media/base/arrangement.h"
#include "media/base/arrangement_edits.h"
#include "media/base/edit_list.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr MediaTime kNewPart = std::chrono::seconds(1);
constexpr MediaTime kToolTime = std::chrono::seconds(4);
constexpr MediaTime kFormCard = std::chrono::seconds(3);
constexpr MediaTime kFormTransition = std::chrono::milliseconds(300);
// Two changes of layout nearer to each other are one.
constexpr MediaTime kSameChange = std::chrono::milliseconds(100);

std::string span_words(const TimeRange& range) {
  return fmt::format("{} – {}", format_exact_moment(range.from), format_exact_moment(range.to));
}

Result<Arrangement> if_good(const ArrangePanel& panel, Arrangement arrangement) {
  MEANWHILE_TRY(check_arrangement(arrangement, panel.duration));
  return arrangement;
}

}  // namespace

TimeRange begun_part(const ArrangePanel& panel, MediaTime at) {
  if (panel.chosen && panel.chosen->to > at) return {at, panel.chosen->to};
  return {at, at + kNewPart};
}

TimeRange ended_part(const ArrangePanel& panel, MediaTime at) {
  if (panel.chosen && panel.chosen->from < at) return {panel.chosen->from, at};
  return {std::max(MediaTime{}, at - kNewPart), at};
}

Arrangement as_shown(const ArrangePanel& panel) {
  Arrangement shown = panel.now;
  for (const TimeRange& trimmed :
       {TimeRange{MediaTime{}, panel.kept.from}, TimeRange{panel.kept.to, panel.duration}}) {
    if (!panel.is_draft || trimmed.duration() <= MediaTime{}) continue;
    // Cut already, or all that there is: then the page says so when it is published.
    if (auto without = with_cut(shown, panel.duration, trimmed)) shown = std::move(*without);
  }
  return shown;
}

Result<Arrangement> cut_chosen(const ArrangePanel& panel) {
  if (!panel.chosen)
    return fail(ErrorCode::InvalidArgument, tr("Mark a part first: I where it begins, O where it ends."));
  return with_cut(panel.now, panel.duration, *panel.chosen);
}

Result<Arrangement> with_cut_end(const ArrangePanel& panel, const TimeRange& cut, bool is_end, MediaTime at) {
  const TimeRange wanted{is_end ? cut.from : std::clamp(at, MediaTime{}, cut.to),
                         is_end ? std::clamp(at, cut.from, panel.duration) : cut.to};
  auto restored = with_restored(panel.now, panel.duration, cut);
  if (!restored || wanted.duration() < kShortestPart) return restored;
  return with_cut(std::move(*restored), panel.duration, wanted);
}

std::vector<TimeRange> still_shown(const ArrangePanel& panel, const std::vector<TimeRange>& ranges) {
  std::vector<TimeRange> left;
  const auto edits = edits_of(panel.now, panel.duration);
  if (!edits) return left;
  std::ranges::copy_if(ranges, std::back_inserter(left),
                       [&](const TimeRange& range) { return !edits->edited_ranges(range).empty(); });
  return left;
}

Result<Arrangement> cut_all(const ArrangePanel& panel, const std::vector<TimeRange>& ranges) {
  Arrangement arrangement = panel.now;
  for (const TimeRange& range : ranges) {
    auto next = with_cut(std::move(arrangement), panel.duration, range);
    if (!next) return next;
    arrangement = std::move(*next);
  }
  return arrangement;
}

Result<Arrangement> card_at(const ArrangePanel& panel, MediaTime at) {
  return with_card(panel.now, panel.duration, panel.card, "", kFormCard, at);
}

std::string part_words(const ArrangePanel& panel, const TimeRange& part) {
  for (const TitleCard& card : panel.now.cards)
    if (card.place.from <= part.from && part.from < card.place.to)
      return tr_format("Title card: {}", card.title);
  for (const JoinedClip& joined : panel.now.joined) {
    if (part.from < joined.place.from || part.from >= joined.place.to) continue;
    const auto known = std::ranges::find(panel.others, joined.clip, &JoinChoice::clip);
    const std::string title = known == panel.others.end() ? tr("Another update") : known->title;
    // TRANSLATORS: {0} is a title, {1} a length such as 1:23.
    return tr_format("{}, {} long", title, format_moment(part.duration()));
  }
  return span_words(part);
}

Menu join_menu(const Box& anchor, const ArrangePanel& panel, MediaTime at) {
  Menu menu{.name = "arrange/others", .anchor = anchor, .width_points = 280};
  for (const JoinChoice& other : panel.others)
    menu.items.push_back({other.title, format_moment(other.duration), std::nullopt});
  menu.choose = [panel, at](Actions& actions, std::size_t item) {
    const JoinChoice& other = panel.others[item];
    actions.arrange.arrange(with_joined(panel.now, panel.duration, other.clip, other.duration, at));
  };
  return menu;
}

std::optional<Layout> layout_at(const Arrangement& arrangement, MediaTime at) {
  const auto after = std::ranges::upper_bound(arrangement.layouts, at, {}, &TimedLayout::at);
  if (after == arrangement.layouts.begin()) return std::nullopt;
  return std::prev(after)->layout;
}

// nullopt ends all that was said from there on.
Arrangement with_layout(const ArrangePanel& panel, MediaTime at, std::optional<Layout> layout) {
  Arrangement next = panel.now;
  std::erase_if(next.layouts, [&](const TimedLayout& timed) {
    return layout ? std::chrono::abs(timed.at - at) < kSameChange : timed.at >= at - kSameChange;
  });
  if (!layout && layout_at(next, at)) next.layouts.clear();
  if (layout && layout_at(next, at) != layout)
    next.layouts.push_back({.at = at, .layout = *layout, .transition = kFormTransition});
  std::ranges::sort(next.layouts, {}, &TimedLayout::at);
  return next;
}

TimeRange tool_range(const ArrangePanel& panel, MediaTime at) {
  return panel.chosen.value_or(TimeRange{at, at + kToolTime});
}

Result<Arrangement> with_zoom(const ArrangePanel& panel, const PlacedPart& part) {
  Arrangement next = panel.now;
  const double width = part.screen.width;
  const double height = part.screen.height;
  next.zooms.push_back({.range = part.range,
                        .x = (part.place.x + part.place.width / 2.0) / width,
                        .y = (part.place.y + part.place.height / 2.0) / height,
                        .scale = std::clamp(width / part.place.width, 1.0, kStrongestZoom)});
  std::ranges::sort(next.zooms, {}, [](const ScreenZoom& zoom) { return zoom.range.from; });
  return if_good(panel, std::move(next));
}

Result<Arrangement> with_poster(const ArrangePanel& panel, std::optional<MediaTime> at) {
  Arrangement next = panel.now;
  next.poster = at;
  return if_good(panel, std::move(next));
}

Arrangement with_offered_zooms(const ArrangePanel& panel) {
  Arrangement next = panel.now;
  std::ranges::copy(panel.offered_zooms, std::back_inserter(next.zooms));
  std::ranges::sort(next.zooms, {}, [](const ScreenZoom& zoom) { return zoom.range.from; });
  return next;
}

Result<Arrangement> with_covered(const ArrangePanel& panel, const PlacedPart& part, CoverKind kind) {
  Arrangement next = panel.now;
  const double width = part.screen.width;
  const double height = part.screen.height;
  next.covered.push_back({.range = part.range,
                          .track = CoverTrack::Screen,
                          .kind = kind,
                          .x = part.place.x / width,
                          .y = part.place.y / height,
                          .width = part.place.width / width,
                          .height = part.place.height / height});
  std::ranges::sort(next.covered, {}, [](const CoveredArea& area) { return area.range.from; });
  return if_good(panel, std::move(next));
}

std::vector<PlacedThing> placed_things(const ArrangePanel& panel) {
  std::vector<PlacedThing> things;
  for (std::size_t i = 0; i < panel.now.zooms.size(); ++i) {
    Arrangement without = panel.now;
    without.zooms.erase(without.zooms.begin() + static_cast<std::ptrdiff_t>(i));
    // TRANSLATORS: {} is a time range such as 0:12.0 – 0:16.0.
    std::string words = tr_format("Zoom {}", span_words(panel.now.zooms[i].range));
    things.push_back({fmt::format("arrange/zoom/{}", i), std::move(words), without});
  }
  for (std::size_t i = 0; i < panel.now.covered.size(); ++i) {
    const CoveredArea& area = panel.now.covered[i];
    Arrangement without = panel.now;
    without.covered.erase(without.covered.begin() + static_cast<std::ptrdiff_t>(i));
    // TRANSLATORS: An area of the picture; {} is a time range such as 0:12.0 – 0:16.0.
    std::string words = area.kind == CoverKind::Blur ? tr_format("Blurred {}", span_words(area.range))
                                                     : tr_format("Covered {}", span_words(area.range));
    things.push_back({fmt::format("arrange/covered/{}", i), std::move(words), without});
  }
  return things;
}

}  // namespace meanwhile
