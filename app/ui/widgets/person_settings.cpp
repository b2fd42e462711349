#include "app/ui/widgets/person_settings.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/settings.h"
#include "app/platform/accessible.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/section.h"
#include "app/ui/widgets/setting_switch.h"
#include "app/ui/widgets/text_field.h"
#include "app/ui/widgets/zone_picker.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

Menu hour_menu(const Box& anchor, const SettingsState& settings, bool is_from) {
  Menu menu{.name = is_from ? "hours-from/menu" : "hours-to/menu", .anchor = anchor, .width_points = 120};
  std::vector<std::string> hours;
  for (int half = 0; half < 48; ++half) hours.push_back(fmt::format("{:02}:{:02}", half / 2, half % 2 * 30));
  for (const std::string& hour : hours)
    menu.items.push_back(
        {hour, {}, std::nullopt, hour == (is_from ? settings.hours_from : settings.hours_to)});
  // One without the other says nothing.
  std::string other = is_from ? settings.hours_to : settings.hours_from;
  if (other.empty()) other = is_from ? "17:00" : "09:00";
  menu.choose = [hours, is_from, other](Actions& actions, std::size_t item) {
    const std::string chosen = is_from ? hours[item] + "-" + other : other + "-" + hours[item];
    actions.settings.change([&chosen](Settings& changed) { changed.hours = chosen; });
  };
  return menu;
}

std::string_view hour_or_none(const std::string& hour) {
  return hour.empty() ? std::string_view(tr_in("an hour", "Not set")) : hour;
}

struct Day {
  std::string_view id;
  const char* name;
};
constexpr std::array<Day, 7> kDays{{{"mon", tr_later("Monday")},
                                    {"tue", tr_later("Tuesday")},
                                    {"wed", tr_later("Wednesday")},
                                    {"thu", tr_later("Thursday")},
                                    {"fri", tr_later("Friday")},
                                    {"sat", tr_later("Saturday")},
                                    {"sun", tr_later("Sunday")}}};

// As short as they can be, in the order of kDays.
std::array<const char*, kDays.size()> day_letters() {
  return {tr_in("Monday, in one letter", "M"),    tr_in("Tuesday, in one letter", "T"),
          tr_in("Wednesday, in one letter", "W"), tr_in("Thursday, in one letter", "T"),
          tr_in("Friday, in one letter", "F"),    tr_in("Saturday, in one letter", "S"),
          tr_in("Sunday, in one letter", "S")};
}

// The list with one day more, or one less.
std::string switched(const std::string& days, std::string_view day) {
  std::string list;
  for (const Day& one : kDays) {
    const bool is_in = days.find(one.id) != std::string::npos;
    if (is_in != (one.id == day)) list += (list.empty() ? "" : ",") + std::string(one.id);
  }
  return list;
}

void draw_days(View& view, Box row) {
  Pen& pen = view.pen;
  const std::string& days = view.state.settings.work_days;
  const auto letters = day_letters();
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    const Day& day = kDays[i];
    const Box box = row.cut_left(pen.px(34)).centered(pen.px(34), pen.px(32));
    row.cut_left(pen.px(4));
    const std::string part = fmt::format("work-day/{}", day.id);
    const bool is_on = days.find(day.id) != std::string::npos;
    const Response response =
        pen.input.part(part, box, {.role = AccessibleRole::Toggle, .name = tr(day.name), .is_on = is_on});
    pen.fill(box, is_on ? pen.theme.accent_tint : faded(pen.theme.hover, response.glow), 8);
    pen.outline(box, is_on ? pen.theme.accent : pen.theme.border, 8);
    if (response.is_focused) pen.ring(box, 8);
    pen.text(box, TextStyle::BodyStrong, is_on ? pen.theme.accent : pen.theme.soft_text, letters[i],
             Align::Center);
    pen.tooltip(part, box, tr(day.name));
    // Who works on no day would never be told of anything.
    const std::string now = switched(days, day.id);
    if (response.is_clicked && !now.empty())
      view.actions.settings.change([&now](Settings& settings) { settings.work_days = now; });
  }
}

}  // namespace

void PersonSettings::draw_hours(View& view, Box hours) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  const Box from = hours.cut_left((hours.width() - pen.px(24)) / 2);
  const Box dash = hours.cut_left(pen.px(24));
  pen.text(dash, TextStyle::Body, pen.theme.soft_text, "–", Align::Center);
  pen.input.narration().set_label(tr("Working hours from"));
  if (draw_picker(pen, from, "hours-from", std::nullopt, hour_or_none(settings.hours_from), {}))
    view.overlays.open(hour_menu(from, settings, true));
  pen.input.narration().set_label(tr("Working hours to"));
  if (draw_picker(pen, hours, "hours-to", std::nullopt, hour_or_none(settings.hours_to), {}))
    view.overlays.open(hour_menu(hours, settings, false));
}

void PersonSettings::draw_days_off(View& view, Box row) {
  const auto typed = draw_text_field(view.pen, row,
                                     {.name = "days-off",
                                      .text = typed_days_.value_or(view.state.settings.chosen.days_off),
                                      .hint = "2026-12-24..2027-01-02"});
  if (typed.edited) typed_days_ = *typed.edited;
  if (!typed.is_submitted || !typed_days_) return;
  view.actions.settings.change([this](Settings& settings) { settings.days_off = *typed_days_; });
  typed_days_.reset();
}

void PersonSettings::draw(View& view, Box& area) {
  Pen& pen = view.pen;
  const SettingsState& settings = view.state.settings;
  Section section(pen, area, tr_in("heading, over the settings of oneself", "You"), 8);
  const auto name = draw_text_field(pen, section.row(tr("Name"), tr("How others see you")),
                                    {.name = "name", .text = settings.name, .hint = tr("Your name")});
  if (name.edited) view.actions.settings.change([&name](Settings& chosen) { chosen.name = *name.edited; });
  draw_zone_picker(view, section.row(tr("Time zone"), tr("Found by your city")));
  draw_hours(view, section.row(tr("Working hours"), tr("Others see when you can answer")));
  draw_days(view, section.row(tr("Working days"), tr("Other days count as weekend")));
  draw_days_off(view, section.row(tr("Days off"), tr("e.g. 2026-12-24..2027-01-02; press Enter to save")));
  draw_setting_switch(
      view, section,
      {&Settings::share_watching, "share-watching", tr("Share my viewing"),
       tr("Off: what you watch stays on this machine"),
       tr("Your name and how much of an update you saw, on its page. A channel can differ: see there")});
  draw_setting_switch(
      view, section,
      {&Settings::notify, "notify", tr("Notifications"), tr("On the desktop, in your working hours only"),
       tr("What comes outside of your hours is told once, when they begin")});
  draw_setting_switch(view, section,
                      {&Settings::start_with_desktop, "autostart", tr("Start with the desktop"),
                       tr("Minimised, so that it can tell you of news"),
                       tr("Only then are you told when Meanwhile isn't open")});
}

}  // namespace meanwhile
