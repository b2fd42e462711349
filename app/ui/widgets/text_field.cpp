#include "app/ui/widgets/text_field.h"

#include <fmt/format.h>

#include <algorithm>

namespace meanwhile {
namespace {

constexpr float kRadius = 8;

int grow(ImGuiInputTextCallbackData* data) {
  if (data->EventFlag != ImGuiInputTextFlags_CallbackResize) return 0;
  auto& text = *static_cast<std::string*>(data->UserData);
  text.resize(std::size_t(data->BufTextLen));
  data->Buf = text.data();
  return 0;
}

bool escape_was_pressed(const Pen& pen) {
  return std::ranges::any_of(pen.painter.keys(), [](const KeyPress& press) { return press.key == Key::Escape; });
}

void draw_frame(Pen& pen, const Box& box, const Response& response, bool is_active) {
  pen.fill(box, pen.theme.field, kRadius);
  const ImU32 border = is_active ? pen.theme.accent : mixed(pen.theme.border, pen.theme.strong_border, response.glow);
  pen.outline(box, border, kRadius, is_active ? 1.5F : 1);
}

// ImGui's own editing, without its looks.
bool edit(Pen& pen, const Box& inside, const TextField& field, std::string& text, bool& is_submitted) {
  ImGui::PushFont(pen.painter.font(TextStyle::Body));
  ImGui::PushID(field.generation);
  const std::string id = fmt::format("##{}", field.name);
  // Without it ImGui's clip cuts what the first letter has to the left of its origin.
  const float margin = pen.px(2);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(margin, 0));
  ImGui::SetCursorScreenPos(ImVec2(inside.left - margin, inside.top));
  ImGui::SetNextItemWidth(inside.width() + 2 * margin);
  const ImGuiInputTextFlags flags = ImGuiInputTextFlags_CallbackResize;
  bool changed = false;
  if (field.is_multiline) {
    changed = ImGui::InputTextMultiline(id.c_str(), text.data(), text.capacity() + 1,
                                        ImVec2(inside.width() + 2 * margin, inside.height()), flags, grow, &text);
  } else {
    changed = ImGui::InputText(id.c_str(), text.data(), text.capacity() + 1, flags, grow, &text);
    is_submitted = ImGui::IsItemDeactivated() && std::ranges::any_of(pen.painter.keys(), [](const KeyPress& press) {
                     return press.key == Key::Enter;
                   });
  }
  ImGui::PopStyleVar();
  ImGui::PopID();
  ImGui::PopFont();
  return changed;
}

Box inside_of(Pen& pen, const Box& box, const TextField& field) {
  Box inside = field.is_framed ? box.inset(pen.px(12), field.is_multiline ? pen.px(10) : 0) : box;
  if (field.icon) {
    const Box place = inside.cut_left(pen.px(18));
    pen.icon(place, *field.icon, IconSize::Small, pen.theme.faint_text);
    inside.cut_left(pen.px(6));
  }
  if (!field.is_multiline) inside = inside.centered(inside.width(), pen.text_height(TextStyle::Body));
  return inside;
}

}  // namespace

TextFieldResponse draw_text_field(Pen& pen, const Box& box, const TextField& field) {
  const std::string part = std::string(field.name);
  const Response response = pen.input.part(part, box);
  TextFieldResponse result;
  const std::string active_key = fmt::format("##active/{}", field.name);
  ImGuiStorage& storage = *ImGui::GetStateStorage();
  const ImGuiID id = ImGui::GetID(active_key.c_str());
  const bool was_active = storage.GetBool(id);
  if (field.is_framed) draw_frame(pen, box, response, was_active);
  const Box inside = inside_of(pen, box, field);
  // The whole frame is the field, and the keyboard's focus is the field's.
  const bool is_reached = response.is_focused && !was_active;
  if (field.takes_focus || is_reached || (response.is_clicked && !was_active)) ImGui::SetKeyboardFocusHere();
  std::string text(field.text);
  const bool changed = edit(pen, inside, field, text, result.is_submitted);
  text.resize(std::char_traits<char>::length(text.c_str()));
  result.is_active = ImGui::IsItemActive();
  storage.SetBool(id, result.is_active);
  if (result.is_active && !was_active) pen.input.set_focus(part);
  // Escape makes ImGui put the text back that was there before: leaving a field is not undoing it.
  if (changed && text != field.text && !escape_was_pressed(pen)) result.edited = std::move(text);
  if (field.text.empty() && !result.edited) {
    const Box hint = field.is_multiline ? Box{inside.left, inside.top, inside.right,
                                              inside.top + pen.text_height(TextStyle::Body)}
                                        : inside;
    pen.text(hint, TextStyle::Body, pen.theme.faint_text, field.hint);
  }
  return result;
}

}  // namespace meanwhile
