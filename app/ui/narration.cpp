#include "app/ui/narration.h"

#include <imgui.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/accessible.h"
#include "app/ui/box.h"

namespace meanwhile {
namespace {

AccessiblePlace place_of(const Box& box) {
  return {int(box.left), int(box.top), int(box.width()), int(box.height())};
}

Box seen_of(const Box& box) {
  const ImVec2 min = ImGui::GetWindowDrawList()->GetClipRectMin();
  const ImVec2 max = ImGui::GetWindowDrawList()->GetClipRectMax();
  return box.clipped_to({min.x, min.y, max.x, max.y});
}

// Its name says what is written on it.
bool says_its_words(AccessibleRole role) {
  switch (role) {
    case AccessibleRole::ListItem:
    case AccessibleRole::MenuItem:
    case AccessibleRole::Button:
    case AccessibleRole::MenuButton:
    case AccessibleRole::Toggle:
    case AccessibleRole::Switch:
    case AccessibleRole::Choice:
    case AccessibleRole::Tab:
    case AccessibleRole::Link:
    case AccessibleRole::Field:
    case AccessibleRole::Progress:
      return true;
    default:
      return false;
  }
}

bool can_be_pressed(AccessibleRole role) {
  switch (role) {
    case AccessibleRole::Field:
    case AccessibleRole::Slider:
    case AccessibleRole::Progress:
    case AccessibleRole::Heading:
    case AccessibleRole::Words:
      return false;
    default:
      return true;
  }
}

bool lies_within(const Accessible& inner, const AccessiblePlace& outer) {
  const int x = inner.place.x + inner.place.width / 2;
  const int y = inner.place.y + inner.place.height / 2;
  return x >= outer.x && x < outer.x + outer.width && y >= outer.y && y < outer.y + outer.height;
}

std::string with_value(std::string_view name, std::string_view value) {
  if (name.empty() || value.empty()) return std::string(name.empty() ? value : name);
  return std::string(name).append(": ").append(value);
}

}  // namespace

void Narration::begin_frame(bool is_heard) {
  is_heard_ = is_heard;
  silences_ = 0;
  parts_.clear();
  groups_.clear();
  set_label({});
}

Accessible& Narration::add(const Box& box) {
  Accessible& part = parts_.emplace_back();
  part.parent = groups_.empty() ? -1 : groups_.back();
  part.place = place_of(box);
  part.is_seen = !seen_of(box).is_empty();
  return part;
}

void Narration::set_label(std::string_view label, std::string_view detail) {
  if (!is_heard_) return;
  label_ = label;
  label_detail_ = detail;
}

void Narration::add_label(Accessible& part) const {
  part.name = label_.empty() ? part.description : label_;
  if (part.description.empty() || part.description == part.name) part.description = label_detail_;
}

void Narration::add_part(const Part& part, const Spoken& spoken) {
  if (!is_heard_) return;
  Accessible& told = add(part.box);
  told.key = part.key;
  told.role = spoken.role;
  told.description = spoken.description;
  told.shortcut = spoken.shortcut;
  if (spoken.name.empty())
    add_label(told);
  else
    told.name = spoken.name;
  told.name = with_value(told.name, spoken.value);
  if (told.description == told.name) told.description.clear();
  told.is_enabled = spoken.is_enabled;
  told.takes_focus = part.takes_focus;
  told.is_focused = part.is_focused;
  told.can_press = spoken.is_enabled && can_be_pressed(spoken.role);
  told.has_menu = spoken.has_menu;
  told.is_on = spoken.is_on;
  if (const auto& range = spoken.range)
    told.range =
        AccessibleRange{range->at, range->least, range->most, range->step, std::string(range->words)};
  if (spoken.text) told.text = *spoken.text;
}

void Narration::add_words(const Box& box, std::string_view words, WordsKind kind) {
  if (!is_heard_ || silences_ > 0 || words.empty()) return;
  Accessible& told = add(box);
  told.role = kind == WordsKind::Heading ? AccessibleRole::Heading : AccessibleRole::Words;
  told.name = words;
}

void Narration::begin_group(std::string_view key, const Box& box, const Spoken& spoken) {
  if (!is_heard_) return;
  Accessible& told = add(box);
  told.key = key;
  told.role = spoken.role;
  told.name = spoken.name;
  told.description = spoken.description;
  told.is_on = spoken.is_on;
  told.has_menu = spoken.has_menu;
  if (spoken.name.empty()) add_label(told);
  groups_.push_back(int(parts_.size()) - 1);
  set_label({});
}

void Narration::end_group() {
  if (!groups_.empty()) groups_.pop_back();
  set_label({});
}

bool Narration::is_said_by_a_part(const Accessible& words) const {
  return std::ranges::any_of(parts_, [&](const Accessible& part) {
    return part.parent == words.parent && says_its_words(part.role) && lies_within(words, part.place);
  });
}

std::vector<Accessible> Narration::take() {
  std::vector<Accessible> all;
  std::vector<int> places(parts_.size(), -1);  // in `all`
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const bool is_words = parts_[i].key.empty();
    if (is_words && is_said_by_a_part(parts_[i])) continue;
    places[i] = int(all.size());
    all.push_back(parts_[i]);
    if (int& parent = all.back().parent; parent >= 0) parent = places[std::size_t(parent)];
  }
  return all;
}

}  // namespace meanwhile
