#include "app/ui/widgets/captions.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/caption_room.h"
#include "app/ui/captions.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostFound = 8;
constexpr std::array<TextStyle, 3> kStyles{TextStyle::Body, TextStyle::Heading, TextStyle::Title};

ImU32 ground_of(CaptionGround ground) {
  switch (ground) {
    case CaptionGround::None:
      return 0;
    case CaptionGround::Shade:
      return IM_COL32(10, 11, 16, 190);
    case CaptionGround::Solid:
      return IM_COL32(10, 11, 16, 255);
  }
  return 0;
}

void draw_line(Pen& pen, const Box& box, TextStyle style, std::string_view line, CaptionGround ground) {
  if (ground == CaptionGround::None) {
    // A dark edge, so that it can be read on anything.
    for (const auto& [x, y] : {std::pair{1.F, 0.F}, {-1.F, 0.F}, {0.F, 1.F}, {0.F, -1.F}})
      pen.text(box.moved(x, y), style, IM_COL32_BLACK, line, Align::Center);
  }
  pen.text(box, style, IM_COL32_WHITE, line, Align::Center);
}

float line_height(const Pen& pen, const CaptionLook& look) {
  return pen.text_height(kStyles[std::size_t(look.size)]) + pen.px(6);
}

// Of both languages, one below the other.
std::vector<std::string> captions_now(const PlayTools& tools, MediaTime moment) {
  std::vector<std::string> texts;
  for (const auto& cues : {tools.captions, tools.second_captions}) {
    std::string text = cues ? caption_at(*cues, moment) : std::string();
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

// top: of the first line.
void draw_caption_lines(Pen& pen, const Box& room, float top, const std::vector<std::string_view>& lines,
                        const CaptionLook& look) {
  const TextStyle style = kStyles[std::size_t(look.size)];
  const float height = line_height(pen, look);
  std::string said;
  for (const std::string_view line : lines) said.append(said.empty() ? "" : " ").append(line);
  pen.input.narration().add_words({room.left, top, room.right, top + height * float(lines.size())}, said,
                                  Narration::WordsKind::Plain);
  const Unspoken line_by_line(pen.input.narration());
  for (const std::string_view line : lines) {
    const float width = pen.text_width(style, line) + pen.px(20);
    const Box box = box_at(room.middle().x - width / 2, top, width, height);
    const ImU32 ground = ground_of(look.ground);
    if (ground != 0) pen.fill(box, ground, 4);
    draw_line(pen, box, style, line, look.ground);
    top += height;
  }
}

std::vector<Box> all_taken(const Pen& pen, const std::vector<std::optional<Box>>& some) {
  std::vector<Box> taken;
  for (const auto& box : some)
    if (box) taken.push_back(*box);
  for (const char* part : {"ask/ground", "draw/ground", "captions/ground", "next-up/ground"})
    if (const auto ground = pen.input.find(part)) taken.push_back(*ground);
  return taken;
}

}  // namespace

float caption_strip_height(const Pen& pen, const PlayTools& tools) {
  const CaptionLook& look = tools.caption_look;
  if (!tools.captions || !look.is_on || look.place != CaptionPlace::Below) return 0;
  return line_height(pen, look) * (tools.second_captions ? 4 : 2) + pen.px(8);
}

void draw_captions(View& view, const Box& picture, const std::vector<std::optional<Box>>& taken) {
  const PlayTools& tools = view.state.watch.tools;
  if (!tools.captions || !tools.caption_look.is_on) return;
  const CaptionLook& look = tools.caption_look;
  const auto texts = captions_now(tools, view.state.watch.player.position);
  if (texts.empty()) return;
  Pen& pen = view.pen;
  const PictureEdge edge = look.place == CaptionPlace::Top ? PictureEdge::Top : PictureEdge::Bottom;
  const float margin = look.place == CaptionPlace::Below ? pen.px(4) : pen.px(16);
  const float height = line_height(pen, look);
  const Box room =
      caption_room(picture.inset(0, margin), height * float(texts.size() + 1), edge, all_taken(pen, taken));
  std::vector<std::string_view> lines;
  for (const std::string& text : texts) {
    const auto some =
        wrapped(text, std::min(room.width(), picture.width() * 0.8F) - pen.px(20),
                [&](std::string_view part) { return pen.text_width(kStyles[std::size_t(look.size)], part); });
    lines.insert(lines.end(), some.begin(), some.end());
  }
  const float top = edge == PictureEdge::Top ? room.top : room.bottom - height * float(lines.size());
  draw_caption_lines(pen, room, top, lines, look);
}

void CaptionSearch::open() {
  is_open_ = takes_focus_ = true;
  ++generation_;
}

void CaptionSearch::draw(View& view, const Box& picture) {
  const auto& captions = view.state.watch.tools.captions;
  if (!is_open_ || !captions) return;
  Pen& pen = view.pen;
  const auto found =
      captions_on_screen(view.state.watch, *captions, find_captions(*captions, words_, kMostFound));
  const float row_height = pen.px(32);
  const float width = std::min(pen.px(360), picture.width() - pen.px(16));
  const float rows = words_.empty() ? 0 : std::max(1.0F, float(found.size()));
  Box panel = box_at(picture.right - width - pen.px(8), picture.top + pen.px(8), width,
                     pen.px(52) + row_height * rows);
  pen.shadow(panel, 8);
  pen.fill(panel, pen.theme.surface, 8);
  pen.outline(panel, pen.theme.border, 8);
  pen.input.part("captions/ground", panel, Focus::Skips);
  Box head = panel.cut_top(pen.px(52)).inset(pen.px(8));
  const Box close = head.cut_right(pen.px(36)).centered(pen.px(32), pen.px(32));
  if (draw_icon_button(pen, close, {.name = "captions/close", .icon = icons::kClose, .tip = tr("Close")}))
    is_open_ = false;
  const auto field = draw_text_field(pen, head,
                                     {.name = "captions/field",
                                      .text = words_,
                                      .hint = tr("Search what is said"),
                                      .icon = icons::kSearch,
                                      .generation = generation_,
                                      .takes_focus = std::exchange(takes_focus_, false)});
  if (field.edited) words_ = *field.edited;
  if (!words_.empty() && found.empty())
    pen.text(panel.cut_top(row_height).inset(pen.px(14), 0), TextStyle::Body, pen.theme.faint_text,
             tr("Nobody says that here."));
  for (const std::size_t cue : found) {
    Box row = panel.cut_top(row_height);
    const std::string name = "captions/found/" + std::to_string(cue);
    std::string line = (*captions)[cue].text;
    std::ranges::replace(line, '\n', ' ');
    const Response response = pen.input.part(
        name, row,
        {.role = AccessibleRole::ListItem, .name = line, .value = format_moment((*captions)[cue].from)});
    pen.fill(row.inset(pen.px(4), 0), faded(pen.theme.hover, response.glow), 6);
    if (response.is_focused) pen.ring(row.inset(pen.px(4), 0), 6);
    row = row.inset(pen.px(14), 0);
    pen.text(row.cut_left(pen.px(56)), TextStyle::CaptionStrong, pen.theme.accent,
             format_moment((*captions)[cue].from));
    pen.text(row, TextStyle::Body, pen.theme.text, line);
    if (response.is_clicked || (field.is_submitted && cue == found.front()))
      view.actions.watch.seek((*captions)[cue].from);
  }
}

}  // namespace meanwhile
