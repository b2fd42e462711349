#include "app/platform/reader_line.h"

#include <functional>
#include <utility>

#include "app/platform/accessible.h"
#include "app/platform/accessible_bridge.h"
#include "app/platform/canvas.h"

namespace meanwhile {

ReaderLine::ReaderLine(const std::function<void()>& wake)
    : bridge_(make_accessible_bridge({.on_wish =
                                          [this, wake](AccessibleWish wish) {
                                            wishes_.lock()->push_back(std::move(wish));
                                            wake();
                                          },
                                      .on_heard = wake})) {}

// One wish a frame: each builds on what the one before did.
bool ReaderLine::begin_frame(Canvas& canvas) {
  canvas.set_heard(bridge_->is_heard());
  auto wishes = wishes_.lock();
  if (wishes->empty()) return false;
  canvas.wish(std::move(wishes->front()));
  wishes->pop_front();
  return true;
}

void ReaderLine::end_frame(Canvas& canvas, SDL_Window* window) {
  auto told = canvas.take_told();
  if (!told) return;
  AccessibleFrame frame{.title = SDL_GetWindowTitle(window), .parts = std::move(*told)};
  frame.is_active = (SDL_GetWindowFlags(window) & SDL_WINDOW_INPUT_FOCUS) != 0;
  SDL_GetWindowPosition(window, &frame.window.x, &frame.window.y);
  SDL_GetWindowSize(window, &frame.window.width, &frame.window.height);
  if (frame == last_told_) return;
  bridge_->show(frame);
  last_told_ = std::move(frame);
}

}  // namespace meanwhile
