#include "app/ui/widgets/clip_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "app/library/format.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/platform/icons.h"
#include "app/ui/interaction.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

std::string byline(const ClipCard& clip) {
  if (!clip.deleted.empty()) return "Deleted · " + clip.deleted;
  return fmt::format("{} · {}", clip.is_mine ? "You" : isolated(clip.author.name), clip.age);
}

void draw_title(Pen& pen, Box row, const ClipCard& clip) {
  if (clip.is_new) {
    const Box dot = row.cut_left(pen.px(8));
    pen.disc(dot.middle(), pen.px(4), pen.theme.accent);
    row.cut_left(pen.px(8));
  }
  pen.text(row, TextStyle::BodyStrong, pen.theme.text, title_or_untitled(clip.title));
}

void draw_comments(Pen& pen, Box& row, const ClipCard& clip) {
  if (clip.comments == 0) return;
  const std::string count = format_badge(clip.comments);
  const ImU32 color = clip.new_comments > 0 ? pen.theme.accent : pen.theme.faint_text;
  const TextStyle style = clip.new_comments > 0 ? TextStyle::CaptionStrong : TextStyle::Caption;
  const float width = pen.text_width(style, count);
  pen.text(row.cut_right(width), style, color, count, Align::Right);
  row.cut_right(pen.px(5));
  pen.icon(row.cut_right(pen.px(16)), icons::kComment, IconSize::Small, color);
  row.cut_right(pen.px(8));
}

// What pressing the card does, where that isn't to watch it.
void draw_restore(Pen& pen, Box& row, const ClipCard& clip) {
  if (!clip.can_restore) return;
  constexpr std::string_view kWord = "Restore";
  const float width = pen.text_width(TextStyle::CaptionStrong, kWord);
  pen.text(row.cut_right(width), TextStyle::CaptionStrong, pen.theme.accent, kWord, Align::Right);
  row.cut_right(pen.px(5));
  pen.icon(row.cut_right(pen.px(16)), icons::kRecovered, IconSize::Small, pen.theme.accent);
  row.cut_right(pen.px(8));
}

void draw_meta(Pen& pen, Box row, const ClipCard& clip) {
  draw_restore(pen, row, clip);
  draw_comments(pen, row, clip);
  const Box avatar = row.cut_left(pen.px(22));
  draw_avatar(pen, avatar.centered(pen.px(22), pen.px(22)), clip.author);
  row.cut_left(pen.px(8));
  pen.text(row, TextStyle::Caption, pen.theme.soft_text, byline(clip));
}

// Over the poster's upper left: where the clip belongs, or how its upload stands.
void draw_tags(Pen& pen, const Box& poster, const ClipCard& clip) {
  Box row = poster.inset(pen.px(8), pen.px(8));
  row = row.cut_top(pen.px(22));
  const ImU32 ground = IM_COL32(10, 11, 16, 205);
  const ImU32 words = IM_COL32(255, 255, 255, 255);
  if (clip.asks > 0 || clip.answers > 0) {
    const std::string_view why = clip.asks > 0 ? "Waiting for your answer" : "New replies";
    row.cut_left(draw_pill(pen, row, pen.theme.accent_fill, words, why) + pen.px(6));
  }
  if (!clip.upload.empty())
    row.cut_left(draw_pill(pen, row, ground, IM_COL32(0xF3, 0xC8, 0x78, 255), clip.upload) + pen.px(6));
  if (clip.is_kept) {
    const std::string_view kept = clip.is_here ? "Kept offline" : "Being fetched";
    draw_pill(pen, row.cut_right(std::min(row.width(), pill_width(pen, kept))), ground, words, kept);
    row.cut_right(pen.px(6));
  }
  // A library's long name leaves half of the room to the channel.
  if (!clip.library.empty() && row.width() > pen.px(60)) {
    Box half = row;
    if (!clip.channel.empty()) half.right -= row.width() / 2;
    row.cut_left(draw_pill(pen, half, ground, words, clip.library) + pen.px(6));
  }
  if (!clip.channel.empty() && row.width() > pen.px(60))
    draw_pill(pen, row, ground, words, "# " + clip.channel);
}

}  // namespace

bool draw_clip_card(Pen& pen, const Box& box, const ClipCard& clip) {
  const std::string part = "clip/" + clip.id;
  const Response response = pen.input.part(part, box);
  const ImU32 ground = mixed(
      pen.theme.surface,
      pen.theme.is_dark ? IM_COL32(0x22, 0x24, 0x2D, 255) : IM_COL32(0xF6, 0xF6, 0xFA, 255), response.glow);
  pen.fill(box, ground, 12);
  pen.outline(box, mixed(pen.theme.border, pen.theme.strong_border, response.glow), 12);
  if (response.is_focused) pen.ring(box, 12);
  Box inside = box.inset(pen.px(8));
  const Box poster = inside.cut_top(std::round(inside.width() * 9 / 16));
  draw_poster(pen, poster, {part, clip.poster, clip.duration, clip.is_new ? 0 : clip.watched, clip.is_live},
              ground);
  draw_tags(pen, poster, clip);
  inside = inside.inset(pen.px(6), 0);
  inside.cut_top(pen.px(10));
  Box title = inside.cut_top(pen.px(22));
  if (clip.deleted.empty()) title.cut_right(pen.px(30));  // the archive's button
  draw_title(pen, title, clip);
  inside.cut_top(pen.px(6));
  draw_meta(pen, inside.cut_top(pen.px(24)), clip);
  if (!clip.sent_at.empty()) pen.tooltip(part, poster, clip.sent_at);
  return response.is_clicked;
}

}  // namespace meanwhile
