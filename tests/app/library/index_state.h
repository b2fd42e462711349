// What an index holds, as one text.
#pragma once

#include <filesystem>
#include <string>

namespace meanwhile {

// Of the file of an index that may be open. The same for the same set of events.
std::string state_hash(const std::filesystem::path& index);

}  // namespace meanwhile
