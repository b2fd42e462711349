#include "app/platform/fonts.h"

#include <fmt/format.h>
#include <imgui.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/platform/icons.h"
#include "app/platform/imgui_versions.h"
#include "app/platform/painter.h"
#include "media/base/log.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

struct TextFace {
  float points;
  std::vector<std::string_view> files;  // the wanted one, then what may stand in for it
  bool digits_only = false;
};

const std::vector<std::string_view>& regular_files() {
  static const std::vector<std::string_view> files{"Inter-Regular.otf", "Inter-Regular.ttf", "DejaVuSans.ttf",
                                                   "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf"};
  return files;
}
const std::vector<std::string_view>& medium_files() {
  static const std::vector<std::string_view> files{"Inter-Medium.otf", "Inter-Medium.ttf", "DejaVuSans.ttf",
                                                   "LiberationSans-Regular.ttf", "NotoSans-Medium.ttf"};
  return files;
}
const std::vector<std::string_view>& semi_bold_files() {
  static const std::vector<std::string_view> files{"Inter-SemiBold.otf", "Inter-SemiBold.ttf",
                                                   "DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf",
                                                   "NotoSans-Bold.ttf"};
  return files;
}

TextFace face_of(TextStyle style) {
  switch (style) {
    case TextStyle::Caption:
      return {12, regular_files()};
    case TextStyle::CaptionStrong:
      return {12, semi_bold_files()};
    case TextStyle::Body:
      return {14, regular_files()};
    case TextStyle::BodyStrong:
      return {14, medium_files()};
    case TextStyle::Heading:
      return {16, semi_bold_files()};
    case TextStyle::Title:
      return {24, semi_bold_files()};
    case TextStyle::Huge:
      return {96, semi_bold_files(), true};
  }
  return {14, regular_files()};
}

// Pairs, ended by 0 (ImFontAtlas wants them to outlive it).
// What nearly every text is made of: the languages of Western and Middle Europe, punctuation, and the signs
// that the window itself uses.
constexpr ImWchar kCommonRanges[] = {0x0020, 0x017F, 0x2010, 0x2027, 0x2030, 0x203A, 0x20AC, 0x20AC, 0x2122,
                                     0x2122, 0x2190, 0x2193, 0x2318, 0x2318, 0xFFFD, 0xFFFD, 0};
// The rest of what people write in names and comments, as far as Inter has it: Latin with all its extensions,
// Greek, Cyrillic, punctuation, currencies, arrows and a few signs.
constexpr ImWchar kTextRanges[] = {
    0x0020, 0x024F, 0x0259, 0x0259, 0x02B9, 0x02DD, 0x0370, 0x03FF, 0x0400, 0x0482, 0x048A, 0x052F, 0x1E00,
    0x1EFF, 0x2010, 0x2027, 0x2030, 0x205E, 0x2070, 0x209C, 0x20A0, 0x20BF, 0x2116, 0x2116, 0x2122, 0x2122,
    0x2190, 0x2199, 0x2202, 0x2265, 0x2318, 0x2318, 0x25A0, 0x25CF, 0x2713, 0x2717, 0xFFFD, 0xFFFD, 0};
constexpr ImWchar kDigitRanges[] = {0x0030, 0x003A, 0};

bool is_within(const ImWchar* ranges, char32_t letter) {
  for (; *ranges != 0; ranges += 2)
    if (letter >= ranges[0] && letter <= ranges[1]) return true;
  return false;
}

// Of the process: once a text had some, every atlas gets them before it draws the next frame.
Letters& met_letters() {
  static Letters met = Letters::Common;
  return met;
}
Letters& loaded_letters() {
  static Letters loaded = Letters::Common;
  return loaded;
}

const ImWchar* icon_ranges() {
  static const std::vector<ImWchar> ranges = [] {
    std::vector<ImWchar> each;
    for (const Icon& icon : icons::kAll) {
      std::string_view glyph = icon.glyph;
      const auto code = ImWchar(take_code_point(glyph).value_or(kReplacementCharacter));
      each.insert(each.end(), {code, code});
    }
    each.push_back(0);
    return each;
  }();
  return ranges.data();
}

std::vector<fs::path> font_folders() {
  std::vector<fs::path> folders;
  if (const char* own = std::getenv("MEANWHILE_FONTS")) folders.emplace_back(own);
  if (const char* home = std::getenv("HOME")) folders.emplace_back(fs::path(home) / ".local/share/fonts");
  folders.insert(folders.end(), {"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter",
                                 "/usr/share/fonts/truetype/materialdesignicons-webfont",
                                 "/usr/local/share/fonts", "/usr/share/fonts/truetype/dejavu",
                                 "/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts"});
  return folders;
}

std::optional<fs::path> find_below(const fs::path& folder, std::string_view name) {
  constexpr int kDeepest = 2;
  std::error_code error;
  const auto options = fs::directory_options::skip_permission_denied;
  for (auto entry = fs::recursive_directory_iterator(folder, options, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry.depth() >= kDeepest) entry.disable_recursion_pending();
    if (entry->path().filename() == name) return entry->path();
  }
  return std::nullopt;
}

ImFontConfig config_for(TextStyle style) {
  ImFontConfig config;
  config.OversampleH = 1;
  config.OversampleV = 1;
  // Whole pixels: the software renderer copies glyphs, it does not shift them by fractions.
  config.PixelSnapH = true;
  const ImWchar* letters = met_letters() == Letters::All ? kTextRanges : kCommonRanges;
  config.GlyphRanges = face_of(style).digits_only ? kDigitRanges : letters;
  return config;
}

ImFont* add_text_font(ImFontAtlas& atlas, TextStyle style, float pixels_per_point) {
  const TextFace face = face_of(style);
  const float pixels = std::round(face.points * pixels_per_point);
  ImFontConfig config = config_for(style);
  if (const auto path = find_font(face.files)) {
    if (ImFont* font = atlas.AddFontFromFileTTF(path->string().c_str(), pixels, &config)) return font;
    log(LogLevel::Warning, fmt::format("The font {} can't be read", path->string()));
  }
  config.SizePixels = pixels;
  config.GlyphRanges = nullptr;
  return atlas.AddFontDefault(&config);
}

ImFont* add_icon_font(ImFontAtlas& atlas, IconSize size, float pixels_per_point, const fs::path& path) {
  ImFontConfig config;
  config.OversampleH = 1;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  config.GlyphRanges = icon_ranges();
  return atlas.AddFontFromFileTTF(path.string().c_str(), std::round(icon_points(size) * pixels_per_point),
                                  &config);
}

void add_icon_fonts(ImFontAtlas& atlas, float pixels_per_point, FontSet& set) {
  const auto path = find_font({"materialdesignicons-webfont.ttf"});
  if (!path) {
    log(LogLevel::Warning,
        "The icon font (package fonts-materialdesignicons-webfont) is missing: buttons show text");
    return;
  }
  for (int i = 0; i < kIconSizeCount; ++i)
    set.icons[i] = add_icon_font(atlas, static_cast<IconSize>(i), pixels_per_point, *path);
}

void warn_about_stand_in() {
  const auto path = find_font(regular_files());
  if (path && path->filename().string().starts_with("Inter")) return;
  log(LogLevel::Warning,
      fmt::format("The font Inter (package fonts-inter) is missing: the window shows {} instead",
                  path ? path->filename().string() : "a plain font without accents"));
}

}  // namespace

float text_points(TextStyle style) {
  return face_of(style).points;
}

float icon_points(IconSize size) {
  switch (size) {
    case IconSize::Small:
      return 16;
    case IconSize::Medium:
      return 20;
    case IconSize::Large:
      return 28;
    case IconSize::Huge:
      return 48;
  }
  return 20;
}

bool can_shape() {
#ifdef MEANWHILE_PANGO
  return true;
#else
  return false;
#endif
}

Letters letters_met() {
  return met_letters();
}

bool needs_shaping(std::string_view text) {
  bool has_further = false;
  bool has_foreign = false;
  while (!text.empty()) {
    const char32_t letter = take_code_point(text).value_or(kReplacementCharacter);
    if (letter < 0x20 || is_within(kCommonRanges, letter)) continue;  // below: a line break or a tab
    (is_within(kTextRanges, letter) ? has_further : has_foreign) = true;
  }
  if (has_further) met_letters() = Letters::All;
  return can_shape() && (has_foreign || (has_further && loaded_letters() == Letters::Common));
}

std::optional<fs::path> find_font(const std::vector<std::string_view>& names) {
  const std::vector<fs::path> folders = font_folders();
  for (const std::string_view name : names)
    for (const fs::path& folder : folders)
      if (auto found = find_below(folder, name)) return found;
  return std::nullopt;
}

FontSet load_fonts(ImFontAtlas& atlas, float pixels_per_point) {
  FontSet set;
  atlas.Clear();
  use_best_rasterizer(atlas);
  for (int i = 0; i < kTextStyleCount; ++i)
    set.text[i] = add_text_font(atlas, static_cast<TextStyle>(i), pixels_per_point);
  warn_about_stand_in();
  add_icon_fonts(atlas, pixels_per_point, set);
  atlas.TexGlyphPadding = 1;
  atlas.Build();
  loaded_letters() = met_letters();
  return set;
}

}  // namespace meanwhile
