// A window that is only spoken to: remembers what was asked of it.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/window.h"

namespace meanwhile {

class ScriptedWindow final : public Window {
 public:
  void run(WindowClient&) override {}
  void wake() override { ++wakes; }
  void knock() override {}
  void close() override { is_closed = true; }
  void capture(const std::filesystem::path&, std::function<void(Result<void>)> done) override { done({}); }
  void set_title(const std::string& wanted) override { title = wanted; }
  void set_badge(WindowBadge wanted) override { badge = wanted; }
  void raise() override { ++raises; }
  bool is_minimised() const override { return is_small; }
  std::optional<Rect> place() const override { return screens.front(); }
  void set_full_screen(bool on) override { is_full = on; }
  bool is_full_screen() const override { return is_full; }
  std::vector<Rect> displays() const override { return screens; }
  void stand_aside(const std::optional<Rect>& place) override {
    is_aside = true;
    aside = place;
  }
  void come_back() override { is_aside = false; }
  void set_scale(double wanted) override { scale = wanted; }
  void set_clipboard(const std::string& text) override { clipboard = text; }

  std::atomic<int> wakes = 0;
  std::atomic<bool> is_closed = false;
  std::string title;
  WindowBadge badge = WindowBadge::None;
  std::string clipboard;
  int raises = 0;
  double scale = 1;
  bool is_small = false;
  bool is_full = false;
  std::vector<Rect> screens{{0, 0, 1920, 1080}};
  bool is_aside = false;
  std::optional<Rect> aside;  // the last place; nullopt: minimised
};

}  // namespace meanwhile
