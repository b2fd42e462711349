// The portal's token in place of its dialog, kept from one recording to the next.
#pragma once

#include <filesystem>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

// The file in the folder that CaptureOptions names; "": nothing is kept.
std::filesystem::path restore_token_file(const std::filesystem::path& state_folder);

// "": there is none, or it isn't one.
std::string read_restore_token(const std::filesystem::path& file);
// Readable by nobody else (0600): whoever has it may record the screen without a dialog. "" removes it.
// Errors: Io, NoSpace, PermissionDenied, NotFound (no such folder).
Result<void> write_restore_token(const std::filesystem::path& file, const std::string& token);

}  // namespace meanwhile
