#include "app/ui/widgets/welcome_card.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "app/library/person_name.h"
#include "app/library/settings.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/section.h"
#include "app/ui/widgets/text_field.h"
#include "app/ui/widgets/zone_picker.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kWidestWelcome = 640;
constexpr float kWelcomeInset = 20;

void draw_welcome_words(Pen& pen, Box& area, std::string_view title, std::string_view text) {
  Box head = area.cut_top(pen.px(26));
  head.cut_right(pen.px(36));  // what puts it away
  pen.text(head, TextStyle::Heading, pen.theme.text, title);
  area.cut_top(pen.px(4));
  area.cut_top(pen.paragraph(area, TextStyle::Body, pen.theme.soft_text, text));
  area.cut_top(pen.px(14));
}

}  // namespace

float WelcomeCard::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  Box card = area;
  card.right = std::min(card.right, card.left + pen.px(kWidestWelcome));
  card.bottom = card.top + height_;
  if (height_ > 0) {
    pen.fill(card, pen.theme.surface, 12);
    pen.outline(card, pen.theme.border, 12);
  }
  Box inside = card.inset(pen.px(kWelcomeInset), pen.px(kWelcomeInset - 4));
  inside.bottom = inside.top + 1e6F;
  step_ == Step::Who ? draw_who(view, inside) : draw_library(view, inside);
  draw_close(view, card);
  const float height = inside.top - card.top + pen.px(kWelcomeInset - 4);
  // Its ground is drawn before it is known how much stands on it.
  if (std::exchange(height_, height) != height) pen.painter.redraw_after({});
  return height_ + pen.px(20);
}

void WelcomeCard::draw_close(View& view, const Box& card) {
  Pen& pen = view.pen;
  const float side = pen.px(32);
  const Box corner = box_at(card.right - side - pen.px(10), card.top + pen.px(10), side, side);
  if (draw_icon_button(pen, corner,
                       {.name = "welcome/close",
                        .icon = icons::kClose,
                        .tip = tr("Skip this; Settings has it all"),
                        .size = IconSize::Small}))
    close(view);
}

void WelcomeCard::draw_who(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  draw_welcome_words(
      pen, area, tr("Welcome to Meanwhile"),
      tr("Record your screen and your face; the others watch and answer when their day begins."));
  Section section(pen, area, "", 2);
  const std::string& known = settings.chosen.name.empty() ? settings.system_name : settings.chosen.name;
  const auto typed = draw_text_field(pen, section.row(tr("Your name"), tr("How others see you")),
                                     {.name = "welcome/name",
                                      .text = name_ ? *name_ : known,
                                      .hint = tr_in("an example of a name", "Anna Becker")});
  if (typed.edited) name_ = *typed.edited;
  draw_zone_picker(view, section.row(tr("Where you are"), tr("Others see when you can answer")));
  draw_choices(view, area);
}

// Side by side, or below each other where there is no room for that.
void WelcomeCard::draw_choices(View& view, Box& area) {
  Pen& pen = view.pen;
  const std::array<Button, 3> choices{
      Button{.name = "welcome/join",
             .label = tr("Join a team"),
             .kind = ButtonKind::Primary,
             .tip = tr("With an invitation, or by the folder that you share")},
      Button{.name = "welcome/start",
             .label = tr_in("a team", "Start one"),
             .tip = tr("A new library, to which you invite the others")},
      Button{.name = "welcome/try",
             .label = tr("Just try"),
             .kind = ButtonKind::Ghost,
             .tip = tr("With a library of your own on this computer")}};
  const float gap = pen.px(8);
  float needed = 0;
  for (const Button& choice : choices) needed += button_width(pen, choice) + gap;
  const bool is_beside = needed <= area.width();
  Box row = is_beside ? area.cut_top(pen.px(kControlHeight)) : area;
  for (int i = 0; i < int(choices.size()); ++i) {
    const Button& choice = choices[std::size_t(i)];
    const Box box =
        is_beside ? row.cut_left(button_width(pen, choice)) : area.cut_top(pen.px(kControlHeight));
    is_beside ? row.cut_left(gap) : area.cut_top(gap);
    if (!draw_button(pen, box, choice)) continue;
    if (i == 2) return close(view);
    keep(view);
    is_begun_ = true;
    step_ = i == 0 ? Step::Join : Step::Start;
    added_before_ = view.state.settings.library_added;
  }
}

void WelcomeCard::draw_library(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  if (step_ == Step::Join) {
    draw_welcome_words(
        pen, area, tr("Join a team"),
        tr("Paste the invitation that somebody of the team sent you, or choose the folder that the "
           "team shares."));
  } else {
    draw_welcome_words(pen, area, tr("Start a library"),
                       tr("Choose a folder that all of you can reach, synced or mounted, or enter a server's "
                          "address. You name it, and invite the others with one line."));
  }
  libraries_.draw_adding(view, area);
  const Button back{.name = "welcome/back", .label = tr_in("button", "Back"), .kind = ButtonKind::Ghost};
  Box row = area.cut_top(pen.px(kControlHeight));
  if (draw_button(pen, row.cut_left(button_width(pen, back)), back)) step_ = Step::Who;
  if (settings.library_added != added_before_ && settings.recovery_key.empty()) close(view);
}

void WelcomeCard::close(View& view) {
  keep(view);
  is_begun_ = false;
  step_ = Step::Who;
}

void WelcomeCard::keep(View& view) {
  const SettingsState& settings = view.state.settings;
  std::string name =
      name_.value_or(settings.chosen.name.empty() ? settings.system_name : settings.chosen.name);
  if (!is_visible_name(name)) name.clear();
  view.actions.settings.change([&name](Settings& changed) {
    changed.name = name;
    changed.greeted = true;
  });
}

}  // namespace meanwhile
