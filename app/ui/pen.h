// What widgets and pages draw with: the theme, the scale, text that fits, icons, pictures, and who is
// hovered.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/icons.h"
#include "app/platform/mirror.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/theme.h"
#include "media/base/picture.h"

namespace meanwhile {

enum class Align { Left, Center, Right };

// For as long as it lives: what is drawn into list keeps its direction where the window is mirrored, as one
// piece; with `within`, in that box, where it is also pointed at as it is laid out.
class KeptDirection {
 public:
  KeptDirection(Painter& painter, const ImDrawList& list);
  KeptDirection(Painter& painter, const ImDrawList& list, const Box& within,
                Mirror::Children children = Mirror::Children::No);
  ~KeptDirection();
  KeptDirection(const KeptDirection&) = delete;
  KeptDirection& operator=(const KeptDirection&) = delete;

 private:
  Mirror* const mirror_;
  const ImDrawList& list_;
  const int first_;
  std::optional<Box> within_;
  Mirror::Children children_ = Mirror::Children::No;
};

// One frame long. Colours and boxes are ImGui's; `points` are the design's units, px() makes boxes' units of
// them.
class Pen {
 public:
  Pen(Painter& on, const Theme& in_theme, Interactions& with) : painter(on), theme(in_theme), input(with) {}

  Painter& painter;
  const Theme& theme;
  Interactions& input;

  // Rounded to a whole unit, so that edges are sharp.
  float px(float points) const;
  ImDrawList& list() const { return *ImGui::GetWindowDrawList(); }

  void fill(const Box& box, ImU32 color, float radius_points = 0);
  void outline(const Box& box, ImU32 color, float radius_points = 0, float width_points = 1);
  void shadow(const Box& box, float radius_points);
  void ring(const Box& box, float radius_points);  // keyboard focus
  void disc(ImVec2 center, float radius, ImU32 color);
  void line(const Box& box, ImU32 color) { fill(box, color); }

  float text_width(TextStyle style, std::string_view text) const;
  float text_height(TextStyle style) const { return painter.font_height(style); }
  // A line of text in the middle of box's height; what doesn't fit ends in an ellipsis, and the whole shows
  // as a tooltip while the pointer is there. Returns the width drawn.
  float text(const Box& box, TextStyle style, ImU32 color, std::string_view text, Align align = Align::Left);
  // Lines broken at words, from box's top. Returns the height; box's height isn't looked at.
  float paragraph(const Box& box, TextStyle style, ImU32 color, std::string_view text);
  // As paragraphs of that width are laid out.
  TextForm paragraph_form(float width, TextStyle style) const;
  float paragraph_height(float width, TextStyle style, std::string_view text) const;

  // What is drawn in box from now on keeps its direction (class KeptDirection).
  KeptDirection keep_direction(const Box& box, Mirror::Children children = Mirror::Children::No) const {
    return {painter, list(), box, children};
  }

  // Where something is to be drawn that hangs at `about`, which may keep its direction, and doesn't itself.
  Box beside(const Box& about) const;

  void icon(const Box& box, Icon icon, IconSize size, ImU32 color);
  // Fills box with picture, its corners rounded: behind is what lies behind them. Nothing, if there is no
  // picture.
  void picture(const Box& box, std::string_view slot, const PicturePtr& picture, float radius_points,
               ImU32 behind);
  // As above, as a circle with the picture's middle square.
  void round_picture(const Box& box, std::string_view slot, const PicturePtr& picture);
  // Covers the corners of box with what lies behind it.
  void round_corners(const Box& box, float radius_points, ImU32 behind);

  // Shows text above part `name` once the pointer has rested there. shortcut: may be empty.
  void tooltip(std::string_view name, const Box& box, std::string_view text, std::string_view shortcut = {});

 private:
  std::vector<std::string_view> lines_of(float width, TextStyle style, std::string_view text) const;
  void draw_line(ImDrawList& on, ImVec2 at, TextStyle style, ImU32 color, std::string_view text);
  float draw_lines(ImDrawList& on, const Box& box, TextStyle style, ImU32 color, std::string_view text);
  float shaped_text(const Box& box, TextStyle style, ImU32 color, std::string_view text, Align align);
  void tell_shortened(const Box& box, std::string_view text);
  void draw_tip(const Box& at, std::string_view text, std::string_view shortcut);
};

// text shortened to width with an ellipsis; the same text if it fits. measure: width of a text.
std::string elided(std::string_view text, float width, const std::function<float(std::string_view)>& measure);

// text broken into lines of at most width, at spaces where there are any.
std::vector<std::string_view> wrapped(std::string_view text, float width,
                                      const std::function<float(std::string_view)>& measure);

}  // namespace meanwhile
