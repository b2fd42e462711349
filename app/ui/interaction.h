// Which part of the page the pointer and the keyboard are at. A part is a named rectangle that is told every
// frame; the topmost one of the last frame below the pointer is the one that is hovered.
#pragma once

#include <imgui.h>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/ui/box.h"
#include "app/ui/narration.h"

namespace meanwhile {

struct Response {
  bool is_hovered = false;
  bool is_held = false;     // pressed there, not yet let go
  bool is_clicked = false;  // let go there, or Enter or Space while focused
  bool wants_menu = false;  // the right button let go there, or the menu key while focused
  bool is_focused = false;  // by the keyboard: draw a ring
  float glow = 0;           // 0 to 1: how far the fade towards hovered has come
};

enum class Focus { Takes, Skips };

class Interactions {
 public:
  // What the keyboard asks of the part that has its focus. tab: -1, 0 or 1 steps of the focus; activate:
  // Enter or Space was pressed; menu: the menu key or Shift+F10.
  struct Keys {
    int tab = 0;
    bool activate = false;
    bool menu = false;
  };
  // Reads the pointer from ImGuiIO. wish: what a screen reader asks of a part, as if a person's hand did; a
  // part that a dialog lies over does nothing of it.
  void begin_frame(const Keys& keys, const AccessibleWish* wish = nullptr);
  // Off: nothing fades.
  void set_motion(bool on) { has_motion_ = on; }
  bool has_motion() const { return has_motion_; }
  // Wants another frame soon: a fade isn't over.
  bool is_fading() const { return is_fading_; }

  // box: what can be seen of it is taken from the current draw list's clip.
  Response part(std::string_view name, const Box& box, const Spoken& spoken, Focus focus = Focus::Takes);
  // Nothing is told of one that skips the focus: the ground below others.
  Response part(std::string_view name, const Box& box, Focus focus = Focus::Takes);
  // What it is will be told by whoever asks, once that is known (narration()).
  Response untold_part(std::string_view name, const Box& box, Focus focus = Focus::Takes);
  // What is told of the frame.
  Narration& narration() { return narration_; }
  // What a screen reader asks of the part in this frame; nullptr: nothing of this kind.
  const AccessibleWish* wish_for(std::string_view name, AccessibleWish::Kind kind) const;

  // Between the two, parts lie above all others, and none of the others answers. For menus and dialogs.
  void begin_layer();
  void end_layer();

  // Between the two, parts that are scrolled out of sight take the keyboard's focus all the same. The end
  // says where among them the focus has just come to. One may lie in another.
  void begin_scrolled();
  std::optional<Box> end_scrolled();

  // How long the pointer has rested on the part that is hovered; zero on none.
  std::chrono::milliseconds rested(std::string_view name) const;
  bool is_focused(std::string_view name) const { return focus_ == name; }
  bool is_anything_focused() const { return focus_visible_; }
  // The keyboard's focus goes there; Ring::Hidden: it is only where Tab begins.
  enum class Ring { Shown, Hidden };
  void set_focus(std::string_view name, Ring ring = Ring::Hidden);
  const std::string& focused() const { return focus_; }
  void clear_focus();
  // Where a part was in the last frame, for what keeps off it, and for tests; nullopt: out of sight, too.
  std::optional<Box> find(std::string_view name) const;
  // Those of the topmost layer that take the keyboard's focus and are in sight, for tests: name and place.
  std::vector<std::pair<std::string, Box>> controls() const;
  // Texts that had no room in the frame and ended in an ellipsis, for tests.
  void note_shortened(std::string_view text) { shortened_.emplace_back(text); }
  const std::vector<std::string>& shortened() const { return shortened_; }

 private:
  struct Part {
    std::string name;
    Box box;  // what is seen of it
    int layer = 0;
    bool takes_focus = true;
  };
  void find_hovered();
  int top_layer() const;  // of the frame before
  void take_wish(const AccessibleWish* wish);
  void move_focus(int steps);
  float fade(std::string_view name, bool towards);

  std::vector<Part> parts_;       // of the frame in work
  std::vector<Part> last_parts_;  // of the frame before
  std::map<std::string, float, std::less<>> glows_;
  std::string hovered_;
  std::string held_;
  std::string held_right_;  // by the right button
  std::string focus_;
  bool focus_visible_ = false;
  bool activate_ = false;
  bool asks_menu_ = false;
  bool focus_moved_ = false;  // with this frame
  // Of each begin_scrolled() that isn't ended: what the focus came to in it, all of it.
  std::vector<std::optional<Box>> scrolled_;
  bool is_fading_ = false;
  bool has_motion_ = true;
  int layer_ = 0;
  float rested_seconds_ = 0;
  std::optional<AccessibleWish> wish_;  // of a part that was there in the last frame
  Narration narration_;
  std::vector<std::string> shortened_;
};

}  // namespace meanwhile
