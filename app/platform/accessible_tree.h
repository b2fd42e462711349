// The window as a tree of ATK's objects, kept like the newest frame.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "app/platform/accessible.h"
#include "app/platform/accessible_changes.h"
#include "app/platform/atk_part.h"

namespace meanwhile {

// One at a time: ATK asks for the program's only tree. All of it on the thread that runs the bridge.
class AccessibleTree {
 public:
  explicit AccessibleTree(std::function<void(AccessibleWish)> on_wish);
  ~AccessibleTree();

  // Events tell of what differs from the frame before.
  void show(const AccessibleFrame& frame);

 private:
  void show_window(const AccessibleFrame& frame);
  void add(const AccessibleChanges::Part& part);
  void remove(AccessibleChanges::Id id);
  AtkPart& part_with(AccessibleChanges::Id id) { return id == 0 ? window_ : *parts_.at(id); }

  AtkPart::Shared shared_;
  AtkPart application_;
  AtkPart window_;
  AccessibleChanges changes_;
  std::map<AccessibleChanges::Id, std::unique_ptr<AtkPart>> parts_;
};

}  // namespace meanwhile
