// Only what changed since the frame before is drawn again: nobody may see that.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

TEST(DrawnAgain, EachStateAfterAnotherLooksAsIfItWereDrawnWhole) {
  PageDesk desk(plain_state(), 1280, 800);
  for (const NamedState& named : all_states()) {
    desk.state = named.state;
    for (int frame = 0; frame < 2; ++frame) {
      desk.window->move_mouse(float(100 + frame * 300), float(80 + frame * 200));
      desk.frames(1);
      const std::vector<std::uint32_t> shown = desk.window->pixels();
      desk.window->draw_anew();
      ASSERT_TRUE(shown == desk.window->pixels()) << named.name << ", frame " << frame;
    }
  }
}

}  // namespace
}  // namespace meanwhile
