#include "media/ffmpeg/h264_units.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {
namespace {

using Bytes = std::vector<std::uint8_t>;

// High profile, level 3.1, 4:2:0 of 8 bits; a sequence set and a picture set of number 0.
const Bytes kAvcc{1,  100,  0, 31, 0xff, 0xe1, 0,    5,    0x67, 100,  0,
                  31, 0x80, 1, 0,  2,    0x68, 0x80, 0xfd, 0xf8, 0xf8, 0};
// Of number 1, level 4.0.
const Units kOthers{{0x67, 100, 0, 40, 0x40}, {0x68, 0x40}};

TEST(H264Units, SetsOfTwoEncodersStandInOneHeader) {
  ASSERT_TRUE(may_hold(kAvcc, kOthers));
  const auto both = with_sets(kAvcc, kOthers);
  ASSERT_TRUE(both);
  EXPECT_EQ((*both)[3], 40);  // enough for both
  const auto sets = sets_of_file(*both);
  ASSERT_TRUE(sets);
  EXPECT_EQ(sets->size(), 4U);
  EXPECT_TRUE(have_number(*sets, 0));
  EXPECT_TRUE(have_number(*sets, 1));
  EXPECT_EQ(free_number(*sets), 2);
  EXPECT_EQ(free_number(*sets_of_file(kAvcc)), 1);
}

TEST(H264Units, AHeaderHoldsNoOtherProfileOrPixels) {
  EXPECT_FALSE(may_hold(kAvcc, {{0x67, 77, 0, 31, 0x40}}));
  Bytes ten_bits = kAvcc;
  ten_bits[19] = 0xfa;
  EXPECT_FALSE(may_hold(ten_bits, kOthers));
}

TEST(H264Units, ABeginningIsAPictureThatNeedsNoOthers) {
  const Bytes words{0, 0, 0, 2, 6, 5};
  const auto with = [&](std::uint8_t kind) {
    Bytes packet = words;
    packet.insert(packet.end(), {0, 0, 0, 2, kind, 0x88});
    return packet;
  };
  EXPECT_TRUE(is_whole_beginning(with(0x65)));
  EXPECT_FALSE(is_whole_beginning(with(0x41)));
  EXPECT_FALSE(is_whole_beginning(with(0x67)));
  EXPECT_FALSE(is_whole_beginning(words));
  EXPECT_FALSE(is_whole_beginning(Bytes{0, 0, 0, 9, 0x65}));
}

}  // namespace
}  // namespace meanwhile
