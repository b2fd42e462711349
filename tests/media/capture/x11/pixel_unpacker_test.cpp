#include "media/capture/x11/pixel_unpacker.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace meanwhile {
namespace {

std::vector<std::uint32_t> unpacked(PixelLayout layout, const std::vector<std::uint8_t>& bytes, int width,
                                    int height) {
  const PixelUnpacker unpacker(std::move(layout));
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  EXPECT_EQ(unpacker.line_bytes(width) * static_cast<std::size_t>(height), bytes.size());
  unpacker.unpack(bytes.data(), width, height, pixels.data());
  return pixels;
}

using Pixels = std::vector<std::uint32_t>;

TEST(PixelUnpacker, ReadsSixteenAndFifteenBits) {
  EXPECT_EQ(unpacked({.bits = 16, .red = 0xF800, .green = 0x7E0, .blue = 0x1F},
                     {0x00, 0xF8, 0xE0, 0x07, 0x1F, 0x00, 0, 0}, 3, 1),
            (Pixels{0xFF0000, 0x00FF00, 0x0000FF}));
  EXPECT_EQ(
      unpacked({.bits = 16, .red = 0x7C00, .green = 0x3E0, .blue = 0x1F}, {0x00, 0x7C, 0xFF, 0x7F}, 2, 1),
      (Pixels{0xFF0000, 0xFFFFFF}));
}

TEST(PixelUnpacker, ReadsThirtyBits) {
  EXPECT_EQ(unpacked({.bits = 32, .red = 0x3FF00000, .green = 0xFFC00, .blue = 0x3FF},
                     {0x00, 0x00, 0xF0, 0x3F, 0xFF, 0x03, 0x00, 0x00}, 2, 1),
            (Pixels{0xFF0000, 0x0000FF}));
}

TEST(PixelUnpacker, ReadsPalettesAndPaddedLines) {
  EXPECT_EQ(unpacked({.bits = 8, .palette = {0x000000, 0x123456}}, {1, 0, 9, 9, 0, 7, 9, 9}, 2, 2),
            (Pixels{0x123456, 0, 0, 0}));
}

TEST(PixelUnpacker, ReadsTheHighByteFirst) {
  EXPECT_EQ(unpacked({.bits = 32, .is_big_first = true}, {0, 0x12, 0x34, 0x56}, 1, 1), (Pixels{0x123456}));
  EXPECT_EQ(unpacked({.bits = 24, .is_big_first = true}, {0x12, 0x34, 0x56, 0}, 1, 1), (Pixels{0x123456}));
}

TEST(PixelLayout, SaysWhatCanBeRead) {
  EXPECT_TRUE(PixelLayout().is_usual());
  EXPECT_FALSE((PixelLayout{.is_big_first = true}).is_usual());
  EXPECT_TRUE((PixelLayout{.bits = 16}).can_be_read());
  EXPECT_FALSE((PixelLayout{.bits = 4}).can_be_read());
  EXPECT_FALSE((PixelLayout{.bits = 16, .palette = {1}}).can_be_read());
  EXPECT_FALSE((PixelLayout{.red = 0, .green = 0, .blue = 0}).can_be_read());
}

}  // namespace
}  // namespace meanwhile
