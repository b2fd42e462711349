// What a person drew over a clip's screen: a few vector shapes that belong to a comment. Free of how it is
// shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

enum class ShapeKind { Pen, Arrow, Box, Text };
enum class ShapeColor { Red, Yellow, Green, Blue, White, Black };

// Places are in ten-thousandths of the screen track's width and height: finer than any screen shows, and the
// same number however often it is written and read.
constexpr int kShapeUnit = 10'000;

struct ShapePoint {
  int x = 0;  // 0 to kShapeUnit, from the left
  int y = 0;  // from the top
  bool operator==(const ShapePoint&) const = default;
};

constexpr int kThinnestShape = 5;
constexpr int kUsualShapeWidth = 40;
constexpr int kThickestShape = 500;
// A text's letters are this many widths high.
constexpr int kLetterWidths = 7;

struct Shape {
  ShapeKind kind = ShapeKind::Pen;
  ShapeColor color = ShapeColor::Red;
  int width = kUsualShapeWidth;  // of a line, in kShapeUnit-ths of the track's width
  std::vector<ShapePoint>
      points;             // Pen: 1 or more; Arrow: tail, head; Box: two corners; Text: its upper left
  std::string text = {};  // of Text, one line
  bool operator==(const Shape&) const = default;
};

using Drawing = std::vector<Shape>;

// With its comment's text a drawing has to fit into an event.
constexpr std::size_t kMostShapes = 50;
constexpr std::size_t kMostShapePoints = 1000;  // of all shapes together
constexpr std::size_t kLongestShapeText = 100;  // characters
constexpr std::size_t kMostShapeText = 500;     // of all shapes together

std::string_view shape_name(ShapeKind kind);
std::string_view color_name(ShapeColor color);

// A line through nearly the same places with fewer of them: none lies farther than tolerance from it.
std::vector<ShapePoint> simplified(const std::vector<ShapePoint>& points, int tolerance);

// What more than kMostShapes and so on would make of it: nobody could read it.
bool is_within_limits(const Drawing& drawing);

// [{"kind", "color", "width", "points": [x, y, x, y, …], "text"?}, …], places and widths from 0 to 1. A shape
// of a kind or colour that we don't know is passed over. Errors: Corrupt (anything else that isn't so, or is
// out of bounds).
Result<Drawing> drawing_from_json(const Json& json);
Json json_of(const Drawing& drawing);

}  // namespace meanwhile
