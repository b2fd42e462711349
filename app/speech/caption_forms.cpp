#include "app/speech/caption_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "media/base/cue_words.h"
#include "media/base/json.h"
#include "media/base/media_time.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

// Somebody who is silent for so long begins something new.
constexpr std::chrono::seconds kNewParagraph{2};

std::string sub_rip(const std::vector<VttCue>& cues) {
  std::string text;
  std::size_t number = 0;
  for (const VttCue& cue : cues)
    text += fmt::format("{}\n{} --> {}\n{}\n\n", ++number, cue_time(cue.from, ','), cue_time(cue.to, ','),
                        cue.text);
  return text;
}

std::string paragraphs(const std::vector<VttCue>& cues) {
  std::string text;
  MediaTime end{};
  for (const VttCue& cue : cues) {
    if (!text.empty()) text += cue.from - end >= kNewParagraph ? "\n\n" : " ";
    text += cue.text;
    end = cue.to;
  }
  return text.empty() ? text : text + "\n";
}

Json json_of(const CueWord& word) {
  return {{"from_us", word.from.count()},
          {"to_us", word.to.count()},
          {"text", word.text},
          {"sure_percent", word.sure_percent}};
}

std::string everything(const CaptionTrack& track) {
  Json json = {{"language", track.language}, {"captions", Json::array()}};
  for (const VttCue& cue : track.cues) {
    Json one = {{"from_us", cue.from.count()}, {"to_us", cue.to.count()}, {"text", cue.text}};
    if (!cue.words.empty()) one["words"] = Json::array();
    for (const CueWord& word : cue.words) one["words"].push_back(json_of(word));
    json["captions"].push_back(std::move(one));
  }
  return to_text(json, 2) + "\n";
}

}  // namespace

std::optional<CaptionForm> parse_caption_form(std::string_view name) {
  const auto found = std::ranges::find(kCaptionForms, name);
  if (found == kCaptionForms.end()) return std::nullopt;
  return static_cast<CaptionForm>(found - kCaptionForms.begin());
}

std::string captions_as(CaptionForm form, const CaptionTrack& track) {
  switch (form) {
    case CaptionForm::Vtt:
      return to_web_vtt(track.cues, track.language);
    case CaptionForm::Srt:
      return sub_rip(track.cues);
    case CaptionForm::Text:
      return paragraphs(track.cues);
    case CaptionForm::Everything:
      return everything(track);
  }
  return {};
}

}  // namespace meanwhile
