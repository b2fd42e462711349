// Screen and camera side by side, as the viewer wants them.
#pragma once

#include <optional>
#include <string_view>

#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"

namespace meanwhile {

// A change of layout takes a moment, so that one sees where each picture went. Kept from frame to frame.
class StageMotion {
 public:
  // Where the pictures are now on their way to `target`. seconds: since the frame before.
  Composition step(Layout layout, const Composition& target, float seconds);
  [[nodiscard]] bool is_moving() const { return progress_ < 1; }

 private:
  std::optional<Layout> layout_;
  Composition from_;
  Composition now_;
  float progress_ = 1;
};

// Points between screen and camera.
constexpr float kStageGap = 12;

struct Stage {
  std::string_view slot;  // where its textures are kept
  PicturePtr screen;      // or the part of it that is shown
  PicturePtr camera;
  Layout layout = Layout::SideBySide;
  std::optional<PointerView> pointer = std::nullopt;
  ImU32 behind = 0;  // what shows at rounded corners
  Rect shown{};      // of the screen, where `screen` is a part of it; empty: all
  StageMotion* motion = nullptr;
  double camera_share = 0;  // as compose()'s
  // Its author's layouts and title cards at that moment of the recorded timeline; nullptr: there are none.
  const Arrangement* arrangement = nullptr;
  MediaTime moment{};
  bool is_layout_chosen = false;  // `layout` is the viewer's, and counts instead
};

// Where the screen track is in the window.
struct ScreenPlace {
  Box whole;  // all of it, also what can't be seen
  Box seen;   // the part of it that is
};
// The one place that knows: drawings follow it. seen: where draw_stage() put the picture; track: all of it;
// shown: Stage's.
ScreenPlace screen_place(const Box& seen, const Picture& track, const Rect& shown);
// A place of the screen track, 0 to 1 from its upper left, in the window, and back.
ImVec2 to_window(const ScreenPlace& place, ImVec2 share);
ImVec2 from_window(const ScreenPlace& place, ImVec2 point);

// Where the face goes, over the screen or beside it; nullopt: one of the two is shown alone.
std::optional<Box> face_place(const Pen& pen, const Box& box, const Stage& stage);

// Where the screen's picture went; nullopt: it isn't shown.
std::optional<Box> draw_stage(Pen& pen, const Box& box, const Stage& stage);

}  // namespace meanwhile
