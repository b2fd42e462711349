#include "app/ui/widgets/pieces.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "app/library/time_words.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr ImU32 kPillGround = IM_COL32(10, 11, 16, 205);
constexpr ImU32 kPillWords = IM_COL32(255, 255, 255, 255);

struct BannerLook {
  ImU32 ground;
  ImU32 color;
  Icon icon;
  std::string_view word;  // what the colour says
};

BannerLook look_of(const Theme& theme, BannerKind kind) {
  switch (kind) {
    case BannerKind::Info:
      return {theme.accent_tint, theme.accent, icons::kInfo, tr_in("kind of notice", "Information")};
    case BannerKind::Warning:
      return {theme.warning_tint, theme.warning, icons::kWarning, tr_in("kind of notice", "Warning")};
    case BannerKind::Failure:
      return {theme.danger_tint, theme.danger, icons::kFailure, tr_in("kind of notice", "Failure")};
    case BannerKind::Success:
      return {theme.success_tint, theme.success, icons::kResolved, tr_in("kind of notice", "Done")};
  }
  return {};
}

void draw_watched_bar(Pen& pen, const Box& box, double watched) {
  Box bar = box.inset(pen.px(8), 0);
  bar = Box{bar.left, box.bottom - pen.px(8), bar.right, box.bottom - pen.px(5)};
  pen.fill(bar, IM_COL32(255, 255, 255, 90), 1.5F);
  bar.right = bar.left + bar.width() * float(watched);
  pen.fill(bar, IM_COL32(0x9A, 0x9D, 0xFF, 255), 1.5F);
}

// The lowest level that lights a bar: speech in a quiet room lies around -40 dB.
constexpr float kQuietestDecibels = -54;

// Nobody can change it.
void tell_share(Pen& pen, const Box& box, AccessibleRole role, std::string_view key, std::string_view name,
                double share) {
  if (!pen.input.narration().is_heard()) return;
  const std::string words = fmt::format("{:.0f} %", std::clamp(share, 0.0, 1.0) * 100);
  pen.input.narration().add_part(
      {.key = key, .box = box},
      {.role = role, .name = name, .range = SpokenRange{.at = std::clamp(share, 0.0, 1.0), .words = words}});
}

}  // namespace

void draw_avatar(Pen& pen, const Box& box, const PersonView& person) {
  const float radius = box.width() / 2;
  pen.disc(box.middle(), radius, person_color(person.id));
  const TextStyle style = radius >= pen.px(18)   ? TextStyle::BodyStrong
                          : radius >= pen.px(13) ? TextStyle::CaptionStrong
                                                 : TextStyle::Caption;
  std::string letters = initials(person.name);
  if (radius < pen.px(11)) {
    std::string_view rest = letters;
    take_code_point(rest);
    letters.resize(letters.size() - rest.size());
  }
  const Unspoken letters_of_a_name(pen.input.narration());
  pen.text(box.inset(-pen.px(4), 0), style, kPillWords, letters, Align::Center);
}

float pill_width(const Pen& pen, std::string_view text) {
  return pen.text_width(TextStyle::CaptionStrong, text) + pen.px(14);
}

float draw_pill(Pen& pen, const Box& box, ImU32 ground, ImU32 words, std::string_view text) {
  const float width = std::min(box.width(), pill_width(pen, text));
  const Box pill = box_at(box.left, box.top, width, box.height());
  pen.fill(pill, ground, 6);
  pen.text(pill.inset(pen.px(6), 0), TextStyle::CaptionStrong, words, text, Align::Center);
  return width;
}

void draw_poster(Pen& pen, const Box& box, const Poster& poster, ImU32 behind) {
  if (poster.picture) {
    pen.picture(box, poster.slot, poster.picture, 0, behind);
  } else {
    pen.fill(box, pen.theme.stage);
    pen.icon(box, icons::kFilm, IconSize::Large, pen.theme.faint_text);
  }
  // Of one that broke off nobody knows how long it is.
  if (poster.is_live || poster.duration > MediaTime{}) {
    const std::string length =
        poster.is_live ? tr_in("an update that is being recorded", "Live") : format_moment(poster.duration);
    const float width = pill_width(pen, length);
    const float raise = poster.watched > 0 ? pen.px(6) : 0;
    draw_pill(pen, box_at(box.right - width - pen.px(8), box.bottom - pen.px(28) - raise, width, pen.px(20)),
              kPillGround, kPillWords, length);
  }
  if (poster.watched > 0) draw_watched_bar(pen, box, poster.watched);
  pen.round_corners(box, 8, behind);
}

Box draw_empty(Pen& pen, const Box& box, Icon icon, std::string_view title, std::string_view text) {
  const float width = std::min(box.width() - pen.px(48), pen.px(420));
  const float text_height = pen.paragraph_height(width, TextStyle::Body, text);
  Box area = box.centered(width, pen.px(96 + 24 + 12 + 24 + kEmptyButtonHeight) + text_height);
  Box round = area.cut_top(pen.px(72)).centered(pen.px(72), pen.px(72));
  pen.disc(round.middle(), pen.px(36), pen.theme.accent_tint);
  pen.icon(round, icon, IconSize::Large, pen.theme.accent);
  area.cut_top(pen.px(24));
  pen.text(area.cut_top(pen.px(24)), TextStyle::Heading, pen.theme.text, title, Align::Center);
  area.cut_top(pen.px(8));
  float y = area.top;
  pen.input.narration().add_words(box_at(area.left, y, width, text_height), text,
                                  Narration::WordsKind::Plain);
  const Unspoken line_by_line(pen.input.narration());
  const auto lines =
      wrapped(text, width, [&](std::string_view part) { return pen.text_width(TextStyle::Body, part); });
  for (const std::string_view line : lines) {
    pen.text(box_at(area.left, y, width, pen.px(20)), TextStyle::Body, pen.theme.soft_text, line,
             Align::Center);
    y += pen.px(20);
  }
  return Box{area.left, y + pen.px(24), area.right, y + pen.px(24 + kEmptyButtonHeight)};
}

float banner_height(const Pen& pen, float width, std::string_view text) {
  return pen.paragraph_height(width - pen.px(12 + 28 + 12), TextStyle::Body, text) + pen.px(20);
}

float draw_banner(Pen& pen, const Box& box, BannerKind kind, std::string_view text) {
  const BannerLook look = look_of(pen.theme, kind);
  const float height = banner_height(pen, box.width(), text);
  Box banner = box_at(box.left, box.top, box.width(), height);
  pen.fill(banner, look.ground, 8);
  Box inside = banner.inset(pen.px(12), pen.px(10));
  pen.icon(Box{inside.left, inside.top - pen.px(2), inside.left + pen.px(18), inside.top + pen.px(16)},
           look.icon, IconSize::Small, look.color);
  inside.cut_left(pen.px(28));
  const SpokenGroup group(pen.input.narration(), "banner", banner,
                          {.role = AccessibleRole::Group, .name = look.word});
  pen.paragraph(inside, TextStyle::Body, pen.theme.text, text);
  return height;
}

void draw_level_meter(Pen& pen, const Box& box, float level) {
  const float decibels = level > 0 ? 20 * std::log10(level) : kQuietestDecibels;
  const float share = std::clamp(1 - decibels / kQuietestDecibels, 0.0F, 1.0F);
  const float step = pen.px(6);
  const int bars = std::max(1, int(box.width() / step));
  for (int i = 0; i < bars; ++i) {
    const float at = float(i) / float(bars);
    const bool is_lit = at < share;
    const ImU32 color = at > 0.9F ? pen.theme.danger : at > 0.75F ? pen.theme.warning : pen.theme.success;
    pen.fill(box_at(box.left + float(i) * step, box.top, step - pen.px(2), box.height()),
             is_lit ? color : pen.theme.border, 1);
  }
}

void draw_progress(Pen& pen, const Box& box, double fraction) {
  tell_share(pen, box, AccessibleRole::Progress, "Progress", tr("Progress"), fraction);
  pen.fill(box, pen.theme.border, 3);
  Box done = box;
  done.right = box.left + std::max(box.height(), box.width() * float(std::clamp(fraction, 0.0, 1.0)));
  pen.fill(done, pen.theme.accent, 3);
}

float draw_time_of(Pen& pen, const Box& row, std::string_view now, std::string_view whole) {
  const std::string rest = fmt::format(" / {}", whole);
  const float first = pen.text_width(TextStyle::BodyStrong, now);
  const float width = std::min(first + pen.text_width(TextStyle::Body, rest), row.width());
  const KeptDirection kept = pen.keep_direction(box_at(row.left, row.top, width, row.height()));
  Box left = row;
  left.cut_left(pen.text(left, TextStyle::BodyStrong, pen.theme.text, now));
  pen.text(left, TextStyle::Body, pen.theme.faint_text, rest);
  return width;
}

}  // namespace meanwhile
