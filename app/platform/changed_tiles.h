// Which parts of a picture differ from the one before, found without looking at a pixel: by what is drawn
// there.
#pragma once

#include <SDL.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace meanwhile {

// The picture is divided into tiles; each remembers what was drawn over it, in which order. Pixels.
class ChangedTiles {
 public:
  // A picture of this size is drawn from here on.
  void begin(int width, int height);
  // What is drawn over `area`. Two drawings that may look different have different numbers.
  void add(const SDL_Rect& area, std::uint64_t drawing);
  // Ends the picture: rectangles, without overlaps, that cover all tiles over which something else is drawn
  // than in the one before; the first picture, one of another size, and one after forget() whole.
  std::vector<SDL_Rect> end();
  // Nobody knows any more what the picture before looked like.
  void forget() { before_.clear(); }

 private:
  bool is_changed(int column, int row) const;
  std::vector<SDL_Rect> whole() const { return {{0, 0, width_, height_}}; }
  std::vector<SDL_Rect> changed_rectangles() const;

  int width_ = 0;
  int height_ = 0;
  int columns_ = 0;
  int rows_ = 0;
  std::vector<std::uint64_t> now_;
  std::vector<std::uint64_t> before_;  // empty: unknown
};

// Another number for each order of the same parts.
constexpr std::uint64_t mixed(std::uint64_t number, std::uint64_t part) {
  number = (number ^ part) * 0x9E37'79B9'7F4A'7C15U;
  return number ^ (number >> 29);
}

}  // namespace meanwhile
