// Captions: what is shown when, and where a word is said.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

// What is to be read at a moment, lines by '\n'; empty: nothing.
std::string caption_at(const std::vector<VttCue>& cues, MediaTime moment);

// Which cues hold all the words, whatever their case; at most `most`. Empty words: none.
std::vector<std::size_t> find_captions(const std::vector<VttCue>& cues, std::string_view words,
                                       std::size_t most);

}  // namespace meanwhile
