// A window in memory with a page's scripted state in it, and hands for it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "app/ui/ui.h"
#include "tests/app/ui/recorded_actions.h"
#include "tests/app/ui_states/scripted_states.h"
#include "tests/offscreen/offscreen.h"

namespace meanwhile {

class PageDesk {
 public:
  PageDesk(UiState shown, int width, int height, float scale = 1) : state(std::move(shown)) {
    auto made = Offscreen::create(width, height, scale);
    if (!made) throw std::runtime_error(made.error().message);
    window = std::move(*made);
    frames(3);
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) window->frame(draw());
  }
  void click(const std::string& part) {
    const auto box = ui.input().find(part);
    ASSERT_TRUE(box.has_value()) << "no part " << part;
    window->click(box->middle().x, box->middle().y, draw());
  }
  bool is_there(const std::string& part) { return ui.input().find(part).has_value(); }
  void click_right(const std::string& part) {
    const auto box = ui.input().find(part);
    ASSERT_TRUE(box.has_value()) << "no part " << part;
    window->click_right(box->middle().x, box->middle().y, draw());
  }
  void drag(float from_x, float from_y, float to_x, float to_y) {
    window->move_mouse(from_x, from_y);
    frames(2);
    window->set_mouse_down(true);
    frames(2);
    for (int i = 1; i <= 4; ++i) {
      window->move_mouse(from_x + (to_x - from_x) * float(i) / 4, from_y + (to_y - from_y) * float(i) / 4);
      frames(1);
    }
    frames(1);
    window->set_mouse_down(false);
    frames(2);
  }
  void press(KeyPress press) {
    window->press(press);
    frames(2);
  }
  void key(char character) { press({.character = character}); }
  Offscreen::Draw draw() {
    return [this](Painter& painter) {
      ui.draw(state, actions.all, painter);
      if (types_into_draft) take_typed_text();
    };
  }
  // As the application does.
  void take_typed_text() {
    for (const std::string& call : actions.calls)
      if (call.starts_with("edit_draft ")) state.watch.draft.text = call.substr(11);
  }

  bool types_into_draft = false;

  UiState state;
  RecordedActions actions;
  Ui ui;
  std::unique_ptr<Offscreen> window;
};

inline UiState on(PageId page) {
  UiState state = plain_state();
  state.page = page;
  return state;
}

}  // namespace meanwhile
