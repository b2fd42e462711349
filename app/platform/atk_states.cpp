#ifdef MEANWHILE_ATSPI
#include "app/platform/atk_states.h"

#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/atk_part.h"

namespace meanwhile {
namespace {

AtkRole role_of(AccessibleRole role) {
  switch (role) {
    case AccessibleRole::Unknown:
      return ATK_ROLE_UNKNOWN;
    case AccessibleRole::Group:
      return ATK_ROLE_PANEL;
    case AccessibleRole::Page:
    case AccessibleRole::Navigation:
      return ATK_ROLE_LANDMARK;
    case AccessibleRole::Dialog:
      return ATK_ROLE_DIALOG;
    case AccessibleRole::Menu:
      return ATK_ROLE_MENU;
    case AccessibleRole::Notice:
      return ATK_ROLE_NOTIFICATION;
    case AccessibleRole::Alert:
      return ATK_ROLE_ALERT;
    case AccessibleRole::List:
      return ATK_ROLE_LIST;
    case AccessibleRole::ListItem:
      return ATK_ROLE_LIST_ITEM;
    case AccessibleRole::MenuItem:
      return ATK_ROLE_MENU_ITEM;
    case AccessibleRole::Button:
      return ATK_ROLE_PUSH_BUTTON;
    case AccessibleRole::MenuButton:
      return ATK_ROLE_PUSH_BUTTON_MENU;
    case AccessibleRole::Toggle:
      return ATK_ROLE_TOGGLE_BUTTON;
    case AccessibleRole::Switch:
      return ATK_ROLE_CHECK_BOX;
    case AccessibleRole::Choice:
      return ATK_ROLE_RADIO_BUTTON;
    case AccessibleRole::Tab:
      return ATK_ROLE_PAGE_TAB;
    case AccessibleRole::Link:
      return ATK_ROLE_LINK;
    case AccessibleRole::Field:
      return ATK_ROLE_ENTRY;
    case AccessibleRole::Slider:
      return ATK_ROLE_SLIDER;
    case AccessibleRole::Progress:
      return ATK_ROLE_PROGRESS_BAR;
    case AccessibleRole::Picture:
      return ATK_ROLE_IMAGE;
    case AccessibleRole::Heading:
      return ATK_ROLE_HEADING;
    case AccessibleRole::Words:
      return ATK_ROLE_LABEL;
  }
  return ATK_ROLE_UNKNOWN;
}

void add_chosen(AtkStates& states, const Accessible& now) {
  if (!now.is_on) return;
  switch (now.role) {
    case AccessibleRole::Toggle:
      if (*now.is_on) states.insert({ATK_STATE_PRESSED, ATK_STATE_CHECKED});
      return;
    case AccessibleRole::Tab:
    case AccessibleRole::ListItem:
    case AccessibleRole::Button:
      states.insert(ATK_STATE_SELECTABLE);
      if (*now.is_on) states.insert(ATK_STATE_SELECTED);
      return;
    default:
      states.insert(ATK_STATE_CHECKABLE);
      if (*now.is_on) states.insert(ATK_STATE_CHECKED);
  }
}

void add_of_kind(AtkStates& states, const Accessible& now) {
  if (now.role == AccessibleRole::Dialog || now.role == AccessibleRole::Menu) states.insert(ATK_STATE_MODAL);
  if (now.role == AccessibleRole::MenuButton || now.has_menu) states.insert(ATK_STATE_HAS_POPUP);
  if (now.role == AccessibleRole::Slider) states.insert(ATK_STATE_HORIZONTAL);
  if (!now.text) return;
  states.insert({ATK_STATE_EDITABLE, now.text->has_lines ? ATK_STATE_MULTI_LINE : ATK_STATE_SINGLE_LINE});
}

}  // namespace

AtkRole atk_role(const AtkPart& part) {
  if (part.kind() == AtkPart::Kind::Application) return ATK_ROLE_APPLICATION;
  if (part.kind() == AtkPart::Kind::Window) return ATK_ROLE_FRAME;
  const Accessible& now = part.now();
  return now.text && now.text->is_hidden ? ATK_ROLE_PASSWORD_TEXT : role_of(now.role);
}

AtkStates atk_states(const AtkPart& part) {
  const Accessible& now = part.now();
  AtkStates states{ATK_STATE_VISIBLE};
  if (now.is_seen) states.insert(ATK_STATE_SHOWING);
  if (now.is_enabled) states.insert({ATK_STATE_ENABLED, ATK_STATE_SENSITIVE});
  if (part.kind() != AtkPart::Kind::Part) {
    if (now.is_focused) states.insert(ATK_STATE_ACTIVE);
    return states;
  }
  if (now.takes_focus) states.insert(ATK_STATE_FOCUSABLE);
  if (now.is_focused) states.insert(ATK_STATE_FOCUSED);
  add_chosen(states, now);
  add_of_kind(states, now);
  return states;
}

std::vector<std::pair<AtkStateType, bool>> differing_states(const AtkStates& was, const AtkStates& is) {
  std::vector<std::pair<AtkStateType, bool>> differing;
  for (const AtkStateType state : was)
    if (!is.contains(state)) differing.emplace_back(state, false);
  for (const AtkStateType state : is)
    if (!was.contains(state)) differing.emplace_back(state, true);
  return differing;
}

}  // namespace meanwhile
#endif
