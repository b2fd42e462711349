// For readers of languages that run from right to left: pages are laid out from left to right, and the whole
// window is mirrored when it is drawn. What has a direction of its own (a line of text, a picture, a film's
// timeline) is moved to the mirrored place and not turned around.
#pragma once

#include <imgui.h>

#include <optional>
#include <vector>

namespace meanwhile {

// Main thread. Boxes are left, top, right, bottom, in units of the window's coordinates, as they are laid
// out.
class Mirror {
 public:
  void begin_frame(float width);

  // What was drawn into list from vertex `first` on keeps its direction, as one piece.
  void keep(const ImDrawList& list, int first);
  // Likewise all that is within box, and what lies there is pointed at as it is laid out. children: also what
  // other lists have in it (ImGui's own fields).
  enum class Children { No, Yes };
  void keep_within(const ImDrawList& list, int first, const ImVec4& box, Children children);
  // What lies over such a box is mirrored like the rest: a menu, a dialog.
  void cover(const ImVec4& box);

  void apply(const ImDrawData& data);

  // Between what is seen and how it is laid out, by the boxes of the last whole frame.
  ImVec2 laid_out(ImVec2 seen) const;
  ImVec4 seen(const ImVec4& laid_out) const;
  // Where something is laid out that lies outside of all kept boxes, and is seen where laid_out is.
  ImVec4 outside(const ImVec4& laid_out) const;

 private:
  struct Extent {
    float left;
    float right;
  };
  struct Piece {
    const ImDrawList* list;
    int first;
    int end;
    std::optional<Extent> extent;  // nullopt: of what was drawn
  };
  struct Area {
    const ImDrawList* list;
    ImVec4 box;
    bool is_kept;
    bool has_children;
  };
  float turned(float x) const { return width_ - x; }
  // How far to the right all of it goes.
  float shift_of(Extent extent) const { return width_ - extent.left - extent.right; }
  static Extent extent_of(const Piece& piece);
  const Area* area_of(const ImDrawList& list, const ImVec4& clip) const;
  void apply(ImDrawList& list);
  void straighten(ImDrawList& list) const;

  float width_ = 0;
  std::vector<Piece> pieces_;
  std::vector<Area> areas_;
  std::vector<Area> last_areas_;
  float last_width_ = 0;
  std::vector<float> shifts_;  // of the list in work, a vertex each; kTurned: it is turned around
};

}  // namespace meanwhile
