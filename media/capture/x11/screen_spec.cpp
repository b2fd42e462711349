#include "media/capture/x11/screen_spec.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::string_view kScreenScheme = "x11:";
constexpr int kSmallest = 16;           // what an encoder takes as a picture
constexpr int kLargestScreen = 32'767;  // an X coordinate

// Reads a number and what must follow it (0: the end) off the front of text.
bool take_number(std::string_view& text, int& number, char follows) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (follows == 0) return text.empty();
  if (!text.starts_with(follows)) return false;
  text.remove_prefix(1);
  return true;
}

// "X,Y,WIDTHxHEIGHT"
std::optional<Rect> parse_area(std::string_view text) {
  Rect area;
  const bool is_good = take_number(text, area.x, ',') && take_number(text, area.y, ',') &&
                       take_number(text, area.width, 'x') && take_number(text, area.height, 0);
  const auto fits = [](int value, int least) { return value >= least && value <= kLargestScreen; };
  if (!is_good || !fits(area.x, 0) || !fits(area.y, 0)) return std::nullopt;
  if (!fits(area.width, kSmallest) || !fits(area.height, kSmallest)) return std::nullopt;
  return area;
}

std::optional<std::uint32_t> parse_window(std::string_view text) {
  const int base = text.starts_with("0x") ? 16 : 10;
  if (base == 16) text.remove_prefix(2);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  const bool is_whole = error == std::errc{} && end == text.data() + text.size();
  return is_whole && number != 0 ? std::optional(number) : std::nullopt;
}

}  // namespace

Result<ScreenSpec> parse_screen_spec(std::string_view spec) {
  const auto bad = [spec](std::string_view why) {
    return fail(
        ErrorCode::InvalidArgument,
        tr_format("“{}” isn't a screen ({}): x11:DISPLAY, x11:DISPLAY@MONITOR, x11:DISPLAY+X,Y,WxH or "
                  "x11:DISPLAY#WINDOW",
                  spec, why));
  };
  if (!spec.starts_with(kScreenScheme)) return bad(tr("it doesn't start with x11:"));
  const std::string_view rest = spec.substr(kScreenScheme.size());
  // What comes first counts: a monitor may be called anything.
  const auto sign = rest.find_first_of("@+#");
  ScreenSpec parsed;
  parsed.display = std::string(rest.substr(0, sign));
  if (sign == std::string_view::npos) return parsed;
  const std::string_view part = rest.substr(sign + 1);
  switch (rest[sign]) {
    case '@':
      if (part.empty()) return bad(tr("no monitor is named behind @"));
      parsed.monitor = std::string(part);
      break;
    case '+':
      parsed.area = parse_area(part);
      if (!parsed.area) return bad(tr("what follows + is no area"));
      break;
    default:
      parsed.window = parse_window(part);
      if (!parsed.window) return bad(tr("what follows # is no window's number"));
  }
  return parsed;
}

}  // namespace meanwhile
