#include "app/library/drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "media/base/json.h"
#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::array<std::string_view, 4> kKinds = {"pen", "arrow", "box", "text"};
constexpr std::array<std::string_view, 6> kColors = {"red", "yellow", "green", "blue", "white", "black"};

std::unexpected<Error> bad(const char* why) {
  return fail(ErrorCode::Corrupt, why);
}

template <std::size_t Count>
std::optional<int> place_in(const std::array<std::string_view, Count>& names, const std::string& name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<int>(found - names.begin()));
}

// 0 to 1, in kShapeUnit-ths.
std::optional<int> units(const Json& number) {
  if (!number.is_number()) return std::nullopt;
  const double value = number.get<double>();
  if (!(value >= 0 && value <= 1)) return std::nullopt;
  return static_cast<int>(std::lround(value * kShapeUnit));
}

double share(int units) {
  return static_cast<double>(units) / kShapeUnit;
}

std::optional<std::vector<ShapePoint>> points_from(const Json& shape) {
  const Json* list = array_member(shape, "points");
  if (!list || list->size() % 2 != 0 || list->size() > 2 * kMostShapePoints) return std::nullopt;
  std::vector<ShapePoint> points;
  for (std::size_t i = 0; i < list->size(); i += 2) {
    const auto x = units((*list)[i]);
    const auto y = units((*list)[i + 1]);
    if (!x || !y) return std::nullopt;
    points.push_back({*x, *y});
  }
  return points;
}

bool has_its_points(const Shape& shape) {
  switch (shape.kind) {
    case ShapeKind::Pen:
      return !shape.points.empty();
    case ShapeKind::Arrow:
    case ShapeKind::Box:
      return shape.points.size() == 2;
    case ShapeKind::Text:
      return shape.points.size() == 1;
  }
  return false;
}

bool has_its_text(const Shape& shape) {
  if (shape.kind != ShapeKind::Text) return shape.text.empty();
  return shape.text.size() <= kLongestShapeText * 4 && count_characters(shape.text) <= kLongestShapeText &&
         !is_blank(shape.text);
}

double distance_to_line(const ShapePoint& point, const ShapePoint& from, const ShapePoint& to) {
  const double x = to.x - from.x;
  const double y = to.y - from.y;
  const double length = std::hypot(x, y);
  if (length == 0) return std::hypot(point.x - from.x, point.y - from.y);
  return std::abs(x * (point.y - from.y) - y * (point.x - from.x)) / length;
}

// nullopt: one that we don't know.
Result<std::optional<Shape>> shape_from_json(const Json& json) {
  const auto kind_name = string_member(json, "kind");
  const auto wanted_color = string_member(json, "color");
  if (!kind_name || !wanted_color) return bad(tr("'drawing' has a shape without kind or color"));
  const auto kind = place_in(kKinds, *kind_name);
  const auto color = place_in(kColors, *wanted_color);
  if (!kind || !color) return std::nullopt;
  Shape shape{.kind = static_cast<ShapeKind>(*kind), .color = static_cast<ShapeColor>(*color), .points = {}};
  const auto width = json.contains("width") ? units(json["width"]) : std::nullopt;
  if (!width || *width < kThinnestShape || *width > kThickestShape)
    return bad(tr("'drawing' has a shape without a width that makes sense"));
  shape.width = *width;
  auto points = points_from(json);
  if (!points) return bad(tr("'drawing' has a shape whose points are not pairs from 0 to 1"));
  shape.points = std::move(*points);
  shape.text = replace_invalid_utf8(string_member(json, "text").value_or(""));
  if (!has_its_points(shape)) return bad(tr("'drawing' has a shape with too many or too few points"));
  if (!has_its_text(shape))
    return bad(tr("'drawing' has a shape whose text is missing, too long or out of place"));
  return shape;
}

}  // namespace

std::string_view shape_name(ShapeKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}
std::string_view color_name(ShapeColor color) {
  return kColors[static_cast<std::size_t>(color)];
}

// Keeps the place that is farthest from the line between the ends, and looks at both halves (Ramer, Douglas,
// Peucker). A list of what is left to do instead of recursion.
std::vector<ShapePoint> simplified(const std::vector<ShapePoint>& points, int tolerance) {
  if (points.size() < 3) return points;
  std::vector<bool> is_kept(points.size(), false);
  is_kept.front() = is_kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, points.size() - 1}};
  while (!open.empty()) {
    const auto [from, to] = open.back();
    open.pop_back();
    std::size_t farthest = from;
    double distance = tolerance;
    for (std::size_t i = from + 1; i < to; ++i) {
      const double away = distance_to_line(points[i], points[from], points[to]);
      if (away > distance) std::tie(farthest, distance) = std::pair(i, away);
    }
    if (farthest == from) continue;
    is_kept[farthest] = true;
    open.emplace_back(from, farthest);
    open.emplace_back(farthest, to);
  }
  std::vector<ShapePoint> kept;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (is_kept[i]) kept.push_back(points[i]);
  return kept;
}

bool is_within_limits(const Drawing& drawing) {
  std::size_t points = 0;
  std::size_t letters = 0;
  for (const Shape& shape : drawing) {
    points += shape.points.size();
    letters += count_characters(shape.text);
  }
  return drawing.size() <= kMostShapes && points <= kMostShapePoints && letters <= kMostShapeText;
}

Result<Drawing> drawing_from_json(const Json& json) {
  if (!json.is_array() || json.size() > kMostShapes)
    return fail(ErrorCode::Corrupt, tr("'drawing' is no list of at most 50 shapes"));
  Drawing drawing;
  for (const Json& item : json) {
    auto shape = shape_from_json(item);
    if (!shape) return std::unexpected(shape.error());
    if (*shape) drawing.push_back(std::move(**shape));
  }
  if (!is_within_limits(drawing))
    return fail(ErrorCode::Corrupt, tr("'drawing' has too many points or words"));
  return drawing;
}

Json json_of(const Drawing& drawing) {
  Json list = Json::array();
  for (const Shape& shape : drawing) {
    Json points = Json::array();
    for (const ShapePoint& point : shape.points) {
      points.push_back(share(point.x));
      points.push_back(share(point.y));
    }
    Json json = {{"kind", shape_name(shape.kind)},
                 {"color", color_name(shape.color)},
                 {"width", share(shape.width)},
                 {"points", std::move(points)}};
    if (!shape.text.empty()) json["text"] = shape.text;
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace meanwhile
