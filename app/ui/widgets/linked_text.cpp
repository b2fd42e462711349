#include "app/ui/widgets/linked_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "app/library/linked_text.h"
#include "app/platform/accessible.h"
#include "app/platform/fonts.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"

namespace meanwhile {
namespace {

constexpr TextStyle kLinkedStyle = TextStyle::Body;

// A piece of a link on one line.
struct LinkPiece {
  Box box;
  std::string_view words;  // empty: they are drawn by the shaper, and stay in its colour
};

std::vector<LinkPiece> pieces_of(Pen& pen, const Box& box, std::string_view text, const TextLink& link) {
  std::vector<LinkPiece> pieces;
  const TextForm form = pen.paragraph_form(box.width(), kLinkedStyle);
  if (needs_shaping(text)) {
    for (const ImVec4& part : pen.painter.chosen_boxes(text, form, link.from, link.to))
      pieces.push_back({{box.left + part.x, box.top + part.y, box.left + part.z, box.top + part.w}, {}});
    return pieces;
  }
  const auto width = [&](std::string_view part) { return pen.text_width(kLinkedStyle, part); };
  float top = box.top;
  for (const std::string_view line : wrapped(text, box.width(), width)) {
    const auto first = std::size_t(line.data() - text.data());
    const std::size_t begin = std::max(link.from, first);
    const std::size_t end = std::min(link.to, first + line.size());
    if (begin < end) {
      const std::string_view words = text.substr(begin, end - begin);
      const float left = box.left + width(line.substr(0, begin - first));
      pieces.push_back({box_at(left, top, width(words), pen.text_height(kLinkedStyle)), words});
    }
    top += form.line_step;
  }
  return pieces;
}

void draw_link(View& view, const Box& box, std::string_view name, std::string_view text,
               const TextLink& link) {
  Pen& pen = view.pen;
  for (const LinkPiece& piece : pieces_of(pen, box, text, link)) {
    const std::string_view words = text.substr(link.from, link.to - link.from);
    const Response response = pen.input.part(
        name, piece.box, {.role = AccessibleRole::Link, .name = words, .description = link.url});
    // The same letters once more, in the colour of what can be pressed.
    const Box line{piece.box.left, piece.box.top, piece.box.right + 1, piece.box.bottom};
    if (!piece.words.empty()) pen.text(line, kLinkedStyle, pen.theme.accent, piece.words);
    pen.fill({line.left, line.bottom, piece.box.right, line.bottom + 1}, pen.theme.accent);
    if (response.is_hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (response.is_focused) pen.ring(piece.box, 3);
    // Where it really leads.
    pen.tooltip(name, piece.box, link.url);
    if (response.is_clicked) view.actions.app.open_link(link.url);
  }
}

}  // namespace

float draw_linked_text(View& view, const Box& box, std::string_view name, ImU32 color,
                       const LinkedText& linked) {
  const Box lines = box_at(box.left, box.top, box.width(),
                           view.pen.paragraph_height(box.width(), kLinkedStyle, linked.text));
  std::optional<KeptDirection> kept;
  if (!linked.links.empty()) kept.emplace(view.pen.painter, view.pen.list(), lines);
  const float height = view.pen.paragraph(box, kLinkedStyle, color, linked.text);
  for (std::size_t i = 0; i < linked.links.size(); ++i)
    draw_link(view, box, fmt::format("{}/link/{}", name, i), linked.text, linked.links[i]);
  return height;
}

}  // namespace meanwhile
