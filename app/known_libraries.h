// Which library was found at which URL, so that a folder that isn't mounted today is known for what it is.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "media/base/result.h"

namespace meanwhile {

struct KnownLibrary {
  std::string url;
  std::string id;
  std::string name;
};

// nullopt: never seen, or the file is damaged (a library is then asked for its id again). file:
// libraries.json.
std::optional<KnownLibrary> find_known_library(const std::filesystem::path& file, const std::string& url);

// Durable; replaces what was known of that URL. Errors: NoSpace, PermissionDenied, Io.
Result<void> remember_library(const std::filesystem::path& file, const KnownLibrary& library);

}  // namespace meanwhile
