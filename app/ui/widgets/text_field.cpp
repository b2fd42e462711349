#include "app/ui/widgets/text_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/accessible.h"
#include "app/platform/fonts.h"
#include "app/platform/keys.h"
#include "app/platform/mirror.h"
#include "app/platform/painter.h"
#include "app/platform/text_places.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/shaped_editing.h"

namespace meanwhile {
namespace {

constexpr float kFieldRadius = 8;

// What ImGui's callback works with.
struct Editing {
  std::string& text;
  const TextField& field;
  std::optional<ShapedEditing> shaped = std::nullopt;
  const AccessibleWish* wished_text = nullptr;
  const AccessibleWish* wished_caret = nullptr;
  std::size_t cursor = 0;
  std::size_t chosen_from = 0;
  std::size_t chosen_to = 0;
  bool is_completed = false;
};

void move_cursor(ImGuiInputTextCallbackData* data, Editing& editing) {
  const TextField& field = editing.field;
  if (editing.wished_text) {
    data->DeleteChars(0, data->BufTextLen);
    data->InsertChars(0, editing.wished_text->text.c_str());
  } else if (editing.wished_caret) {
    data->CursorPos = data->SelectionEnd = std::min(int(editing.wished_caret->caret), data->BufTextLen);
    data->SelectionStart = std::min(int(editing.wished_caret->chosen_from), data->BufTextLen);
  } else if (field.completion && !editing.is_completed) {
    const int from = std::min(int(field.completion->from), data->BufTextLen);
    const bool has_break = data->CursorPos == int(field.completion->to) + 1;
    const int to = std::clamp(int(field.completion->to) + (has_break ? 1 : 0), from, data->BufTextLen);
    data->DeleteChars(from, to - from);
    data->InsertChars(from, field.completion->text.c_str());
    data->CursorPos = data->SelectionStart = data->SelectionEnd = from + int(field.completion->text.size());
    editing.is_completed = true;
  } else if (field.hold_cursor) {
    data->CursorPos = std::min(int(*field.hold_cursor), data->BufTextLen);
    data->SelectionStart = data->SelectionEnd = data->CursorPos;
  } else if (editing.shaped) {
    editing.shaped->steer(*data);
  }
  editing.cursor = std::size_t(data->CursorPos);
  editing.chosen_from = std::size_t(data->SelectionStart);
  editing.chosen_to = std::size_t(data->SelectionEnd);
}

int on_edit(ImGuiInputTextCallbackData* data) {
  auto& editing = *static_cast<Editing*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackAlways) {
    move_cursor(data, editing);
    return 0;
  }
  editing.text.resize(std::size_t(data->BufTextLen));
  data->Buf = editing.text.data();
  return 0;
}

bool escape_was_pressed(const Pen& pen) {
  return std::ranges::any_of(pen.painter.keys(),
                             [](const KeyPress& press) { return press.key == Key::Escape; });
}

// What is remembered of a field from frame to frame, in the window's storage.
class FieldMemory {
 public:
  explicit FieldMemory(std::string_view name) : name_(name) {}
  bool was_active() const { return storage().GetBool(key("active")); }
  void set_active(bool active) const { storage().SetBool(key("active"), active); }

  // A number that changes when the state's text was changed by someone else: ImGui's copy must go, or the
  // field would write what it holds over it. Neither what the state said before nor what was typed last:
  // someone else's.
  int restarts(std::string_view text) const {
    const int now = hash(text);
    const bool is_foreign =
        now != storage().GetInt(key("shown"), now) && now != storage().GetInt(key("typed"), ~now);
    storage().SetInt(key("shown"), now);
    if (is_foreign) storage().SetInt(key("restarts"), storage().GetInt(key("restarts")) + 1);
    return storage().GetInt(key("restarts"));
  }
  void set_typed(std::string_view text) const { storage().SetInt(key("typed"), hash(text)); }

 private:
  static ImGuiStorage& storage() { return *ImGui::GetStateStorage(); }
  static int hash(std::string_view text) { return int(std::hash<std::string_view>()(text)); }
  ImGuiID key(std::string_view what) const {
    return ImGui::GetID(fmt::format("##{}/{}", name_, what).c_str());
  }
  const std::string_view name_;
};

void draw_frame(Pen& pen, const Box& box, const Response& response, bool is_active) {
  pen.fill(box, pen.theme.field, kFieldRadius);
  const ImU32 border =
      is_active ? pen.theme.accent : mixed(pen.theme.border, pen.theme.strong_border, response.glow);
  pen.outline(box, border, kFieldRadius, is_active ? 1.5F : 1);
}

// A field of several lines always: ImGui doesn't break them at words.
bool is_shaped(const TextField& field) {
  return can_shape() && !field.is_hidden && (field.is_multiline || needs_shaping(field.text));
}

// ImGui's own editing, without its looks.
bool edit(Pen& pen, const Box& inside, const TextField& field, int restarts, Editing& editing,
          bool& is_submitted) {
  ImGui::PushFont(pen.painter.font(TextStyle::Body));
  ImGui::PushID(field.generation);
  ImGui::PushID(restarts);
  const std::string id = fmt::format("##{}", field.name);
  // Without it ImGui's clip cuts what the first letter has to the left of its origin.
  const float margin = pen.px(2);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(margin, 0));
  ImGui::SetCursorScreenPos(ImVec2(inside.left - margin, inside.top));
  ImGui::SetNextItemWidth(inside.width() + 2 * margin);
  const ImGuiInputTextFlags flags = ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_CallbackAlways |
                                    (field.is_hidden ? ImGuiInputTextFlags_Password : 0);
  std::string& text = editing.text;
  std::optional<ShapedEditing>& shaped = editing.shaped;
  const KeptDirection kept = pen.keep_direction(inside.inset(-margin, 0), Mirror::Children::Yes);
  if (is_shaped(field)) shaped.emplace(pen, inside, field.name, text, field.is_multiline);
  bool changed = false;
  if (field.is_multiline) {
    changed = ImGui::InputTextMultiline(id.c_str(), text.data(), text.capacity() + 1,
                                        ImVec2(inside.width() + 2 * margin, inside.height()), flags, on_edit,
                                        &editing);
  } else {
    changed = ImGui::InputText(id.c_str(), text.data(), text.capacity() + 1, flags, on_edit, &editing);
    is_submitted = ImGui::IsItemDeactivated() &&
                   std::ranges::any_of(pen.painter.keys(),
                                       [](const KeyPress& press) { return press.key == Key::Enter; });
  }
  const bool is_active = ImGui::IsItemActive();
  ImGui::PopStyleVar();
  ImGui::PopID();
  ImGui::PopID();
  if (shaped) shaped->draw(text.c_str(), is_active);
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

// What is typed into one that is hidden is told as stars.
AccessibleText told_text(const TextField& field, const Editing& editing, const TextFieldResponse& result) {
  AccessibleText told{.text = result.edited ? *result.edited : std::string(field.text),
                      .has_lines = field.is_multiline,
                      .is_hidden = field.is_hidden};
  if (result.is_active) {
    told.caret = std::min(editing.cursor, told.text.size());
    told.chosen_from = std::min(editing.chosen_from, told.text.size());
    told.chosen_to = std::min(editing.chosen_to, told.text.size());
  }
  if (!field.is_hidden) return told;
  for (std::size_t* place : {&told.caret, &told.chosen_from, &told.chosen_to})
    *place = std::size_t(characters_before(told.text, *place));
  told.text = std::string(std::size_t(characters_before(told.text, told.text.size())), '*');
  return told;
}

void tell_field(Pen& pen, const Box& box, const TextField& field, const Editing& editing,
                const TextFieldResponse& result) {
  if (!pen.input.narration().is_heard()) return;
  const AccessibleText text = told_text(field, editing, result);
  pen.input.narration().add_part(
      {.key = field.name, .box = box, .takes_focus = true, .is_focused = result.is_active},
      {.role = AccessibleRole::Field, .name = field.spoken, .description = field.hint, .text = &text});
}

}  // namespace

TextFieldResponse draw_text_field(Pen& pen, const Box& box, const TextField& field) {
  const std::string part = std::string(field.name);
  const Response response = pen.input.untold_part(part, box);
  TextFieldResponse result;
  const FieldMemory memory(field.name);
  const bool was_active = memory.was_active();
  if (field.is_framed) draw_frame(pen, box, response, was_active);
  const Box inside = inside_of(pen, box, field);
  // The whole frame is the field, and the keyboard's focus is the field's.
  const bool is_reached = response.is_focused && !was_active;
  if (field.takes_focus || is_reached || (response.is_clicked && !was_active)) ImGui::SetKeyboardFocusHere();
  std::string text(field.text);
  Editing editing{.text = text,
                  .field = field,
                  .wished_text = pen.input.wish_for(part, AccessibleWish::Kind::Text),
                  .wished_caret = pen.input.wish_for(part, AccessibleWish::Kind::Caret)};
  const bool changed = edit(pen, inside, field, memory.restarts(field.text), editing, result.is_submitted);
  result.cursor = editing.cursor;
  result.is_completed = editing.is_completed;
  text.resize(std::char_traits<char>::length(text.c_str()));
  result.is_active = ImGui::IsItemActive();
  memory.set_active(result.is_active);
  if (result.is_active && !was_active) pen.input.set_focus(part);
  // Escape makes ImGui put the text back that was there before: leaving a field is not undoing it.
  if (changed && text != field.text && !escape_was_pressed(pen)) result.edited = std::move(text);
  if (result.edited) memory.set_typed(*result.edited);
  // ImGui edits only a field that has the keyboard.
  if (editing.wished_text && !result.is_active) result.edited = editing.wished_text->text;
  tell_field(pen, box, field, editing, result);
  if (field.text.empty() && !result.edited) {
    const Box hint = field.is_multiline ? Box{inside.left, inside.top, inside.right,
                                              inside.top + pen.text_height(TextStyle::Body)}
                                        : inside;
    pen.text(hint, TextStyle::Body, pen.theme.faint_text, field.hint);
  }
  return result;
}

}  // namespace meanwhile
