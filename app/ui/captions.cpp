#include "app/ui/captions.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

// A cue is at most so long; what began earlier needn't be looked at.
constexpr MediaTime kLongestShown = std::chrono::minutes(2);

// ASCII alone: other letters are found as they are written.
std::string small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return small;
}

}  // namespace

std::string caption_at(const std::vector<VttCue>& cues, MediaTime moment) {
  std::string shown;
  auto cue = std::ranges::lower_bound(cues, moment - kLongestShown, {}, &VttCue::from);
  for (; cue != cues.end() && cue->from <= moment; ++cue) {
    if (cue->to <= moment) continue;
    if (!shown.empty()) shown += '\n';
    shown += cue->text;
  }
  return shown;
}

std::vector<std::size_t> find_captions(const std::vector<VttCue>& cues, std::string_view words,
                                       std::size_t most) {
  std::vector<std::string> wanted;
  std::istringstream stream(small_letters(words));
  for (std::string word; stream >> word;) wanted.push_back(word);
  std::vector<std::size_t> found;
  if (wanted.empty()) return found;
  for (std::size_t i = 0; i < cues.size() && found.size() < most; ++i) {
    const std::string text = small_letters(cues[i].text);
    const auto is_there = [&](const std::string& word) { return text.find(word) != std::string::npos; };
    if (std::ranges::all_of(wanted, is_there)) found.push_back(i);
  }
  return found;
}

}  // namespace meanwhile
