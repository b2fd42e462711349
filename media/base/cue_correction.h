// A caption whose words somebody corrected.
#pragma once

#include <string>
#include <string_view>

#include "media/base/web_vtt.h"

namespace meanwhile {

// cue with that text, on one line. Words that are in both keep their times and how sure they are. Of those
// between, as many as before take the times of the ones they replace; fewer or more share their time, by
// length; what is only put in has the gap there, which may be none. New ones are sure.
VttCue corrected_cue(const VttCue& cue, std::string_view text);

// Its text on one line, as it is corrected.
std::string line_of(const VttCue& cue);

}  // namespace meanwhile
