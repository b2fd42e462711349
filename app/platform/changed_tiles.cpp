#include "app/platform/changed_tiles.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace meanwhile {
namespace {

constexpr int kTile = 32;
// Each rectangle is drawn by itself: more of them cost more than the tiles between.
constexpr std::size_t kMostRectangles = 16;

SDL_Rect around(const std::vector<SDL_Rect>& rectangles) {
  SDL_Rect all = rectangles.front();
  for (const SDL_Rect& one : rectangles) SDL_UnionRect(&all, &one, &all);
  return all;
}

}  // namespace

void ChangedTiles::begin(int width, int height) {
  if (width != width_ || height != height_) forget();
  width_ = width;
  height_ = height;
  columns_ = (width + kTile - 1) / kTile;
  rows_ = (height + kTile - 1) / kTile;
  now_.assign(std::size_t(columns_) * std::size_t(rows_), 0);
}

void ChangedTiles::add(const SDL_Rect& area, std::uint64_t drawing) {
  const int left = std::max(0, area.x / kTile);
  const int top = std::max(0, area.y / kTile);
  const int right = std::min(columns_, (area.x + area.w + kTile - 1) / kTile);
  const int bottom = std::min(rows_, (area.y + area.h + kTile - 1) / kTile);
  for (int row = top; row < bottom; ++row) {
    std::uint64_t* tile = now_.data() + std::ptrdiff_t(row) * columns_;
    for (int column = left; column < right; ++column) tile[column] = mixed(tile[column], drawing);
  }
}

bool ChangedTiles::is_changed(int column, int row) const {
  const std::size_t tile = std::size_t(row) * std::size_t(columns_) + std::size_t(column);
  return now_[tile] != before_[tile];
}

std::vector<SDL_Rect> ChangedTiles::changed_rectangles() const {
  std::vector<SDL_Rect> found;
  std::vector<std::size_t> ends_above;  // those that the row above ended with
  for (int row = 0; row < rows_; ++row) {
    std::vector<std::size_t> ends_here;
    for (int column = 0; column < columns_; ++column) {
      if (!is_changed(column, row)) continue;
      const int first = column;
      while (column < columns_ && is_changed(column, row)) ++column;
      const int left = first * kTile;
      const int width = std::min(width_, column * kTile) - left;
      const int height = std::min(height_, (row + 1) * kTile) - row * kTile;
      const auto grows = std::ranges::find_if(
          ends_above, [&](std::size_t i) { return found[i].x == left && found[i].w == width; });
      if (grows != ends_above.end()) {
        found[*grows].h += height;
        ends_here.push_back(*grows);
      } else {
        ends_here.push_back(found.size());
        found.push_back({left, row * kTile, width, height});
      }
    }
    ends_above = std::move(ends_here);
  }
  return found;
}

std::vector<SDL_Rect> ChangedTiles::end() {
  std::vector<SDL_Rect> changed = before_.size() == now_.size() ? changed_rectangles() : whole();
  std::swap(before_, now_);
  if (changed.size() > kMostRectangles) changed = {around(changed)};
  return changed;
}

}  // namespace meanwhile
