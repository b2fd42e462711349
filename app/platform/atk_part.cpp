#ifdef MEANWHILE_ATSPI
#include "app/platform/atk_part.h"

#include <atk/atk.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/atk_object.h"
#include "app/platform/atk_states.h"
#include "app/platform/text_places.h"

namespace meanwhile {
namespace {

AtkInterfaces interfaces_of(AtkPart::Kind kind, const Accessible& now) {
  return {.action = now.can_press || now.has_menu,
          .value = now.range.has_value(),
          .text = now.text.has_value(),
          .window = kind == AtkPart::Kind::Window};
}

// How many characters both have in common at their beginnings.
std::size_t common_beginning(std::string_view one, std::string_view other) {
  const auto [at, ignored] = std::ranges::mismatch(one, other);
  std::size_t bytes = std::size_t(at - one.begin());
  while (bytes > 0 && bytes < one.size() && !begins_character(one[bytes])) --bytes;
  while (bytes > 0 && bytes < other.size() && !begins_character(other[bytes])) --bytes;
  return bytes;
}

std::size_t common_end(std::string_view one, std::string_view other) {
  std::size_t bytes = 0;
  const std::size_t most = std::min(one.size(), other.size());
  while (bytes < most && one[one.size() - 1 - bytes] == other[other.size() - 1 - bytes]) ++bytes;
  while (bytes > 0 && !begins_character(one[one.size() - bytes])) --bytes;
  return bytes;
}

void say_piece(AtkObject* object, const char* signal, std::string_view text, std::size_t from,
               std::size_t to) {
  if (from == to) return;
  const std::string piece(text.substr(from, to - from));
  g_signal_emit_by_name(object, signal, characters_before(text, from), characters_before(piece, piece.size()),
                        piece.c_str());
}

}  // namespace

void AtkPart::Unref::operator()(AtkObject* object) const {
  g_object_unref(object);
}

AtkPart::AtkPart(const Shared& shared, Kind kind, Accessible now)
    : shared_(shared),
      kind_(kind),
      now_(std::move(now)),
      object_(new_atk_object(interfaces_of(kind, now_), *this)) {
  atk_object_set_name(object(), now_.name.c_str());
  atk_object_set_description(object(), now_.description.c_str());
  atk_object_set_role(object(), atk_role(*this));
}

AtkPart::~AtkPart() {
  atk_object_notify_state_change(object(), ATK_STATE_DEFUNCT, TRUE);
  forget_part(object());
}

void AtkPart::let_go_of(AtkPart& child) {
  const auto found = std::ranges::find(children_, &child);
  if (found == children_.end()) return;
  const auto index = guint(found - children_.begin());
  children_.erase(found);
  g_signal_emit_by_name(object(), "children-changed::remove", index, child.object(), nullptr);
}

// Those that have gone were let go of. An order that changed is told as if they had come anew.
void AtkPart::set_children(std::vector<AtkPart*> children) {
  const std::vector<AtkPart*> before = std::exchange(children_, std::move(children));
  std::vector<AtkPart*> stayed;
  for (AtkPart* child : children_)
    if (std::ranges::find(before, child) != before.end()) stayed.push_back(child);
  const bool is_reordered = stayed != before;
  for (std::size_t i = 0; i < children_.size(); ++i) {
    AtkPart* const child = children_[i];
    if (!is_reordered && std::ranges::find(before, child) != before.end()) continue;
    g_signal_emit_by_name(object(), "children-changed::add", guint(i), child->object(), nullptr);
  }
}

void AtkPart::set(Accessible now) {
  const AtkStates states = atk_states(*this);
  const Accessible was = std::exchange(now_, std::move(now));
  if (was.name != now_.name) atk_object_set_name(object(), now_.name.c_str());
  if (was.description != now_.description) atk_object_set_description(object(), now_.description.c_str());
  for (const auto& [state, is_on] : differing_states(states, atk_states(*this)))
    atk_object_notify_state_change(object(), state, is_on ? TRUE : FALSE);
  if (was.range != now_.range) g_object_notify(reinterpret_cast<GObject*>(object()), "accessible-value");
  if (was.text && now_.text) say_text_changes(*was.text);
}

void AtkPart::say_text_changes(const AccessibleText& was) const {
  const AccessibleText& is = *now_.text;
  if (was.text != is.text) {
    const std::size_t from = common_beginning(was.text, is.text);
    const std::size_t kept =
        common_end(std::string_view(was.text).substr(from), std::string_view(is.text).substr(from));
    say_piece(object(), "text-remove", was.text, from, was.text.size() - kept);
    say_piece(object(), "text-insert", is.text, from, is.text.size() - kept);
  }
  if (was.caret != is.caret || was.text != is.text)
    g_signal_emit_by_name(object(), "text-caret-moved", characters_before(is.text, is.caret));
  if (was.chosen_from != is.chosen_from || was.chosen_to != is.chosen_to)
    g_signal_emit_by_name(object(), "text-selection-changed");
}

void AtkPart::say_shown() const {
  atk_object_notify_state_change(object(), ATK_STATE_SHOWING, TRUE);
}

}  // namespace meanwhile
#endif
