// A window in memory: the same drawing as the real one, without a display, with input by function calls.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/canvas.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/platform/sdl_owners.h"
#include "media/base/result.h"

namespace meanwhile {

class Offscreen {
 public:
  using Draw = std::function<void(Painter&)>;

  // In pixels. Errors: Internal (no memory).
  static Result<std::unique_ptr<Offscreen>> create(int width, int height, float scale);

  // Input counts from the next frame on.
  void move_mouse(float x, float y);
  void set_mouse_down(bool down) { mouse_down_ = down; }
  void hold_shift(bool held) { shift_held_ = held; }
  void turn_wheel(float lines) { wheel_ = lines; }
  void press(KeyPress press) { canvas_.press(press); }
  void type(std::string_view text);
  // A screen reader listens from the next frame on.
  void let_listen() { canvas_.set_heard(true); }
  void wish(AccessibleWish wish) { canvas_.wish(std::move(wish)); }
  // What the last frame told it, once.
  std::vector<Accessible> take_told() { return canvas_.take_told().value_or(std::vector<Accessible>()); }

  // One frame, 1/60 s after the one before.
  void frame(const Draw& draw);
  // Presses and lets go at a place, with the frames in between that a person's hand takes.
  void click(float x, float y, const Draw& draw);
  void click_right(float x, float y, const Draw& draw);
  // What the last frame showed, drawn again as if nothing of it were there yet.
  void draw_anew();
  std::vector<std::uint32_t> pixels() const;
  Result<void> save(const std::filesystem::path& png) const;
  const Canvas& canvas() const { return canvas_; }

 private:
  Offscreen(SdlSurfacePtr surface, SdlRendererPtr renderer, float scale);

  SdlSurfacePtr surface_;
  SdlRendererPtr renderer_;
  Canvas canvas_;
  float mouse_x_ = -1;
  float mouse_y_ = -1;
  bool mouse_down_ = false;
  bool right_down_ = false;
  bool shift_held_ = false;
  float wheel_ = 0;
};

}  // namespace meanwhile
