#include "app/ui/widgets/notices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions/notice_actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/layer.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kNoticeWidth = 380;
constexpr std::size_t kMostShown = 4;

struct Look {
  Icon icon;
  ImU32 color;
  AccessibleRole role;    // how soon it is read aloud
  std::string_view word;  // what the colour says
};

Look look_of(const Theme& theme, NoticeKind kind) {
  switch (kind) {
    case NoticeKind::Info:
      return {icons::kInfo, theme.accent, AccessibleRole::Notice, tr_in("kind of notice", "Notice")};
    case NoticeKind::Success:
      return {icons::kResolved, theme.success, AccessibleRole::Notice, tr_in("kind of notice", "Done")};
    case NoticeKind::Warning:
      return {icons::kWarning, theme.warning, AccessibleRole::Alert, tr_in("kind of notice", "Warning")};
    case NoticeKind::Failure:
      return {icons::kFailure, theme.danger, AccessibleRole::Alert, tr_in("kind of notice", "Failure")};
  }
  return {};
}

float words_width(const Pen& pen, float width) {
  return width - pen.px(16 + 30 + 40);
}

float height_of(const Pen& pen, float width, const Notice& notice) {
  const float words = words_width(pen, width);
  float height = pen.px(32) + pen.paragraph_height(words, TextStyle::BodyStrong, notice.text);
  if (!notice.detail.empty())
    height += pen.px(6) + pen.paragraph_height(words, TextStyle::Body, notice.detail);
  if (!notice.action.empty()) height += pen.px(12 + 32);
  return height;
}

void draw_words(Pen& pen, Box area, float width, const Notice& notice, NoticeActions& actions) {
  area.right = area.left + words_width(pen, width);
  area.cut_top(pen.paragraph(area, TextStyle::BodyStrong, pen.theme.text, notice.text));
  if (!notice.detail.empty()) {
    area.cut_top(pen.px(6));
    area.cut_top(pen.paragraph(area, TextStyle::Body, pen.theme.soft_text, notice.detail));
  }
  if (notice.action.empty()) return;
  area.cut_top(pen.px(12));
  const std::string name = fmt::format("notice/{}/action", notice.id);
  const Button button{.name = name, .label = notice.action};
  Box row = area.cut_top(pen.px(32));
  if (draw_button(pen, row.cut_left(button_width(pen, button)), button)) actions.run_action(notice.id);
}

void draw_notice(Pen& pen, const Box& box, const Notice& notice, NoticeActions& actions) {
  const Look look = look_of(pen.theme, notice.kind);
  const Layer layer(pen, fmt::format("notice/{}", notice.id), box.inset(-pen.px(24)), LayerKind::Passive);
  const std::string name = fmt::format("notice/{}", notice.id);
  const std::string spoken = fmt::format("{}: {}", look.word, notice.text);
  const SpokenGroup group(pen.input.narration(), name, box, {.role = look.role, .name = spoken});
  pen.shadow(box, 10);
  pen.fill(box, pen.theme.surface, 10);
  pen.outline(box, pen.theme.border, 10);
  pen.input.part(fmt::format("notice/{}/ground", notice.id), box, Focus::Skips);
  Box inside = box.inset(pen.px(16), pen.px(16));
  Box icon = inside.cut_left(pen.px(30));
  pen.icon(icon.cut_top(pen.px(16)).moved(-pen.px(5), 0), look.icon, IconSize::Medium, look.color);
  draw_words(pen, inside, box.width(), notice, actions);
  const std::string close = fmt::format("notice/{}/close", notice.id);
  const Box corner{box.right - pen.px(38), box.top + pen.px(8), box.right - pen.px(8), box.top + pen.px(38)};
  if (draw_icon_button(pen, corner,
                       {.name = close, .icon = icons::kClose, .tip = tr("Dismiss"), .size = IconSize::Small}))
    actions.dismiss(notice.id);
}

}  // namespace

void draw_notices(Pen& pen, const Box& area, const std::vector<Notice>& notices, NoticeActions& actions) {
  float bottom = area.bottom;
  const float width = std::min(pen.px(kNoticeWidth), area.width());
  const std::size_t first = notices.size() > kMostShown ? notices.size() - kMostShown : 0;
  for (std::size_t i = notices.size(); i > first; --i) {
    const Notice& notice = notices[i - 1];
    const float height = height_of(pen, width, notice);
    // Where the window is low the newest shows, and the others when it is gone.
    if (i < notices.size() && bottom - height < area.top) return;
    draw_notice(pen, box_at(area.left, bottom - height, width, height), notice, actions);
    bottom -= height + pen.px(10);
  }
}

}  // namespace meanwhile
