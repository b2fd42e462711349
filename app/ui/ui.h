// The window's inside: draws the page that the state names, and tells Actions what the person does with it.
#pragma once

#include <memory>

#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/interaction.h"
#include "app/ui/state.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

// Holds what belongs to the window alone (hover fades, open menus, scroll positions), never anything that
// matters. Main thread only.
class Ui {
 public:
  Ui();
  ~Ui();

  // Draws one frame with what painter gives (pictures as textures, fonts, scale). Between the window's begin
  // and end of a frame. Actions may change the state meanwhile: that is drawn in the next frame.
  void draw(const UiState& state, Actions& actions, Painter& painter);

  // Where things were drawn, for tests.
  const Interactions& input() const;
  // The person moved, pressed or typed something before the last frame.
  bool had_input() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
