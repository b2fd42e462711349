// How screen and camera share one picture: the same geometry for the player's window and for exports.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace meanwhile {

enum class Layout { SideBySide, Screen, Camera, Bubble };

// "side-by-side", "screen", "camera", "bubble".
std::string layout_name(Layout layout);
std::optional<Layout> parse_layout(std::string_view name);

struct Size {
  int width = 0;
  int height = 0;
};

struct Rect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

struct Composition {
  std::optional<Rect> screen;
  std::optional<Rect> camera;  // drawn over the screen
  bool camera_is_round =
      false;  // bubble: a circle inscribed in the rectangle; the camera's middle square fills it
};

// On the way from one to the other; share: 0 to 1. What comes grows out of its middle; what goes is gone.
Composition between(const Composition& from, const Composition& to, double share);

// Where the pictures go in `area`, each in its own shape, nothing cut off (but by the bubble), gap pixels
// between them. A picture that the clip lacks (nullopt) leaves its place to the other, whatever the layout.
// camera_share: of what the two divide when they are side by side; 0: as it fits best.
Composition compose(Layout layout, Size area, std::optional<Size> screen, std::optional<Size> camera, int gap,
                    double camera_share = 0);

}  // namespace meanwhile
