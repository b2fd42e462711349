// How a take is arranged before it is published: `arrangement.json` in its folder. Said of the clip with its
// publication; the recording stays as it is.
#pragma once

#include <filesystem>
#include <optional>

#include "media/base/arrangement.h"
#include "media/base/result.h"

namespace meanwhile {

inline constexpr const char* kArrangementFile = "arrangement.json";

// On the take's whole timeline; nullopt: it isn't arranged. Errors: Corrupt, Unsupported (parse_arrangement),
// Io.
Result<std::optional<Arrangement>> read_take_arrangement(const std::filesystem::path& folder);

// Durably; one that is nothing takes it away. Errors: InvalidArgument (check_arrangement; a take that is
// published or still recorded), and as change_take.
Result<void> set_take_arrangement(const std::filesystem::path& folder, const Arrangement& arrangement);

// As set_take_arrangement, in a folder that nobody else works on.
Result<void> write_take_arrangement(const std::filesystem::path& folder, const Arrangement& arrangement);

}  // namespace meanwhile
