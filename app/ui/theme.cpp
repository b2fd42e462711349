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

constexpr std::array<ImU32, 10> kPeople{rgb(0x5B5FEF), rgb(0x0B7F73), rgb(0xB4440F), rgb(0xB0307A),
                                        rgb(0x2B6CB8), rgb(0x7B4BC2), rgb(0x3F7D2E), rgb(0xA2512E),
                                        rgb(0x96405F), rgb(0x54627A)};

}  // namespace

const Theme& theme_of(ThemeChoice choice) {
  return choice == ThemeChoice::Light ? kLight : kDark;
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
