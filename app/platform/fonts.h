// The window's type faces: Inter and Material Design Icons, found where distributions put them.
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "app/platform/painter.h"

namespace meanwhile {

// In points.
float text_points(TextStyle style);
float icon_points(IconSize size);

// Which letters an atlas has. Most windows never need more than the common ones, a third of all.
enum class Letters : std::uint8_t { Common, All };
// All, once needs_shaping() was asked about a text that has other letters than the common ones; an atlas that
// was loaded before has to be loaded anew. Main thread.
Letters letters_met();

// Whether text can be laid out by TextShaper at all.
bool can_shape();
// The loaded faces can't show all of it, or not right: see TextShaper. Where that isn't built in, never. Main
// thread.
bool needs_shaping(std::string_view text);

struct FontSet {
  std::array<ImFont*, kTextStyleCount> text{};
  std::array<ImFont*, kIconSizeCount> icons{};  // nullptr: no icon font
};

// The first of `names` below one of the folders, two levels deep; the folders are $MEANWHILE_FONTS, the
// person's own and the system's.
std::optional<std::filesystem::path> find_font(const std::vector<std::string_view>& names);

// Fills atlas with every style and the letters met, rasterised for `pixels_per_point`, and builds it. What
// isn't found is said once in the log and replaced: another sans serif, at worst ImGui's own, so that the
// window stays usable.
FontSet load_fonts(ImFontAtlas& atlas, float pixels_per_point);

}  // namespace meanwhile
