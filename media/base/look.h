// What an arrangement shows at a moment, and where: for the window, exports and whoever else draws it.
#pragma once

#include <optional>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"

namespace meanwhile {

// A part of a picture, in shares of it.
struct PictureShare {
  double x = 0;
  double y = 0;
  double width = 1;
  double height = 1;
  bool operator==(const PictureShare&) const = default;
};

struct Look {
  Composition places;
  PictureShare screen_part = {};                 // of the screen's picture, which fills its place
  std::vector<const CoveredArea*> covered = {};  // the arrangement's, of both tracks
  const TitleCard* card = nullptr;               // instead of pictures
};

// Where the pictures go.
struct LookArea {
  Size size;
  int gap = 0;
  double camera_share = 0;  // as compose()'s
};

// own: before the arrangement's first layout; instead of all of them if the viewer chose it.
struct OwnLayout {
  Layout layout = Layout::SideBySide;
  bool is_chosen = false;
};

// moment: of the recorded timeline. screen, camera: nullopt where there is no such picture then.
Look look_at(const Arrangement& arrangement, MediaTime moment, const OwnLayout& own, const LookArea& area,
             std::optional<Size> screen, std::optional<Size> camera);

// What of the screen a zoom shows then; all of it where none does.
PictureShare part_in(const std::vector<ScreenZoom>& zooms, MediaTime moment);

// When what look_at() answers next begins to change by itself; while it does, `moment` again. nullopt: it
// stays.
std::optional<MediaTime> next_look(const Arrangement& arrangement, MediaTime moment, const OwnLayout& own);

}  // namespace meanwhile
