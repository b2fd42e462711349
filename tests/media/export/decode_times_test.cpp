#include "media/export/decode_times.h"

#include <gtest/gtest.h>

namespace meanwhile::test {
namespace {

TEST(DecodeTimes, EachIsDecodedWhenTheOneSoManyBeforeIsShown) {
  DecodeTimes times(2, 10);
  for (const int at : {0, 10, 25}) times.show(at);
  EXPECT_EQ(times.next(), -20);
  EXPECT_EQ(times.next(), -10);
  EXPECT_EQ(times.next(), 0);
  times.show(90);
  EXPECT_EQ(times.next(), 10);
}

TEST(DecodeTimes, WithoutReorderingAtOnce) {
  DecodeTimes times(0, 10);
  times.show(7);
  EXPECT_EQ(times.next(), 7);
}

}  // namespace
}  // namespace meanwhile::test
