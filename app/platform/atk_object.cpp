#ifdef MEANWHILE_ATSPI
#include "app/platform/atk_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "app/platform/accessible.h"
#include "app/platform/atk_part.h"
#include "app/platform/atk_states.h"

// Source: the documentation of ATK (docs.gtk.org/atk), of AtkObject and its interfaces.
namespace meanwhile {
namespace {

// Laid out as GObject wants it.
struct PartObject {
  AtkObject base;
  AtkPart* part;
};

const char* text_or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

AtkObject* parent_of(AtkObject* object) {
  const AtkPart* const part = part_of_object(object);
  return part && part->parent() ? part->parent()->object() : nullptr;
}

int child_count(AtkObject* object) {
  const AtkPart* const part = part_of_object(object);
  return part ? int(part->children().size()) : 0;
}

AtkObject* ref_child(AtkObject* object, int index) {
  const AtkPart* const part = part_of_object(object);
  if (!part || index < 0 || index >= int(part->children().size())) return nullptr;
  AtkObject* const child = part->children()[std::size_t(index)]->object();
  g_object_ref(child);
  return child;
}

int index_in_parent(AtkObject* object) {
  const AtkPart* const part = part_of_object(object);
  if (!part || !part->parent()) return -1;
  const auto& all = part->parent()->children();
  const auto found = std::ranges::find(all, part);
  return found == all.end() ? -1 : int(found - all.begin());
}

AtkStateSet* ref_state_set(AtkObject* object) {
  AtkStateSet* const set = atk_state_set_new();
  const AtkPart* const part = part_of_object(object);
  if (!part) {
    atk_state_set_add_state(set, ATK_STATE_DEFUNCT);
    return set;
  }
  for (const AtkStateType state : atk_states(*part)) atk_state_set_add_state(set, state);
  return set;
}

AtkAttributeSet* attribute(AtkAttributeSet* rest, const char* name, const char* value) {
  auto* const pair = g_new(AtkAttribute, 1);
  pair->name = g_strdup(name);
  pair->value = g_strdup(value);
  return g_slist_prepend(rest, pair);
}

// What a landmark is for, in the words of ARIA.
AtkAttributeSet* attributes_of(AtkObject* object) {
  const AtkPart* const part = part_of_object(object);
  AtkAttributeSet* set = attribute(nullptr, "toolkit", "Meanwhile");
  if (!part) return set;
  if (part->now().role == AccessibleRole::Page) set = attribute(set, "xml-roles", "main");
  if (part->now().role == AccessibleRole::Navigation) set = attribute(set, "xml-roles", "navigation");
  return set;
}

void fill_class(gpointer object_class, gpointer) {
  auto* const base = static_cast<AtkObjectClass*>(object_class);
  base->get_parent = parent_of;
  base->get_n_children = child_count;
  base->ref_child = ref_child;
  base->get_index_in_parent = index_in_parent;
  base->ref_state_set = ref_state_set;
  base->get_attributes = attributes_of;
}

void extents(AtkComponent* component, int* x, int* y, int* width, int* height, AtkCoordType type) {
  const AtkPart* const part = part_of_object(component);
  if (!part) return;
  const AccessiblePlace& window = part->shared().window;
  const bool is_whole = part->kind() != AtkPart::Kind::Part;
  const AccessiblePlace place =
      is_whole ? AccessiblePlace{0, 0, window.width, window.height} : part->now().place;
  *x = place.x + (type == ATK_XY_SCREEN ? window.x : 0);
  *y = place.y + (type == ATK_XY_SCREEN ? window.y : 0);
  *width = place.width;
  *height = place.height;
  if (type != ATK_XY_PARENT || is_whole || !part->parent()) return;
  *x -= part->parent()->now().place.x;
  *y -= part->parent()->now().place.y;
}

gboolean grab_focus(AtkComponent* component) {
  const AtkPart* const part = part_of_object(component);
  if (!part || !part->now().takes_focus) return FALSE;
  return ask_for(component, {.kind = AccessibleWish::Kind::Focus});
}

void fill_component(gpointer interface, gpointer) {
  auto* const component = static_cast<AtkComponentIface*>(interface);
  component->get_extents = extents;
  component->grab_focus = grab_focus;
}

// Pressing comes first, where it can be pressed.
AccessibleWish::Kind kind_of_action(const Accessible& now, int index) {
  return now.can_press && index == 0 ? AccessibleWish::Kind::Press : AccessibleWish::Kind::Menu;
}

int action_count(AtkAction* action) {
  const AtkPart* const part = part_of_object(action);
  return part ? int(part->now().can_press) + int(part->now().has_menu) : 0;
}

bool has_action(AtkAction* action, int index) {
  return index >= 0 && index < action_count(action);
}

gboolean do_action(AtkAction* action, int index) {
  if (!has_action(action, index)) return FALSE;
  return ask_for(action, {.kind = kind_of_action(part_of_object(action)->now(), index)});
}

const char* action_name(AtkAction* action, int index) {
  if (!has_action(action, index)) return nullptr;
  const Accessible& now = part_of_object(action)->now();
  return kind_of_action(now, index) == AccessibleWish::Kind::Press ? "click" : "menu";
}

const char* key_binding(AtkAction* action, int index) {
  if (index != 0 || !has_action(action, index)) return nullptr;
  return text_or_null(part_of_object(action)->now().shortcut);
}

void fill_action(gpointer interface, gpointer) {
  auto* const action = static_cast<AtkActionIface*>(interface);
  action->do_action = do_action;
  action->get_n_actions = action_count;
  action->get_name = action_name;
  action->get_localized_name = action_name;
  action->get_keybinding = key_binding;
}

void value_and_text(AtkValue* value, double* at, char** words) {
  const AtkPart* const part = part_of_object(value);
  if (!part || !part->now().range) return;
  if (at) *at = part->now().range->at;
  if (words) *words = g_strdup(part->now().range->words.c_str());
}

AtkRange* value_range(AtkValue* value) {
  const AtkPart* const part = part_of_object(value);
  if (!part || !part->now().range) return nullptr;
  return atk_range_new(part->now().range->least, part->now().range->most, nullptr);
}

double value_step(AtkValue* value) {
  const AtkPart* const part = part_of_object(value);
  return part && part->now().range ? part->now().range->step : 0;
}

void set_value(AtkValue* value, double wanted) {
  (void)ask_for(value, {.kind = AccessibleWish::Kind::Value, .value = wanted});
}

void fill_value(gpointer interface, gpointer) {
  auto* const value = static_cast<AtkValueIface*>(interface);
  value->get_value_and_text = value_and_text;
  value->get_range = value_range;
  value->get_increment = value_step;
  value->set_value = set_value;
}

void fill_nothing(gpointer, gpointer) {}

void add_interface(GType type, GType interface, void (*fill)(gpointer, gpointer)) {
  const GInterfaceInfo info{fill, nullptr, nullptr};
  g_type_add_interface_static(type, interface, &info);
}

// ATK tells by an object's type what it can do: a type for each set of interfaces.
GType type_with(const AtkInterfaces& interfaces) {
  const std::string name = fmt::format("MeanwhilePart{:d}{:d}{:d}{:d}", interfaces.action, interfaces.value,
                                       interfaces.text, interfaces.window);
  if (const GType known = g_type_from_name(name.c_str()); known != 0) return known;
  GTypeInfo info{};
  info.class_size = sizeof(AtkObjectClass);
  info.class_init = fill_class;
  info.instance_size = sizeof(PartObject);
  const GType type = g_type_register_static(ATK_TYPE_OBJECT, name.c_str(), &info, GTypeFlags(0));
  add_interface(type, ATK_TYPE_COMPONENT, fill_component);
  if (interfaces.action) add_interface(type, ATK_TYPE_ACTION, fill_action);
  if (interfaces.value) add_interface(type, ATK_TYPE_VALUE, fill_value);
  if (interfaces.window) add_interface(type, ATK_TYPE_WINDOW, fill_nothing);
  if (!interfaces.text) return type;
  add_interface(type, ATK_TYPE_TEXT, fill_text_interface);
  add_interface(type, ATK_TYPE_EDITABLE_TEXT, fill_editable_text_interface);
  return type;
}

}  // namespace

AtkObject* new_atk_object(const AtkInterfaces& interfaces, AtkPart& part) {
  auto* const made = static_cast<PartObject*>(g_object_new(type_with(interfaces), nullptr));
  made->part = &part;
  return &made->base;
}

void forget_part(AtkObject* object) {
  reinterpret_cast<PartObject*>(object)->part = nullptr;
}

AtkPart* part_of_object(gpointer object) {
  return static_cast<PartObject*>(object)->part;
}

gboolean ask_for(gpointer object, AccessibleWish wish) {
  const AtkPart* const part = part_of_object(object);
  if (!part || !part->now().is_enabled) return FALSE;
  wish.key = part->now().key;
  part->shared().on_wish(std::move(wish));
  return TRUE;
}

}  // namespace meanwhile
#endif
