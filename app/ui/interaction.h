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
#include <vector>

#include "app/ui/box.h"

namespace meanwhile {

struct Response {
  bool is_hovered = false;
  bool is_held = false;     // pressed there, not yet let go
  bool is_clicked = false;  // let go there, or Enter or Space while focused
  bool is_focused = false;  // by the keyboard: draw a ring
  float glow = 0;           // 0 to 1: how far the fade towards hovered has come
};

enum class Focus { Takes, Skips };

class Interactions {
 public:
  // Reads the pointer from ImGuiIO. tab: -1, 0 or 1 steps of the focus; activate: Enter or Space was pressed.
  void begin_frame(int tab, bool activate);
  // Off: nothing fades.
  void set_motion(bool on) { has_motion_ = on; }
  bool has_motion() const { return has_motion_; }
  // Wants another frame soon: a fade isn't over.
  bool is_fading() const { return is_fading_; }

  // box: what can be seen of it is taken from the current draw list's clip.
  Response part(std::string_view name, const Box& box, Focus focus = Focus::Takes);

  // Between the two, parts lie above all others, and none of the others answers. For menus and dialogs.
  void begin_layer();
  void end_layer();

  // Between the two, parts that are scrolled out of sight take the keyboard's focus all the same. The end
  // says where among them the focus has just come to.
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
  // Where a part was in the last frame, for tests; nullopt: out of sight, too.
  std::optional<Box> find(std::string_view name) const;

 private:
  struct Part {
    std::string name;
    Box box;  // what is seen of it
    int layer = 0;
    bool takes_focus = true;
  };
  void find_hovered();
  void move_focus(int steps);
  float fade(std::string_view name, bool towards);

  std::vector<Part> parts_;       // of the frame in work
  std::vector<Part> last_parts_;  // of the frame before
  std::map<std::string, float, std::less<>> glows_;
  std::string hovered_;
  std::string held_;
  std::string focus_;
  bool focus_visible_ = false;
  bool activate_ = false;
  bool focus_moved_ = false;             // with this frame
  bool is_scrolled_ = false;             // between begin_scrolled() and end_scrolled()
  std::optional<Box> reached_by_focus_;  // there, all of it
  bool is_fading_ = false;
  bool has_motion_ = true;
  int layer_ = 0;
  float rested_seconds_ = 0;
};

}  // namespace meanwhile
