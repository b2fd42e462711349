// What ImGui's text fields can't do: other scripts, right to left, lines broken at words. ImGui keeps the
// text, the keys and the clipboard, unseen; this shows what it holds and says where the caret goes.
#pragma once

#include <imgui.h>

#include <string_view>

#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"

namespace meanwhile {

// One frame of a field; what lasts is kept in the window's storage under the field's name.
class ShapedEditing {
 public:
  // inside: where the text stands. text: as it was before this frame.
  ShapedEditing(Pen& pen, const Box& inside, std::string_view name, std::string_view text, bool is_multiline);
  ~ShapedEditing();
  ShapedEditing(const ShapedEditing&) = delete;
  ShapedEditing& operator=(const ShapedEditing&) = delete;

  // From ImGui's callback of every frame: the mouse and the keys up and down go by what is seen.
  void steer(ImGuiInputTextCallbackData& data);
  // After ImGui had its turn.
  void draw(std::string_view text, bool is_active);

 private:
  void steer_by_mouse(ImGuiInputTextCallbackData& data, std::string_view text);
  void steer_by_lines(ImGuiInputTextCallbackData& data, std::string_view text);
  // Moves the text as far as the caret needs.
  void keep_in_sight(std::string_view text);
  ImVec2 origin() const;
  // What lasts from frame to frame. ImGui calls back from a window of its own: the place is looked up once.
  enum class Kept { Cursor, Anchor, IsDragging, Scroll };
  int& kept(Kept what) const;

  Pen& pen_;
  const Box inside_;
  ImGuiStorage& storage_;
  const ImGuiID id_;
  const bool is_multiline_;
  const TextForm form_;
  int cursor_ = 0;
  int chosen_from_ = 0;
  int chosen_to_ = 0;
};

}  // namespace meanwhile
