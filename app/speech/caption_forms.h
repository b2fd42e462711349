// Captions as other programs take them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "app/fetching/clip_captions.h"

namespace meanwhile {

enum class CaptionForm {
  Vtt,         // WebVTT, with the words' times
  Srt,         // SubRip
  Text,        // what is said, in paragraphs
  Everything,  // as JSON
};
inline constexpr std::array<std::string_view, 4> kCaptionForms = {"vtt", "srt", "txt", "json"};
std::optional<CaptionForm> parse_caption_form(std::string_view name);

std::string captions_as(CaptionForm form, const CaptionTrack& track);

}  // namespace meanwhile
