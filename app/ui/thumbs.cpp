#include "app/ui/thumbs.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <expected>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/ui/play_tools.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

// "thumbs.jpg#xywh=160,0,160,90". Source: Media Fragments URI 1.0, s. 4.2.2.
std::optional<Rect> place_in(std::string_view text) {
  constexpr std::string_view kMark = "#xywh=";
  const std::size_t mark = text.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const char* next = text.data() + mark + kMark.size();
  const char* const end = text.data() + text.size();
  std::array<int, 4> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0 && (next == end || *next++ != ',')) return std::nullopt;
    const auto [after, error] = std::from_chars(next, end, numbers[i]);
    if (error != std::errc()) return std::nullopt;
    next = after;
  }
  return next == end ? std::optional(Rect{numbers[0], numbers[1], numbers[2], numbers[3]}) : std::nullopt;
}

bool is_inside(const Rect& place, const Picture& sheet) {
  return place.x >= 0 && place.y >= 0 && place.width > 1 && place.height > 1 && place.width <= sheet.width &&
         place.height <= sheet.height && place.x <= sheet.width - place.width &&
         place.y <= sheet.height - place.height;
}

}  // namespace

Result<Thumbs> make_thumbs(PicturePtr sheet, std::string_view vtt) {
  const auto cues = parse_web_vtt(vtt);
  if (!cues) return std::unexpected(cues.error());
  Thumbs thumbs;
  for (const VttCue& cue : *cues) {
    const auto place = place_in(cue.text);
    if (place && is_inside(*place, *sheet)) thumbs.tiles.push_back({{cue.from, cue.to}, *place});
  }
  thumbs.sheet = std::move(sheet);
  return thumbs;
}

const Thumbs::Tile* tile_at(const Thumbs& thumbs, MediaTime moment) {
  const auto start = [](const Thumbs::Tile& tile) { return tile.range.from; };
  const auto after = std::ranges::upper_bound(thumbs.tiles, moment, {}, start);
  return after == thumbs.tiles.begin() ? nullptr : &*std::prev(after);
}

PicturePtr part_of(const PicturePtr& picture, Rect place) {
  auto part = std::make_shared<Picture>(*picture);
  place.x = place.x / 2 * 2;
  place.y = place.y / 2 * 2;
  part->width = place.width;
  part->height = place.height;
  part->planes[0] += std::ptrdiff_t(place.y) * part->strides[0] + place.x;
  for (std::size_t plane = 1; plane < 3; ++plane)
    part->planes[plane] += std::ptrdiff_t(place.y / 2) * part->strides[plane] + place.x / 2;
  return part;
}

}  // namespace meanwhile
