// What a clip is about, in one line.
#pragma once

#include <string>
#include <vector>

#include "media/base/chapters.h"

namespace meanwhile {

// The chapters' names, "Budget · Hiring"; without names the first sentence of the captions, which may be
// given up to where it surely ends; "": there are neither. Ready to be shown.
std::string clip_summary(const Chapters& chapters, const std::vector<std::string>& captions);

}  // namespace meanwhile
