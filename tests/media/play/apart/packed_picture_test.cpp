#include "media/play/apart/packed_picture.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "media/base/picture.h"

namespace meanwhile::test {
namespace {

TEST(PackedPicture, HasEveryPixelAndNothingBetweenTheLines) {
  constexpr int kStride = 8;
  std::vector<std::uint8_t> luma(kStride * 3, 99);
  for (int line = 0; line < 3; ++line)
    for (int x = 0; x < 5; ++x)
      luma[static_cast<std::size_t>(line * kStride + x)] = static_cast<std::uint8_t>(10 * line + x);
  std::vector<std::uint8_t> chroma(kStride * 2, 50);
  Picture picture;
  picture.width = 5;
  picture.height = 3;
  picture.planes = {luma.data(), chroma.data(), chroma.data()};
  picture.strides = {kStride, kStride, kStride};
  picture.owner = std::make_shared<int>(1);

  ASSERT_EQ(packed_size(picture), 15U + 2 * 6);  // odd sizes have half a pixel of colour more
  std::vector<std::uint8_t> memory(packed_size(picture));
  const Picture packed = pack_into(picture, memory.data());
  EXPECT_EQ(packed.strides[0], 5);
  EXPECT_EQ(packed.strides[1], 3);
  EXPECT_EQ(packed.planes[1], memory.data() + 15);
  EXPECT_EQ(packed.planes[2], memory.data() + 21);
  EXPECT_EQ(packed.planes[0][14], 24);
  EXPECT_EQ(packed.planes[2][5], 50);
  EXPECT_FALSE(packed.owner);
}

}  // namespace
}  // namespace meanwhile::test
