// The waveform of what is shown.
#pragma once

#include <vector>

#include "media/base/edit_list.h"
#include "media/base/media_time.h"

namespace meanwhile {

// peaks: evenly over the recording of that duration. Answers as many, evenly over the edited timeline; 0
// where what is shown isn't the recording's own.
std::vector<float> edited_peaks(const std::vector<float>& peaks, const EditList& edits, MediaTime duration);

}  // namespace meanwhile
