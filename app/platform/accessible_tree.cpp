#ifdef MEANWHILE_ATSPI
#include "app/platform/accessible_tree.h"

#include <atk/atk.h>

#include <functional>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/accessible_changes.h"
#include "app/platform/atk_part.h"

namespace meanwhile {
namespace {

// ATK's question for the root knows no owner: there is one tree.
AtkObject* the_root = nullptr;

AtkObject* root() {
  return the_root;
}

const char* toolkit_name() {
  return "Meanwhile";
}

const char* toolkit_version() {
  return "1";
}

void answer_for_atk() {
  auto* const util = static_cast<AtkUtilClass*>(g_type_class_ref(ATK_TYPE_UTIL));
  util->get_root = root;
  util->get_toolkit_name = toolkit_name;
  util->get_toolkit_version = toolkit_version;
  g_type_class_unref(util);
}

bool is_said_when_it_comes(const Accessible& part) {
  return part.role == AccessibleRole::Notice || part.role == AccessibleRole::Alert;
}

}  // namespace

AccessibleTree::AccessibleTree(std::function<void(AccessibleWish)> on_wish)
    : shared_{.window = {}, .on_wish = std::move(on_wish)},
      application_(shared_, AtkPart::Kind::Application, {.name = "Meanwhile"}),
      window_(shared_, AtkPart::Kind::Window, {.name = "Meanwhile"}) {
  window_.set_parent(application_);
  application_.set_children({&window_});
  the_root = application_.object();
  answer_for_atk();
}

AccessibleTree::~AccessibleTree() {
  the_root = nullptr;
  // Children before their parents.
  while (!parts_.empty()) parts_.erase(std::prev(parts_.end()));
}

void AccessibleTree::show_window(const AccessibleFrame& frame) {
  shared_.window = frame.window;
  const bool was_active = window_.now().is_focused;
  window_.set({.name = frame.title, .is_focused = frame.is_active});
  if (was_active == frame.is_active) return;
  g_signal_emit_by_name(window_.object(), frame.is_active ? "activate" : "deactivate");
}

void AccessibleTree::add(const AccessibleChanges::Part& part) {
  auto& made = parts_[part.id];
  // Events tell of its focus and of its name once it has its place.
  Accessible first = part.now;
  first.is_focused = false;
  made = std::make_unique<AtkPart>(shared_, AtkPart::Kind::Part, std::move(first));
  made->set_parent(part_with(part.parent));
}

void AccessibleTree::remove(AccessibleChanges::Id id) {
  const auto found = parts_.find(id);
  if (found == parts_.end()) return;
  found->second->parent()->let_go_of(*found->second);
  parts_.erase(found);
}

void AccessibleTree::show(const AccessibleFrame& frame) {
  show_window(frame);
  const AccessibleChanges::Change change = changes_.take(frame);
  for (const auto id : change.gone) remove(id);
  for (const auto& part : change.come) add(part);
  for (const auto& [parent, ids] : change.children) {
    std::vector<AtkPart*> children;
    for (const auto id : ids) children.push_back(&part_with(id));
    part_with(parent).set_children(std::move(children));
  }
  // Who loses the focus is told of before who gets it.
  for (const auto& part : change.differ)
    if (!part.now.is_focused) part_with(part.id).set(part.now);
  for (const auto& part : change.come)
    if (is_said_when_it_comes(part.now)) part_with(part.id).say_shown();
  for (const auto* parts : {&change.differ, &change.come})
    for (const auto& part : *parts)
      if (part.now.is_focused) part_with(part.id).set(part.now);
}

}  // namespace meanwhile
#endif
