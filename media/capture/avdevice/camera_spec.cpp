#include "media/capture/avdevice/camera_spec.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::string_view kScheme = "v4l2:";
constexpr int kLargest = 16'384;
constexpr double kFastest = 1'000;

// A number that takes up all of text.
template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Size> parse_size(std::string_view text) {
  const auto cross = text.find('x');
  if (cross == std::string_view::npos) return std::nullopt;
  const auto width = whole_number<int>(text.substr(0, cross));
  const auto height = whole_number<int>(text.substr(cross + 1));
  const auto fits = [](std::optional<int> length) { return length && *length >= 1 && *length <= kLargest; };
  return fits(width) && fits(height) ? std::optional(Size{*width, *height}) : std::nullopt;
}

std::optional<double> parse_rate(std::string_view text) {
  const auto rate = whole_number<double>(text);
  return rate && std::isfinite(*rate) && *rate > 0 && *rate <= kFastest ? rate : std::nullopt;
}

}  // namespace

Result<CameraSpec> parse_camera_spec(std::string_view spec) {
  const auto bad = [spec](std::string_view why) {
    return fail(ErrorCode::InvalidArgument,
                tr_format("“{}” isn't a camera ({}): v4l2:/dev/videoN, v4l2:/dev/videoN@WIDTHxHEIGHT or "
                          "v4l2:/dev/videoN@WIDTHxHEIGHT:RATE",
                          spec, why));
  };
  if (!spec.starts_with(kScheme)) return bad(tr("it doesn't start with v4l2:"));
  std::string_view rest = spec.substr(kScheme.size());
  CameraSpec parsed;
  // The last one: a path may have others.
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view mode = rest.substr(at + 1);
    const auto colon = mode.find(':');
    parsed.size = parse_size(mode.substr(0, colon));
    if (!parsed.size) return bad(tr("what follows @ is no size"));
    if (colon != std::string_view::npos) {
      parsed.frames_per_second = parse_rate(mode.substr(colon + 1));
      if (!parsed.frames_per_second)
        return bad(tr("what follows the size is no number of pictures a second"));
    }
    rest = rest.substr(0, at);
  }
  if (rest.empty()) return bad(tr("no device is named"));
  parsed.path = std::string(rest);
  return parsed;
}

}  // namespace meanwhile
