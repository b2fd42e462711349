// What a frame is drawn with: fonts, the scale, and pictures as textures.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "media/base/clock.h"
#include "media/base/picture.h"

namespace meanwhile {

enum class Weight { Regular, Medium, SemiBold };

// Sizes of type in use, in points before scaling.
enum class TypeSize { Caption, Body, Title, Display, Huge };

// Main thread, within a frame.
class Painter {
 public:
  virtual ~Painter() = default;

  // Pixels of the window's coordinates for one point of the design.
  virtual float scale() const = 0;
  virtual ImFont* font(TypeSize size, Weight weight) = 0;
  // false: no icon font is there; texts and plain shapes stand in for icons.
  virtual bool has_icons() const = 0;

  // A texture of picture, scaled well to width x height of the window's coordinates. slot: who shows it; one picture a
  // slot is kept, and given up when the slot isn't asked for any more. A call with what is there already is free.
  virtual ImTextureID picture(std::string_view slot, const PicturePtr& picture, int width, int height) = 0;
  // As above, RGBA with straight alpha, in its own size.
  virtual ImTextureID image(std::string_view slot, int width, int height, std::span<const std::uint8_t> rgba) = 0;

  // Draw again at `after` from now at the latest: fades, a caret that blinks, a tooltip that waits.
  virtual void redraw_after(std::chrono::milliseconds after) = 0;
};

}  // namespace meanwhile
