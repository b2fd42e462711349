// What a frame is drawn with: fonts, the scale, keys, and pictures as textures.
#pragma once

#include <imgui.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/keys.h"
#include "app/platform/mirror.h"
#include "media/base/picture.h"

namespace meanwhile {

// The type in use: sizes in points before scaling are in fonts.cpp.
enum class TextStyle {
  Caption,        // 12, regular
  CaptionStrong,  // 12, semi-bold
  Body,           // 14, regular
  BodyStrong,     // 14, medium
  Heading,        // 16, semi-bold
  Title,          // 24, semi-bold
  Huge,           // 96, semi-bold: digits only
};
constexpr int kTextStyleCount = 7;

enum class IconSize { Small, Medium, Large, Huge };  // 16, 20, 28, 48
constexpr int kIconSizeCount = 4;

// How a text that the window's own face can't show is laid out (needs_shaping()), in units of the window's
// coordinates.
enum class TextFit { Line, Paragraph };
struct TextForm {
  TextStyle style = TextStyle::Body;
  TextFit fit = TextFit::Line;
  float width = 0;      // 0: no limit; else a line is shortened, a paragraph broken
  float line_step = 0;  // Paragraph: from one line to the next
};
struct TextExtent {
  float width = 0;
  float height = 0;
  bool is_shortened = false;
};

// Main thread, within a frame.
class Painter {
 public:
  virtual ~Painter() = default;

  // Units of the window's coordinates for one point of the design.
  virtual float scale() const = 0;
  virtual ImFont* font(TextStyle style) = 0;
  // nullptr: no icon font is there.
  virtual ImFont* icon_font(IconSize size) = 0;
  // In units of the window's coordinates.
  virtual float font_height(TextStyle style) const = 0;
  virtual float icon_height(IconSize size) const = 0;

  // Pressed since the last frame, oldest first, wherever the keyboard's focus is.
  virtual std::span<const KeyPress> keys() const = 0;

  // A screen reader listens: whoever draws tells it what, by tell(), at the end of the frame.
  virtual bool is_heard() const = 0;
  virtual void tell(std::vector<Accessible> parts) = 0;
  // What it asks of a part of the last frame; nullptr: nothing.
  virtual const AccessibleWish* wish() const = 0;

  // A texture of picture, scaled well to width x height of the window's coordinates. slot: who shows it; one
  // picture a slot is kept, and given up when the slot isn't asked for any more. A call with what is there
  // already is free.
  virtual ImTextureID picture(std::string_view slot, const PicturePtr& picture, int width, int height) = 0;
  // As above, but the picture's middle square, cut out as a circle of this diameter.
  virtual ImTextureID round_picture(std::string_view slot, const PicturePtr& picture, int diameter) = 0;
  // As above, RGBA with straight alpha, in its own size. generation: another number says that rgba changed.
  virtual ImTextureID image(std::string_view slot, int width, int height, std::span<const std::uint8_t> rgba,
                            std::uint64_t generation) = 0;
  // A white disc of this radius, in units of the window's coordinates, for drawing in colours; rim > 0: only
  // its rim, so wide.
  virtual ImTextureID round_mask(int radius, int rim) = 0;

  virtual TextExtent shaped_extent(std::string_view text, const TextForm& form) = 0;
  // Where the caret stands before byte `index` of text, from where the text is drawn; and the byte before
  // which it stands for somebody who points there. Always within text, and between characters.
  virtual ImVec2 caret_place(std::string_view text, const TextForm& form, std::size_t index) = 0;
  virtual std::size_t caret_index(std::string_view text, const TextForm& form, ImVec2 point) = 0;
  // What is drawn behind bytes from..to when they are chosen: boxes (left, top, right, bottom).
  virtual std::vector<ImVec4> chosen_boxes(std::string_view text, const TextForm& form, std::size_t from,
                                           std::size_t to) = 0;
  virtual void draw_shaped(ImDrawList& list, ImVec2 at, std::string_view text, const TextForm& form,
                           ImU32 color) = 0;

  // nullptr: the window runs from left to right.
  virtual Mirror* mirror() = 0;

  // Draw again at `after` from now at the latest: fades, a caret that blinks, a tooltip that waits.
  virtual void redraw_after(std::chrono::milliseconds after) = 0;
};

}  // namespace meanwhile
