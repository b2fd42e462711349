#include "app/ui/widgets/shaped_editing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"

namespace meanwhile {
namespace {

TextForm form_of(const Pen& pen, const Box& inside, bool is_multiline) {
  return is_multiline ? pen.paragraph_form(inside.width(), TextStyle::Body)
                      : TextForm{.style = TextStyle::Body};
}

bool is_caret_lit() {
  constexpr double kPeriod = 1.2;
  constexpr double kLit = 0.8;
  return std::fmod(ImGui::GetTime(), kPeriod) < kLit;
}

}  // namespace

ShapedEditing::ShapedEditing(Pen& pen, const Box& inside, std::string_view name, std::string_view text,
                             bool is_multiline)
    : pen_(pen),
      inside_(inside),
      storage_(*ImGui::GetStateStorage()),
      id_(ImGui::GetID(fmt::format("##{}/shaped", name).c_str())),
      is_multiline_(is_multiline),
      form_(form_of(pen, inside, is_multiline)),
      cursor_(std::min(kept(Kept::Cursor), int(text.size()))) {
  for (const ImGuiCol part :
       {ImGuiCol_Text, ImGuiCol_TextSelectedBg, ImGuiCol_ScrollbarBg, ImGuiCol_ScrollbarGrab,
        ImGuiCol_ScrollbarGrabActive, ImGuiCol_ScrollbarGrabHovered})
    ImGui::PushStyleColor(part, IM_COL32_BLACK_TRANS);
}

ShapedEditing::~ShapedEditing() {
  ImGui::PopStyleColor(6);
}

int& ShapedEditing::kept(Kept what) const {
  return *storage_.GetIntRef(id_ + ImGuiID(what));
}

ImVec2 ShapedEditing::origin() const {
  const auto scroll = float(kept(Kept::Scroll));
  return is_multiline_ ? ImVec2(inside_.left, inside_.top - scroll)
                       : ImVec2(inside_.left - scroll, inside_.top);
}

void ShapedEditing::steer(ImGuiInputTextCallbackData& data) {
  const std::string_view text(data.Buf, std::size_t(data.BufTextLen));
  steer_by_mouse(data, text);
  if (is_multiline_) steer_by_lines(data, text);
  cursor_ = data.CursorPos;
  chosen_from_ = std::min(data.SelectionStart, data.SelectionEnd);
  chosen_to_ = std::max(data.SelectionStart, data.SelectionEnd);
}

void ShapedEditing::steer_by_mouse(ImGuiInputTextCallbackData& data, std::string_view text) {
  if (!ImGui::IsMouseDown(0)) {
    kept(Kept::IsDragging) = 0;
    return;
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool is_pressed = ImGui::IsMouseClicked(0) && inside_.contains(mouse);
  if (!is_pressed && kept(Kept::IsDragging) == 0) return;
  const ImVec2 from = origin();
  const int pointed = int(pen_.painter.caret_index(text, form_, {mouse.x - from.x, mouse.y - from.y}));
  if (is_pressed) {
    kept(Kept::IsDragging) = 1;
    kept(Kept::Anchor) = ImGui::GetIO().KeyShift ? cursor_ : pointed;
  }
  data.SelectionStart = std::min(kept(Kept::Anchor), data.BufTextLen);
  data.SelectionEnd = data.CursorPos = pointed;
  if (!ImGui::IsMouseDoubleClicked(0)) return;
  const auto space_before = text.find_last_of(" \n", std::size_t(std::max(pointed - 1, 0)));
  data.SelectionStart = space_before == std::string_view::npos ? 0 : int(space_before) + 1;
  data.SelectionEnd = data.CursorPos =
      int(std::min(text.find_first_of(" \n", std::size_t(pointed)), text.size()));
  kept(Kept::IsDragging) = 0;
}

// ImGui knows only the lines that were broken by hand.
void ShapedEditing::steer_by_lines(ImGuiInputTextCallbackData& data, std::string_view text) {
  for (const KeyPress& press : pen_.painter.keys()) {
    if (press.control || (press.key != Key::Up && press.key != Key::Down)) continue;
    const ImVec2 place = pen_.painter.caret_place(text, form_, std::size_t(cursor_));
    const float way = press.key == Key::Up ? -0.5F : 1.5F;
    const ImVec2 aim(place.x, place.y + way * form_.line_step);
    const float end = pen_.painter.caret_place(text, form_, text.size()).y + form_.line_step;
    data.CursorPos = aim.y < 0      ? 0
                     : aim.y >= end ? data.BufTextLen
                                    : int(pen_.painter.caret_index(text, form_, aim));
    if (!press.shift) data.SelectionStart = data.CursorPos;
    data.SelectionEnd = data.CursorPos;
  }
}

void ShapedEditing::keep_in_sight(std::string_view text) {
  const ImVec2 caret = pen_.painter.caret_place(text, form_, std::size_t(cursor_));
  const float at = is_multiline_ ? caret.y : caret.x;
  const float caret_size = is_multiline_ ? form_.line_step : pen_.px(2);
  const float room = is_multiline_ ? inside_.height() : inside_.width();
  const float scroll =
      std::clamp(float(kept(Kept::Scroll)), std::max(0.0F, at + caret_size - room), std::max(0.0F, at));
  kept(Kept::Scroll) = int(std::ceil(scroll));
}

void ShapedEditing::draw(std::string_view text, bool is_active) {
  if (!is_active) cursor_ = chosen_from_ = chosen_to_ = 0;
  cursor_ = std::min(cursor_, int(text.size()));
  kept(Kept::Cursor) = cursor_;
  keep_in_sight(text);
  const ImVec2 from = origin();
  ImDrawList& list = pen_.list();
  list.PushClipRect(inside_.inset(-pen_.px(2)).min(), inside_.inset(-pen_.px(2)).max(), true);
  if (chosen_to_ > chosen_from_)
    for (const ImVec4& box :
         pen_.painter.chosen_boxes(text, form_, std::size_t(chosen_from_), std::size_t(chosen_to_)))
      list.AddRectFilled({from.x + box.x, from.y + box.y}, {from.x + box.z, from.y + box.w},
                         pen_.theme.accent_tint);
  if (!text.empty()) pen_.painter.draw_shaped(list, from, text, form_, pen_.theme.text);
  if (is_active && is_caret_lit()) {
    const ImVec2 caret = pen_.painter.caret_place(text, form_, std::size_t(cursor_));
    const ImVec2 top(std::round(from.x + caret.x), std::round(from.y + caret.y));
    list.AddRectFilled(top, {top.x + pen_.px(1), top.y + pen_.text_height(TextStyle::Body)}, pen_.theme.text);
  }
  list.PopClipRect();
}

}  // namespace meanwhile
