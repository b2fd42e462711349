#include "app/ui/ui.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/shortcuts.h"
#include "app/ui/sidebar.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/scroll_area.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::chrono::milliseconds kFadeFrame{16};
constexpr float kScrollbar = 10;  // points, of a page that scrolls

ImVec4 vector_of(ImU32 color) {
  return ImGui::ColorConvertU32ToFloat4(color);
}

// ImGui's own looks, where its windows, scrollbars and text fields show.
void apply_to_imgui(const Theme& theme, float scale) {
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = style.FramePadding = style.ItemSpacing = ImVec2(0, 0);
  style.WindowBorderSize = style.ChildBorderSize = style.FrameBorderSize = 0;
  style.WindowRounding = style.ChildRounding = 0;
  style.ScrollbarRounding = 5 * scale;
  style.WindowMinSize = ImVec2(1, 1);
  const ImVec4 none(0, 0, 0, 0);
  for (const ImGuiCol color : {ImGuiCol_FrameBg, ImGuiCol_ChildBg, ImGuiCol_ScrollbarBg})
    style.Colors[color] = none;
  style.Colors[ImGuiCol_Text] = vector_of(theme.text);
  style.Colors[ImGuiCol_WindowBg] = vector_of(theme.window);
  style.Colors[ImGuiCol_TextSelectedBg] = vector_of(faded(theme.accent_fill, 0.45F));
  style.Colors[ImGuiCol_ScrollbarGrab] = vector_of(theme.strong_border);
  style.Colors[ImGuiCol_ScrollbarGrabHovered] = vector_of(theme.faint_text);
  style.Colors[ImGuiCol_ScrollbarGrabActive] = vector_of(theme.faint_text);
}

bool has_input(const Painter& painter) {
  const ImGuiIO& io = ImGui::GetIO();
  return !painter.keys().empty() || io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || io.MouseWheel != 0 ||
         io.MouseDown[0] || ImGui::IsMouseReleased(0) || io.MouseDown[1] || ImGui::IsMouseReleased(1) ||
         !io.InputQueueCharacters.empty() || painter.wish() != nullptr;
}

Interactions::Keys focus_keys(std::span<const KeyPress> keys, bool is_typing) {
  Interactions::Keys found;
  for (const KeyPress& press : keys) {
    if (press.control) continue;
    if (press.key == Key::Tab) found.tab += press.shift ? -1 : 1;
    if ((press.key == Key::Enter || press.key == Key::Space) && !is_typing) found.activate = true;
    if (press.key == Key::Menu && !is_typing) found.menu = true;
  }
  return found;
}

std::string page_name(const UiState& state) {
  switch (state.page) {
    case PageId::Inbox:
      return tr("Inbox");
    case PageId::Record:
      return tr("New update");
    case PageId::Publish:
      return tr("Review and publish");
    case PageId::Watch:
      // TRANSLATORS: The page where an update is watched; {} is its title.
      return tr_format("Watch: {}", title_or_untitled(state.watch.clip.title));
    case PageId::Settings:
      return tr("Settings");
  }
  return "";
}

}  // namespace

struct Ui::Inside {
  std::vector<std::unique_ptr<Page>> pages = make_pages();
  Interactions input;
  Overlays overlays;
  PageId last_page = PageId::Inbox;
  bool had_input = false;

  Page& page_of(PageId id) {
    return **std::ranges::find_if(pages, [&](const auto& page) { return page->id() == id; });
  }
  void handle_keys(View& view, Page& page, std::span<const KeyPress> keys, bool is_typing);
  void press(View& view, Page& page, const KeyPress& press, bool is_typing);
  void draw_page(View& view, Page& page);
};

void Ui::Inside::press(View& view, Page& page, const KeyPress& press, bool is_typing) {
  if (press.key == Key::Tab) return;
  // A field keeps its keys; leaving it and sending are the page's.
  const bool is_sending = press.key == Key::Enter && press.control;
  if (is_typing && !is_sending) return;
  if (press.key == Key::Escape && overlays.close_top(input)) return;
  if (overlays.is_open()) return;
  const bool is_activating = press.key == Key::Enter || press.key == Key::Space;
  if (is_activating && !is_sending && input.is_anything_focused()) return;
  if (view.state.shortcuts_shown || !page.press(view, press))
    act_on_common_key(press, view.state, view.actions.app);
}

void Ui::Inside::handle_keys(View& view, Page& page, std::span<const KeyPress> keys, bool is_typing) {
  for (const KeyPress& key : keys) press(view, page, key, is_typing);
}

void Ui::Inside::draw_page(View& view, Page& page) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  Box area{0, 0, display.x, display.y};
  if (page.sidebar(view.state) == Sidebar::Shown)
    draw_sidebar(view, area.cut_left(view.pen.px(sidebar_width(display.x / view.pen.painter.scale()))));
  const std::string name = view.pen.input.narration().is_heard() ? page_name(view.state) : "";
  const SpokenGroup group(view.pen.input.narration(), "page", area,
                          {.role = AccessibleRole::Page, .name = name});
  const float needed = page.least_height(view, area.width());
  if (needed <= area.height()) return page.draw(view, area);
  ScrollArea scroll(view.pen, "page", area);
  Box whole = scroll.content();
  whole.right -= view.pen.px(kScrollbar);
  whole.bottom = whole.top + needed;
  scroll.set_height(needed);
  page.draw(view, whole);
}

Ui::Ui() : inside_(std::make_unique<Inside>()) {}
Ui::~Ui() = default;

void Ui::draw(const UiState& live, Actions& actions, Painter& painter) {
  one_thread_.check();
  inside_->had_input = has_input(painter);
  // What a press does changes the state at once, while the page that was pressed is still being drawn.
  const std::optional<UiState> before = inside_->had_input ? std::optional(live) : std::nullopt;
  const UiState& state = before ? *before : live;
  const Theme& theme = theme_of(state.settings.theme);
  apply_to_imgui(theme, painter.scale());
  const bool is_typing = ImGui::GetIO().WantTextInput;
  const Interactions::Keys focus = focus_keys(painter.keys(), is_typing);
  // What a field holds is given up with it, so that the next key is a page's again.
  if (focus.tab != 0) ImGui::SetWindowFocus(nullptr);
  Interactions& input = inside_->input;
  input.set_motion(state.settings.chosen.motion);
  input.begin_frame(focus, painter.wish());
  input.narration().begin_frame(painter.is_heard());
  if (inside_->last_page != state.page) input.clear_focus();
  inside_->last_page = state.page;
  Pen pen(painter, theme, input);
  View view{state, actions, pen, inside_->overlays};
  Page& page = inside_->page_of(state.page);

  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushFont(painter.font(TextStyle::Body));
  ImGui::Begin("##meanwhile", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoScrollWithMouse);
  inside_->draw_page(view, page);
  ImGui::End();
  inside_->overlays.draw(pen, state, actions);
  ImGui::PopFont();
  if (painter.is_heard()) painter.tell(input.narration().take());
  // One key may build on what another of the same frame did.
  View now{live, actions, pen, inside_->overlays};
  inside_->handle_keys(now, page, painter.keys(), is_typing);
  if (input.is_fading()) painter.redraw_after(kFadeFrame);
}

bool Ui::had_input() const {
  return inside_->had_input;
}

const Interactions& Ui::input() const {
  return inside_->input;
}

}  // namespace meanwhile
