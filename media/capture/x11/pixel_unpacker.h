// Pixels of X displays that aren't laid out as nearly all are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace meanwhile {

// How an image's pixels are stored. Source: X Window System Protocol, s. 8, "Image Format".
struct PixelLayout {
  int bits = 32;       // a pixel, with what is unused: 8, 16, 24 or 32
  int line_bits = 32;  // each line is filled up to a multiple of it
  bool is_big_first = false;
  std::uint32_t red = 0xff0000;
  std::uint32_t green = 0xff00;
  std::uint32_t blue = 0xff;
  // Where a pixel is a number of a colour (8 bits at most): 0xRRGGBB for each.
  std::vector<std::uint32_t> palette = {};

  bool operator==(const PixelLayout&) const = default;
  // Blue, green, red, nothing in memory.
  bool is_usual() const;
  bool can_be_read() const;
};

// One thread at a time.
class PixelUnpacker {
 public:
  // layout: one that can be read.
  explicit PixelUnpacker(PixelLayout layout);

  const PixelLayout& layout() const { return layout_; }
  std::size_t line_bytes(int width) const;
  // from: lines of line_bytes(width); into: width x height pixels of 0xRRGGBB.
  void unpack(const std::uint8_t* from, int width, int height, std::uint32_t* into) const;

 private:
  std::uint32_t pixel_at(const std::uint8_t* line, int x) const;
  std::uint32_t colour_of(std::uint32_t pixel) const;

  const PixelLayout layout_;
  std::vector<std::uint32_t> colours_;  // of each pixel of up to 16 bits
};

}  // namespace meanwhile
