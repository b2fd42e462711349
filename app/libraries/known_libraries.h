// Which library was found at which URL, so that a folder that isn't mounted today is known for what it is.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/library/home.h"
#include "media/base/result.h"

namespace meanwhile {

struct KnownLibrary {
  std::string url;
  std::string id;
  std::string name;
  std::string founder;  // base64 of the founder's key; "": it was seen by an older version
  std::string marker;   // the bytes of its marker, to be put back; "": as above
};

inline std::filesystem::path known_libraries_file(const Home& home) {
  return home.data() / "libraries.json";
}

// nullopt: never seen, or the file is damaged (a library is then asked for its id again). file:
// libraries.json.
std::optional<KnownLibrary> find_known_library(const std::filesystem::path& file, const std::string& url);

// Durable; replaces what was known of that URL. Errors: NoSpace, PermissionDenied, Io.
Result<void> remember_library(const std::filesystem::path& file, const KnownLibrary& library);

// What lies at that URL is asked for again when it is used next. Errors: as above.
Result<void> forget_library(const std::filesystem::path& file, const std::string& url);

}  // namespace meanwhile
