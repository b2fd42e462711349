// How an update is shown after it was recorded: its parts and their order, what was joined to it, layouts and
// zooms by time, what is covered. Nothing of the recording is changed by it. The format:
// app/library/FORMAT.md.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

// All moments here are on the recorded timeline. What is joined lies behind the update's own end on it, each
// at its place, so that a comment on it has a moment too, and keeps it whatever is cut.

// Another update by the same person, as it was recorded.
struct JoinedClip {
  std::string clip;
  TimeRange place;
  bool operator==(const JoinedClip&) const = default;
};

// Words in place of pictures, without a sound.
struct TitleCard {
  TimeRange place;
  std::string title;
  std::string text = {};  // smaller, below; may be empty
  bool operator==(const TitleCard&) const = default;
};

// Where the round camera stands: its middle and diameter, as shares of the picture's width and height.
struct BubblePlace {
  double x = 0;
  double y = 0;
  double size = 0;  // of the height
  bool operator==(const BubblePlace&) const = default;
};

// From there on, until the next.
struct TimedLayout {
  MediaTime at{};
  Layout layout = Layout::SideBySide;
  std::optional<BubblePlace> bubble = {};  // nullopt: where it always is
  MediaTime transition{};                  // so long it takes to get there
  bool operator==(const TimedLayout&) const = default;
};

// The screen is shown larger around a place, gently in and out.
struct ScreenZoom {
  TimeRange range;
  double x = 0.5;  // the middle of what is seen, as shares of the screen
  double y = 0.5;
  double scale = 2;
  bool operator==(const ScreenZoom&) const = default;
};

enum class CoverTrack { Screen, Camera };
enum class CoverKind { Blur, Solid };

// A rectangle that isn't to be read, in shares of that track's picture.
struct CoveredArea {
  TimeRange range;
  CoverTrack track = CoverTrack::Screen;
  CoverKind kind = CoverKind::Blur;
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  bool operator==(const CoveredArea&) const = default;
};

struct Arrangement {
  std::vector<TimeRange> parts = {};      // in the order in which they are shown; empty: as recorded
  std::vector<JoinedClip> joined = {};    // by place
  std::vector<TitleCard> cards = {};      // likewise
  std::vector<TimedLayout> layouts = {};  // by time; before the first, the viewer's own choice
  std::vector<ScreenZoom> zooms = {};     // by time, apart from each other
  std::vector<CoveredArea> covered = {};  // by time
  std::optional<Chapters> chapters = {};  // instead of the update's
  std::optional<double> speed = {};       // to begin with
  std::optional<MediaTime> poster = {};   // the picture that stands for it: of something that is shown
  bool uncut_is_shown = false;            // others may look at the recording without cuts
  bool operator==(const Arrangement&) const = default;

  [[nodiscard]] bool is_nothing() const { return *this == Arrangement{}; }
};

constexpr MediaTime kLongestTransition = std::chrono::milliseconds(600);
constexpr MediaTime kLongestCard = std::chrono::seconds(60);
constexpr double kStrongestZoom = 8;
constexpr std::size_t kMostJoined = 50;
constexpr std::size_t kMostTimedThings = 500;  // of each kind
constexpr std::size_t kLongestCardText = 500;  // characters

// Where the next joined clip or card may lie on the recorded timeline of an update of that duration.
MediaTime free_place(const Arrangement& arrangement, MediaTime duration);

// What is shown of an update of that duration, in order. Errors: InvalidArgument: as EditList::create; a part
// that lies where nothing is.
Result<EditList> edits_of(const Arrangement& arrangement, MediaTime duration);

// Of an update of that duration: the moment whose picture stands for it in lists. nullopt: the one that was
// chosen when it was recorded may, for nothing is cut or covered.
std::optional<MediaTime> poster_moment(const Arrangement& arrangement, MediaTime duration);

// Of one that a person wrote: everything that makes no sense is an error. duration: the update's. Errors:
// InvalidArgument: a sentence that names what and where.
Result<void> check_arrangement(const Arrangement& arrangement, MediaTime duration);

// Errors: Corrupt (no arrangement; a sentence says where), Unsupported (a later format).
Result<Arrangement> parse_arrangement(std::string_view text);
std::string to_text(const Arrangement& arrangement);

}  // namespace meanwhile
