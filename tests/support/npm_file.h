// Scripts of others that a test runs in a browser beside our page: fetched once into the build's folder.
#pragma once

#include <filesystem>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

// The file of that package of third_party/packages/npm.txt. Blocks. Errors: Unavailable (npm isn't installed,
// or can't fetch it now), Corrupt (it isn't the package that it was).
Result<std::filesystem::path> npm_file(const std::string& package);

}  // namespace meanwhile
