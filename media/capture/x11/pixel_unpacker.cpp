#include "media/capture/x11/pixel_unpacker.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace meanwhile {
namespace {

constexpr int kLargestTable = 16;

// The channel's value, brought to 8 bits.
std::uint32_t channel_of(std::uint32_t pixel, std::uint32_t mask) {
  if (mask == 0) return 0;
  const std::uint32_t value = (pixel & mask) >> std::countr_zero(mask);
  const std::uint64_t most = mask >> std::countr_zero(mask);
  return static_cast<std::uint32_t>((std::uint64_t{value} * 255 + most / 2) / most);
}

}  // namespace

bool PixelLayout::is_usual() const {
  return bits == 32 && !is_big_first && palette.empty() && red == 0xff0000 && green == 0xff00 && blue == 0xff;
}

bool PixelLayout::can_be_read() const {
  if (bits != 8 && bits != 16 && bits != 24 && bits != 32) return false;
  return palette.empty() ? red != 0 && green != 0 && blue != 0 : bits == 8;
}

PixelUnpacker::PixelUnpacker(PixelLayout layout) : layout_(std::move(layout)) {
  if (layout_.bits > kLargestTable) return;
  colours_.resize(std::size_t{1} << layout_.bits);
  for (std::size_t pixel = 0; pixel < colours_.size(); ++pixel)
    colours_[pixel] = colour_of(static_cast<std::uint32_t>(pixel));
}

std::size_t PixelUnpacker::line_bytes(int width) const {
  const int bits = width * layout_.bits;
  return static_cast<std::size_t>((bits + layout_.line_bits - 1) / layout_.line_bits * layout_.line_bits / 8);
}

std::uint32_t PixelUnpacker::pixel_at(const std::uint8_t* line, int x) const {
  const int bytes = layout_.bits / 8;
  const std::uint8_t* from = line + static_cast<std::ptrdiff_t>(x) * bytes;
  std::uint32_t pixel = 0;
  for (int i = 0; i < bytes; ++i)
    pixel |= std::uint32_t{from[i]} << 8 * (layout_.is_big_first ? bytes - 1 - i : i);
  return pixel;
}

std::uint32_t PixelUnpacker::colour_of(std::uint32_t pixel) const {
  if (!layout_.palette.empty()) return pixel < layout_.palette.size() ? layout_.palette[pixel] : 0;
  return channel_of(pixel, layout_.red) << 16 | channel_of(pixel, layout_.green) << 8 |
         channel_of(pixel, layout_.blue);
}

void PixelUnpacker::unpack(const std::uint8_t* from, int width, int height, std::uint32_t* into) const {
  const std::size_t stride = line_bytes(width);
  for (int y = 0; y < height; ++y, from += stride) {
    for (int x = 0; x < width; ++x) {
      const std::uint32_t pixel = pixel_at(from, x);
      *into++ = colours_.empty() ? colour_of(pixel) : colours_[pixel];
    }
  }
}

}  // namespace meanwhile
