#include "media/capture/x11/window_words.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestTitle = 60;
constexpr std::size_t kLongestProgram = 24;

bool is_same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

bool names(std::string_view title, std::string_view program) {
  return !std::ranges::search(title, program, is_same_letter).empty();
}

}  // namespace

std::string utf8_from_latin1(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) append_code_point(text, static_cast<unsigned char>(byte));
  return text;
}

std::string_view program_in(std::string_view wm_class) {
  const auto end = wm_class.find('\0');
  if (end == std::string_view::npos) return {};
  const std::string_view behind = wm_class.substr(end + 1);
  return behind.substr(0, behind.find('\0'));
}

std::string window_name(std::string_view title, std::string_view program) {
  const std::string shown = shorten(display_line(title), kLongestTitle);
  const std::string maker = shorten(display_line(program), kLongestProgram);
  if (shown.empty()) return maker;
  if (maker.empty() || names(shown, maker)) return shown;
  return shown + " (" + maker + ")";
}

}  // namespace meanwhile
