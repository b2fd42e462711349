#include "app/ui/theme.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace meanwhile {
namespace {

// 0xRRGGBB as designers write it.
constexpr ImU32 rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
  return (alpha << IM_COL32_A_SHIFT) | (((hex >> 16) & 0xFF) << IM_COL32_R_SHIFT) |
         (((hex >> 8) & 0xFF) << IM_COL32_G_SHIFT) | ((hex & 0xFF) << IM_COL32_B_SHIFT);
}

constexpr Theme kDark{
    .is_dark = true,
    .sidebar = rgb(0x0D0E12),
    .window = rgb(0x121318),
    .surface = rgb(0x1A1C23),
    .hover = rgb(0xFFFFFF, 14),
    .pressed = rgb(0xFFFFFF, 26),
    .field = rgb(0x1A1C23),
    .chosen = rgb(0x282B35),
    .border = rgb(0x282B35),
    .strong_border = rgb(0x3B3F4D),
    .stage = rgb(0x08090C),
    .shade = rgb(0x050508, 170),
    .shadow = rgb(0x000000, 80),
    .text = rgb(0xF2F3F7),
    .soft_text = rgb(0xB3B7C6),
    .faint_text = rgb(0x8F94A6),
    .accent = rgb(0x9296FF),
    .accent_fill = rgb(0x5B5FEF),
    .on_accent = rgb(0xFFFFFF),
    .accent_tint = rgb(0x24264A),
    .danger = rgb(0xFF8080),
    .danger_fill = rgb(0xD03A3F),
    .danger_tint = rgb(0x3A1D22),
    .warning = rgb(0xF3BC5C),
    .warning_tint = rgb(0x352A18),
    .success = rgb(0x5CD39A),
    .success_tint = rgb(0x17322A),
};

constexpr Theme kLight{
    .is_dark = false,
    .sidebar = rgb(0xF3F3F6),
    .window = rgb(0xFBFBFC),
    .surface = rgb(0xFFFFFF),
    .hover = rgb(0x10122A, 13),
    .pressed = rgb(0x10122A, 26),
    .field = rgb(0xFFFFFF),
    .chosen = rgb(0xFFFFFF),
    .border = rgb(0xE4E5EB),
    .strong_border = rgb(0xCBCDD8),
    .stage = rgb(0xECEDF2),
    .shade = rgb(0x1B1C24, 110),
    .shadow = rgb(0x1B1C40, 34),
    .text = rgb(0x17181F),
    .soft_text = rgb(0x4E5163),
    .faint_text = rgb(0x66697C),
    .accent = rgb(0x4B4FDC),
    .accent_fill = rgb(0x5559EA),
    .on_accent = rgb(0xFFFFFF),
    .accent_tint = rgb(0xECECFE),
    .danger = rgb(0xBE2A33),
    .danger_fill = rgb(0xCB343B),
    .danger_tint = rgb(0xFCEBEC),
    .warning = rgb(0x8A5A00),
    .warning_tint = rgb(0xFDF3DD),
    .success = rgb(0x11724A),
    .success_tint = rgb(0xE4F6EC),
};

// Grounds without shades, words without greys, lines that are seen.
constexpr Theme kDarkContrast{
    .is_dark = true,
    .has_high_contrast = true,
    .sidebar = rgb(0x000000),
    .window = rgb(0x000000),
    .surface = rgb(0x000000),
    .hover = rgb(0xFFFFFF, 46),
    .pressed = rgb(0xFFFFFF, 70),
    .field = rgb(0x000000),
    .chosen = rgb(0x23255C),
    .border = rgb(0x8C8F9C),
    .strong_border = rgb(0xFFFFFF),
    .stage = rgb(0x000000),
    .shade = rgb(0x000000, 200),
    .shadow = rgb(0x000000, 80),
    .text = rgb(0xFFFFFF),
    .soft_text = rgb(0xFFFFFF),
    .faint_text = rgb(0xDADCE6),
    .accent = rgb(0xC3C6FF),
    .accent_fill = rgb(0xC3C6FF),
    .on_accent = rgb(0x000000),
    .accent_tint = rgb(0x23255C),
    .danger = rgb(0xFFADAD),
    .danger_fill = rgb(0xFFADAD),
    .danger_tint = rgb(0x4A0F14),
    .warning = rgb(0xFFD27A),
    .warning_tint = rgb(0x3A2A00),
    .success = rgb(0x7DF0B4),
    .success_tint = rgb(0x003A22),
};

constexpr Theme kLightContrast{
    .is_dark = false,
    .has_high_contrast = true,
    .sidebar = rgb(0xFFFFFF),
    .window = rgb(0xFFFFFF),
    .surface = rgb(0xFFFFFF),
    .hover = rgb(0x000000, 30),
    .pressed = rgb(0x000000, 50),
    .field = rgb(0xFFFFFF),
    .chosen = rgb(0xE4E5FF),
    .border = rgb(0x6E7080),
    .strong_border = rgb(0x000000),
    .stage = rgb(0xFFFFFF),
    .shade = rgb(0x000000, 150),
    .shadow = rgb(0x000000, 34),
    .text = rgb(0x000000),
    .soft_text = rgb(0x000000),
    .faint_text = rgb(0x33353F),
    .accent = rgb(0x2A2D9E),
    .accent_fill = rgb(0x2A2D9E),
    .on_accent = rgb(0xFFFFFF),
    .accent_tint = rgb(0xE4E5FF),
    .danger = rgb(0x8A0F18),
    .danger_fill = rgb(0x8A0F18),
    .danger_tint = rgb(0xFFE6E7),
    .warning = rgb(0x5E3D00),
    .warning_tint = rgb(0xFFF1D2),
    .success = rgb(0x00512F),
    .success_tint = rgb(0xDBF7E8),
};

constexpr std::array<ImU32, 10> kPeople{rgb(0x5B5FEF), rgb(0x0B7F73), rgb(0xB4440F), rgb(0xB0307A),
                                        rgb(0x2B6CB8), rgb(0x7B4BC2), rgb(0x3F7D2E), rgb(0xA2512E),
                                        rgb(0x96405F), rgb(0x54627A)};

}  // namespace

const Theme& theme_of(ThemeChoice choice) {
  switch (choice) {
    case ThemeChoice::Dark:
      return kDark;
    case ThemeChoice::Light:
      return kLight;
    case ThemeChoice::DarkContrast:
      return kDarkContrast;
    case ThemeChoice::LightContrast:
      return kLightContrast;
  }
  return kDark;
}

ImU32 faded(ImU32 color, float amount) {
  const float alpha = float(color >> IM_COL32_A_SHIFT) * std::clamp(amount, 0.0F, 1.0F);
  return (color & ~IM_COL32_A_MASK) | (ImU32(alpha + 0.5F) << IM_COL32_A_SHIFT);
}

ImU32 mixed(ImU32 from, ImU32 to, float amount) {
  const auto part = [&](int shift) {
    const auto a = float((from >> shift) & 0xFF);
    const auto b = float((to >> shift) & 0xFF);
    return ImU32(a + (b - a) * amount + 0.5F) << shift;
  };
  return part(IM_COL32_R_SHIFT) | part(IM_COL32_G_SHIFT) | part(IM_COL32_B_SHIFT) | part(IM_COL32_A_SHIFT);
}

ImU32 person_color(std::string_view id) {
  // FNV-1a: std::hash may differ from machine to machine.
  std::uint32_t hash = 2166136261U;
  for (const unsigned char c : id) hash = (hash ^ c) * 16777619U;
  return kPeople[hash % kPeople.size()];
}

}  // namespace meanwhile
