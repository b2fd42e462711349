#include "app/ui/pen.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/format.h"
#include "app/platform/fonts.h"
#include "app/platform/icons.h"
#include "app/platform/mirror.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/narration.h"
#include "app/ui/rounded.h"
#include "app/ui/theme.h"
#include "media/base/picture.h"

namespace meanwhile {
namespace {

constexpr std::chrono::milliseconds kTooltipDelay{500};

constexpr float kLineGap = 5;

const char* begin_of(std::string_view text) {
  return text.data();
}
const char* end_of(std::string_view text) {
  return text.data() + text.size();
}

using Measure = std::function<float(std::string_view)>;

// The most of a word that fits, at least one character.
std::size_t piece_of_word(std::string_view word, float width, const Measure& measure) {
  std::size_t end = word.size();
  while (end > 1 && measure(utf8_prefix(word, end)) > width) --end;
  end = utf8_prefix(word, end).size();
  for (end = std::max<std::size_t>(end, 1); end < word.size() && (word[end] & 0xC0) == 0x80;) ++end;
  return end;
}

// Where the first line of text ends: before the space or the word that doesn't fit, or at the line break.
std::size_t line_end(std::string_view text, float width, const Measure& measure) {
  const std::size_t hard = std::min(text.find('\n'), text.size());
  std::size_t end = 0;
  while (end < hard) {
    const std::size_t next = std::min(text.find(' ', end + 1), hard);
    if (measure(text.substr(0, next)) > width) break;
    end = next;
  }
  if (end > 0 || hard == 0) return end;
  return piece_of_word(text.substr(0, std::min(text.find(' ', 1), hard)), width, measure);
}

ImVec2 line_place(const Box& box, float width, float height, Align align) {
  const float y = box.top + (box.height() - height) / 2;
  if (align == Align::Center) return {box.left + (box.width() - width) / 2, y};
  return {align == Align::Right ? box.right - width : box.left, y};
}

Narration::WordsKind words_kind(TextStyle style) {
  return style == TextStyle::Heading || style == TextStyle::Title ? Narration::WordsKind::Heading
                                                                  : Narration::WordsKind::Plain;
}

bool is_pointed_at(const Box& box) {
  return box.contains(ImGui::GetIO().MousePos) && ImGui::IsWindowHovered();
}

// One row of pixels of a disc, looked at in four places of its height.
struct RowOfDisc {
  RowOfDisc(ImVec2 middle, float radius, float y) : center(middle) {
    for (std::size_t i = 0; i < halves.size(); ++i) {
      const float away = y + (float(i) + 0.5F) / float(halves.size()) - center.y;
      halves[i] = std::sqrt(std::max(0.0F, radius * radius - away * away));
    }
    shortest = *std::ranges::min_element(halves);
    longest = *std::ranges::max_element(halves);
  }
  // How much of the pixel that begins at x lies inside.
  float cover(float x) const {
    float sum = 0;
    for (const float half : halves)
      sum += std::max(0.0F, std::min(x + 1, center.x + half) - std::max(x, center.x - half));
    return sum / float(halves.size());
  }
  ImVec2 center;
  std::array<float, 4> halves{};
  float shortest = 0;
  float longest = 0;
};

}  // namespace

KeptDirection::KeptDirection(Painter& painter, const ImDrawList& list)
    : mirror_(painter.mirror()), list_(list), first_(list.VtxBuffer.Size) {}

KeptDirection::KeptDirection(Painter& painter, const ImDrawList& list, const Box& within,
                             Mirror::Children children)
    : KeptDirection(painter, list) {
  // Nobody points at what is scrolled out of sight.
  within_ = Box{within.left, std::max(within.top, list.GetClipRectMin().y), within.right,
                std::min(within.bottom, list.GetClipRectMax().y)};
  children_ = children;
}

KeptDirection::~KeptDirection() {
  if (mirror_ == nullptr) return;
  if (within_)
    mirror_->keep_within(list_, first_, {within_->left, within_->top, within_->right, within_->bottom},
                         children_);
  else
    mirror_->keep(list_, first_);
}

std::string elided(std::string_view text, float width,
                   const std::function<float(std::string_view)>& measure) {
  if (measure(text) <= width) return std::string(text);
  constexpr std::string_view kEllipsis = "…";
  std::size_t fits = 0;
  std::size_t too_long = text.size();
  while (fits + 1 < too_long) {
    const std::size_t half = (fits + too_long) / 2;
    const std::string tried = std::string(utf8_prefix(text, half)).append(kEllipsis);
    (measure(tried) <= width ? fits : too_long) = half;
  }
  std::string_view kept = utf8_prefix(text, fits);
  while (kept.ends_with(' ')) kept.remove_suffix(1);
  return std::string(kept).append(kEllipsis);
}

std::vector<std::string_view> wrapped(std::string_view text, float width,
                                      const std::function<float(std::string_view)>& measure) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = line_end(text, width, measure);
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
    if (text.starts_with('\n')) {
      text.remove_prefix(1);
      continue;
    }
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  return lines;
}

float Pen::px(float points) const {
  return std::round(points * painter.scale());
}

void Pen::fill(const Box& box, ImU32 color, float radius_points) {
  const float radius = px(radius_points);
  if (radius < 1) return list().AddRectFilled(box.min(), box.max(), color);
  fill_rounded(list(), painter, box, color, radius);
}

void Pen::outline(const Box& box, ImU32 color, float radius_points, float width_points) {
  // Hair lines stay hair lines up to 200 %.
  const float width = width_points <= 1 ? std::floor(painter.scale()) : width_points * painter.scale();
  outline_rounded(list(), painter, box, color, px(radius_points), width);
}

void Pen::shadow(const Box& box, float radius_points) {
  constexpr int kLayers = 6;
  for (int i = kLayers; i > 0; --i) {
    const float grown = px(float(i) * 2.5F);
    fill(box.inset(-grown).moved(0, px(4)), faded(theme.shadow, theme.is_dark ? 0.16F : 0.09F),
         radius_points + float(i) * 2.5F);
  }
}

void Pen::ring(const Box& box, float radius_points) {
  outline(box.inset(-px(2)), theme.accent, radius_points + 2, 2);
}

float Pen::text_width(TextStyle style, std::string_view text) const {
  if (needs_shaping(text)) return painter.shaped_extent(text, {.style = style}).width;
  return painter.font(style)
      ->CalcTextSizeA(painter.font_height(style), 1e9F, 0, begin_of(text), end_of(text))
      .x;
}

void Pen::draw_line(ImDrawList& on, ImVec2 at, TextStyle style, ImU32 color, std::string_view text) {
  const KeptDirection kept(painter, on);
  const ImVec2 edge(std::round(at.x), std::round(at.y));
  if (needs_shaping(text)) return painter.draw_shaped(on, edge, text, {.style = style}, color);
  on.AddText(painter.font(style), painter.font_height(style), edge, color, begin_of(text), end_of(text));
}

float Pen::text(const Box& box, TextStyle style, ImU32 color, std::string_view text, Align align) {
  if (text.empty() || box.width() <= 0) return 0;
  if (needs_shaping(text)) return shaped_text(box, style, color, text, align);
  const std::string shown =
      elided(text, box.width(), [&](std::string_view part) { return text_width(style, part); });
  const float width = text_width(style, shown);
  const ImVec2 at = line_place(box, width, text_height(style), align);
  draw_line(list(), at, style, color, shown);
  input.narration().add_words(box_at(at.x, at.y, width, text_height(style)), text, words_kind(style));
  if (shown.size() != text.size()) tell_shortened(box, text);
  return width;
}

void Pen::tell_shortened(const Box& box, std::string_view text) {
  input.note_shortened(text);
  if (is_pointed_at(box)) draw_tip(box, text, {});
}

float Pen::shaped_text(const Box& box, TextStyle style, ImU32 color, std::string_view text, Align align) {
  const TextForm form{.style = style, .width = std::floor(box.width())};
  const TextExtent extent = painter.shaped_extent(text, form);
  const ImVec2 at = line_place(box, extent.width, text_height(style), align);
  const KeptDirection kept(painter, list());
  painter.draw_shaped(list(), {std::round(at.x), std::round(at.y)}, text, form, color);
  input.narration().add_words(box_at(at.x, at.y, extent.width, text_height(style)), text, words_kind(style));
  if (extent.is_shortened) tell_shortened(box, text);
  return extent.width;
}

TextForm Pen::paragraph_form(float width, TextStyle style) const {
  return {.style = style,
          .fit = TextFit::Paragraph,
          .width = std::floor(width),
          .line_step = text_height(style) + px(kLineGap)};
}

std::vector<std::string_view> Pen::lines_of(float width, TextStyle style, std::string_view text) const {
  return wrapped(text, width, [&](std::string_view part) { return text_width(style, part); });
}

float Pen::paragraph_height(float width, TextStyle style, std::string_view text) const {
  if (needs_shaping(text)) return painter.shaped_extent(text, paragraph_form(width, style)).height;
  const float gap = px(kLineGap);
  return float(std::max<std::size_t>(1, lines_of(width, style, text).size())) * (text_height(style) + gap) -
         gap;
}

float Pen::paragraph(const Box& box, TextStyle style, ImU32 color, std::string_view text) {
  const float height = draw_lines(list(), box, style, color, text);
  input.narration().add_words(box_at(box.left, box.top, box.width(), height), text, words_kind(style));
  return height;
}

float Pen::draw_lines(ImDrawList& on, const Box& box, TextStyle style, ImU32 color, std::string_view text) {
  if (needs_shaping(text)) {
    const KeptDirection kept(painter, on);
    const TextForm form = paragraph_form(box.width(), style);
    painter.draw_shaped(on, {std::round(box.left), std::round(box.top)}, text, form, color);
    return painter.shaped_extent(text, form).height;
  }
  const float step = text_height(style) + px(kLineGap);
  float y = box.top;
  for (const std::string_view line : lines_of(box.width(), style, text)) {
    draw_line(on, {box.left, y}, style, color, line);
    y += step;
  }
  return std::max(text_height(style), y - box.top - px(kLineGap));
}

Box Pen::beside(const Box& about) const {
  const Mirror* mirror = painter.mirror();
  if (mirror == nullptr) return about;
  const ImVec4 there = mirror->outside({about.left, about.top, about.right, about.bottom});
  return {there.x, there.y, there.z, there.w};
}

void Pen::icon(const Box& box, Icon icon, IconSize size, ImU32 color) {
  ImFont* font = painter.icon_font(size);
  if (font == nullptr) {
    text(box, TextStyle::Caption, color, icon.word, Align::Center);
    return;
  }
  std::optional<KeptDirection> kept;
  if (!icon.points_along) kept.emplace(painter, list());
  const float height = painter.icon_height(size);
  const ImVec2 extent = font->CalcTextSizeA(height, 1e9F, 0, icon.glyph);
  const ImVec2 middle = box.middle();
  list().AddText(font, height,
                 ImVec2(std::round(middle.x - extent.x / 2), std::round(middle.y - extent.y / 2)), color,
                 icon.glyph);
}

void Pen::picture(const Box& box, std::string_view slot, const PicturePtr& picture, float radius_points,
                  ImU32 behind) {
  const ImTextureID texture = painter.picture(slot, picture, int(box.width()), int(box.height()));
  if (!texture) return;
  {
    const KeptDirection kept(painter, list());
    list().AddImage(texture, box.min(), box.max());
  }
  if (radius_points > 0) round_corners(box, radius_points, behind);
}

// Rounding the picture itself would make triangles of it, which the software renderer draws pixel by pixel.
// So its corners are covered, row by row, the last part of a row as faint as it is short.
void Pen::round_corners(const Box& box, float radius_points, ImU32 behind) {
  const float radius = px(radius_points);
  for (float row = 0; row < radius; ++row) {
    const float away = radius - row - 0.5F;
    const float covered = radius - std::sqrt(radius * radius - away * away);
    const float whole = std::floor(covered);
    const ImU32 faint = faded(behind, covered - whole);
    for (const float y : {box.top + row, box.bottom - row - 1}) {
      if (whole > 0) fill({box.left, y, box.left + whole, y + 1}, behind);
      if (whole > 0) fill({box.right - whole, y, box.right, y + 1}, behind);
      fill({box.left + whole, y, box.left + whole + 1, y + 1}, faint);
      fill({box.right - whole - 1, y, box.right - whole, y + 1}, faint);
    }
  }
}

// Of a radius that grows and shrinks row by row: the software renderer's triangles leave a round ragged.
void Pen::disc(ImVec2 center, float radius, ImU32 color) {
  constexpr float kWorthAMask = 6;
  if (radius >= kWorthAMask && radius == std::round(radius))
    return fill_disc(list(), painter, center, radius, color);
  for (float y = std::floor(center.y - radius); y < center.y + radius; ++y) {
    const RowOfDisc row(center, radius, y);
    const float from = std::ceil(center.x - row.shortest);
    const float to = std::max(from, std::floor(center.x + row.shortest));
    if (row.shortest > 0 && to > from) fill({from, y, to, y + 1}, color);
    const float inner_left = row.shortest > 0 ? from : center.x;
    for (float x = std::floor(center.x - row.longest); x < inner_left; ++x)
      fill({x, y, x + 1, y + 1}, faded(color, row.cover(x)));
    for (float x = row.shortest > 0 ? to : std::ceil(inner_left); x < center.x + row.longest; ++x)
      fill({x, y, x + 1, y + 1}, faded(color, row.cover(x)));
  }
}

void Pen::round_picture(const Box& box, std::string_view slot, const PicturePtr& picture) {
  const ImTextureID texture = painter.round_picture(slot, picture, int(box.width()));
  const KeptDirection kept(painter, list());
  if (texture) list().AddImage(texture, box.min(), box.max());
}

void Pen::tooltip(std::string_view name, const Box& box, std::string_view text, std::string_view shortcut) {
  const auto rested = input.rested(name);
  const bool is_focused = input.is_anything_focused() && input.is_focused(name);
  if (rested.count() == 0 && !is_focused) return;
  if (rested < kTooltipDelay && !is_focused) return painter.redraw_after(kTooltipDelay - rested);
  draw_tip(box, text, shortcut);
}

void Pen::draw_tip(const Box& at, std::string_view text, std::string_view shortcut) {
  const Box about = beside(at);
  ImDrawList& front = *ImGui::GetForegroundDrawList();
  const float widest = px(420);
  const float width = std::min(std::ceil(text_width(TextStyle::Caption, text)), widest);
  const ImVec2 size(width, paragraph_height(width, TextStyle::Caption, text));
  const float shortcut_width = shortcut.empty() ? 0 : text_width(TextStyle::CaptionStrong, shortcut) + px(12);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  Box tip = box_at(std::round(about.middle().x - (size.x + shortcut_width) / 2) - px(8), about.bottom + px(8),
                   size.x + shortcut_width + px(16), size.y + px(12));
  if (tip.bottom > display.y - px(4)) tip = tip.moved(0, about.top - px(8) - tip.bottom);
  tip = tip.moved(std::max(px(4) - tip.left, 0.0F), 0);
  tip = tip.moved(std::min(display.x - px(4) - tip.right, 0.0F), 0);
  const ImU32 ground = theme.is_dark ? IM_COL32(0x33, 0x36, 0x42, 255) : IM_COL32(0x22, 0x23, 0x2E, 255);
  const ImU32 words = IM_COL32(0xF4, 0xF4, 0xF8, 255);
  fill_rounded(front, painter, tip, ground, px(6));
  const Box inside = tip.inset(px(8), px(6));
  draw_lines(front, {inside.left, inside.top, inside.left + width, inside.bottom}, TextStyle::Caption, words,
             text);
  if (shortcut.empty()) return;
  draw_line(front, {inside.right - shortcut_width + px(12), inside.top}, TextStyle::CaptionStrong,
            faded(words, 0.7F), shortcut);
}

}  // namespace meanwhile
