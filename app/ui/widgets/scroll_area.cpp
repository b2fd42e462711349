#include "app/ui/widgets/scroll_area.h"

#include <string>
#include <string_view>

#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"

namespace meanwhile {
namespace {

constexpr float kBeyond = 64;
// So far a screen reader reads on without scrolling.
constexpr float kBeyondForReaders = 3000;
constexpr float kAroundFocus = 12;

}  // namespace

ScrollArea::ScrollArea(Pen& pen, std::string_view name, const Box& view)
    : pen_(pen),
      view_(view),
      drawn_(view.inset(0, -pen.px(pen.input.narration().is_heard() ? kBeyondForReaders : kBeyond))),
      content_(view) {
  ImGui::SetCursorScreenPos(view.min());
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, pen.px(10));
  ImGui::BeginChild(std::string(name).c_str(), ImVec2(view.width(), view.height()), false,
                    ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNav);
  content_.top -= ImGui::GetScrollY();
  pen_.input.begin_scrolled();
}

ScrollArea::~ScrollArea() {
  if (const auto focused = pen_.input.end_scrolled()) reveal(focused->inset(0, -pen_.px(kAroundFocus)));
  // What is placed by hand must end in an item, so that ImGui knows how far it may scroll.
  ImGui::SetCursorScreenPos(ImVec2(content_.left, content_.top + height_));
  ImGui::Dummy(ImVec2(0, 0));
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

void ScrollArea::reveal(const Box& box) {
  const float from_top = box.top - content_.top;
  if (box.top < view_.top) ImGui::SetScrollY(from_top);
  if (box.bottom > view_.bottom) ImGui::SetScrollY(from_top + box.height() - view_.height());
}

}  // namespace meanwhile
