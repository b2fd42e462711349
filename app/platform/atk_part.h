// A part of the window as an object of ATK, which atk-bridge shows on the accessibility bus.
#pragma once

#include <atk/atk.h>

#include <functional>
#include <memory>
#include <vector>

#include "app/platform/accessible.h"

namespace meanwhile {

// All of it on the thread that runs the bridge.
class AtkPart {
 public:
  // What all parts of a window share.
  struct Shared {
    AccessiblePlace window;
    std::function<void(AccessibleWish)> on_wish;
  };
  enum class Kind { Part, Window, Application };

  AtkPart(const Shared& shared, Kind kind, Accessible now);
  // Who still holds the object is told that it is gone, and hears nothing of it any more.
  ~AtkPart();
  AtkPart(const AtkPart&) = delete;
  AtkPart& operator=(const AtkPart&) = delete;

  AtkObject* object() const { return object_.get(); }
  const Accessible& now() const { return now_; }
  AtkPart* parent() const { return parent_; }
  const std::vector<AtkPart*>& children() const { return children_; }
  const Shared& shared() const { return shared_; }
  Kind kind() const { return kind_; }

  void set_parent(AtkPart& parent) { parent_ = &parent; }
  // Says which have gone and come.
  void set_children(std::vector<AtkPart*> children);
  // One of them ends.
  void let_go_of(AtkPart& child);
  // Says what differs.
  void set(Accessible now);
  // It came into sight: notices are read aloud then.
  void say_shown() const;

 private:
  struct Unref {
    void operator()(AtkObject* object) const;
  };
  void say_text_changes(const AccessibleText& was) const;

  const Shared& shared_;
  const Kind kind_;
  Accessible now_;
  std::unique_ptr<_AtkObject, Unref> object_;
  AtkPart* parent_ = nullptr;
  std::vector<AtkPart*> children_;
};

}  // namespace meanwhile
