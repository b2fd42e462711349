// CMU's pocketsphinx: hears English with the small model that Debian has. Only where it was built in
// (MEANWHILE_POCKETSPHINX).
#pragma once

#include <filesystem>
#include <functional>

#include "media/base/result.h"
#include "media/speech/transcript.h"

namespace meanwhile {

// The folder of its model for English, which may not be there; empty: it isn't built in.
std::filesystem::path pocketsphinx_model();

// wav: of write_speech_sound. For a process of its own: it takes some 200 MB, and as long as it takes.
// progress: from 0 to 1. Errors: Unsupported (not built in, no model), FileSource's, Internal.
Result<Transcript> hear_with_pocketsphinx(const std::filesystem::path& wav,
                                          const std::function<void(double)>& progress);

}  // namespace meanwhile
