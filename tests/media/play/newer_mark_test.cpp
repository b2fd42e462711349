#include "media/play/newer_mark.h"

#include <gtest/gtest.h>

namespace meanwhile::test {
namespace {

TEST(NewerMark, IsDueFromItsTimeUntilItIsCleared) {
  NewerMark mark;
  EXPECT_FALSE(mark.is_due());
  mark.let_go_from(MonotonicTime{});
  EXPECT_TRUE(mark.is_due());
  mark.clear();
  EXPECT_FALSE(mark.is_due());
  mark.let_go_from(MonotonicTime::max());
  EXPECT_FALSE(mark.is_due());
}

TEST(NewerMark, StandsInTheNewPlaceAsItStoodInTheOld) {
  NewerMark mark;
  mark.let_go_from(MonotonicTime{});
  const auto place = std::make_shared<LetGoTime>(0);
  mark.move_to(place);
  EXPECT_TRUE(is_past(*place));
  mark.clear();
  EXPECT_FALSE(is_past(*place));
}

}  // namespace
}  // namespace meanwhile::test
