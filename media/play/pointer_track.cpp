#include "media/play/pointer_track.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/json.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/offered_zooms.h"
#include "media/base/result.h"
#include "media/play/pointer_image.h"
#include "media/play/stills.h"

namespace meanwhile {
namespace {

// Our own lines have less than 100 characters.
constexpr std::size_t kLongestLine = 1024;
// A desktop has a few dozen shapes; animated ones some hundred.
constexpr std::int64_t kMostShapes = 1024;
constexpr std::int64_t kLargestCoordinate = 1'000'000;
constexpr std::int64_t kLatestMicroseconds = 1'000'000'000'000'000;

std::optional<std::int64_t> limited(const Json& line, std::string_view name, std::int64_t least,
                                    std::int64_t most) {
  const auto value = integer_member(line, name);
  if (!value || *value < least || *value > most) return std::nullopt;
  return value;
}

std::optional<PointerMoment> parse_moment(const Json& line) {
  const auto at = limited(line, "t", 0, kLatestMicroseconds);
  const auto x = limited(line, "x", -kLargestCoordinate, kLargestCoordinate);
  const auto y = limited(line, "y", -kLargestCoordinate, kLargestCoordinate);
  if (!at || !x || !y) return std::nullopt;
  return PointerMoment{
      .at = MediaTime(*at),
      .x = static_cast<int>(*x),
      .y = static_cast<int>(*y),
      .shape = static_cast<int>(limited(line, "shape", 0, kMostShapes - 1).value_or(-1)),
      .buttons = static_cast<std::uint32_t>(limited(line, "down", 0, 0xffffffff).value_or(0))};
}

// An image with no pixels stands for a shape that couldn't be read.
PointerImage load_image(const Json& line, int shape, const std::function<Result<Bytes>(int shape)>& shapes,
                        Stills& stills) {
  const auto png = shapes(shape);
  if (!png) return {};
  auto image = stills.pointer(*png);
  if (!image) return {};
  image->hot_x = static_cast<int>(limited(line, "hot_x", 0, image->width - 1).value_or(0));
  image->hot_y = static_cast<int>(limited(line, "hot_y", 0, image->height - 1).value_or(0));
  return std::move(*image);
}

bool is_before(MediaTime time, const PointerMoment& moment) {
  return time < moment.at;
}

}  // namespace

PointerTrack PointerTrack::load(std::string_view text, const std::function<Result<Bytes>(int shape)>& shapes,
                                Stills& stills) {
  PointerTrack track;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty() || line.size() > kLongestLine) continue;
    const auto json = parse_json(line);
    if (!json) continue;
    if (const auto shape = limited(*json, "define", 0, kMostShapes - 1)) {
      const auto index = static_cast<std::size_t>(*shape);
      if (track.images_.size() <= index) track.images_.resize(index + 1);
      // Defined once: a file that repeats a line doesn't make us decode again.
      if (track.images_[index].width == 0)
        track.images_[index] = load_image(*json, static_cast<int>(*shape), shapes, stills);
    } else if (const auto moment = parse_moment(*json)) {
      track.moments_.push_back(*moment);
    }
  }
  // In order already, unless the file is damaged.
  if (!std::ranges::is_sorted(track.moments_, {}, &PointerMoment::at)) {
    std::ranges::sort(track.moments_, {}, &PointerMoment::at);
  }
  return track;
}

std::optional<PointerMoment> PointerTrack::at(MediaTime time) const {
  const auto next = std::upper_bound(moments_.begin(), moments_.end(), time, is_before);
  if (next == moments_.begin()) return std::nullopt;
  return *std::prev(next);
}

std::optional<PointerMoment> PointerTrack::after(MediaTime time) const {
  const auto next = std::upper_bound(moments_.begin(), moments_.end(), time, is_before);
  if (next == moments_.end()) return std::nullopt;
  return *next;
}

std::vector<PointerClick> PointerTrack::clicks(Size screen) const {
  std::vector<PointerClick> clicks;
  std::uint32_t before = 0;
  for (const PointerMoment& moment : moments_) {
    if ((moment.buttons & ~before) != 0)
      clicks.push_back({moment.at, double(moment.x) / screen.width, double(moment.y) / screen.height});
    before = moment.buttons;
  }
  return clicks;
}

const PointerImage* PointerTrack::image(int shape) const {
  if (shape < 0 || static_cast<std::size_t>(shape) >= images_.size()) return nullptr;
  const PointerImage& image = images_[static_cast<std::size_t>(shape)];
  return image.width > 0 ? &image : nullptr;
}

}  // namespace meanwhile
