// A library as plain folders and files, that are of use without Meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// text as the name of one file or folder on any usual file system: one line without separators, control and
// direction characters, dots at its ends and Windows' device names; at most limit_bytes of UTF-8, cut between
// characters. "": nothing of it can stand in a name.
std::string safe_file_name(std::string_view text, std::size_t limit_bytes);

struct LibraryContents {
  std::string id;
  std::string name;
  std::vector<Clip> clips;
  std::map<std::string, std::vector<Thread>> threads;  // by clip
};
// As the index has it now; clips that are being recorded are left out. Errors: Index's.
Result<LibraryContents> contents_of(LibrarySession& session);

struct ExportedClip {
  Clip clip;
  std::filesystem::path folder;  // below the library's
  std::vector<std::string> files;
  std::uint64_t written_bytes = 0;
  std::uint64_t present_bytes = 0;  // was there already, and right
  std::optional<Error> failure;
};

struct LibraryExport {
  std::filesystem::path folder;
  std::vector<ExportedClip> clips;
};

struct LibraryExportOptions {
  std::string zone;  // of the dates that people read
  std::function<void(const ExportedClip&)> on_clip = [](const ExportedClip&) {};
};

// Writes <root>/<library>/<channel>/<date title>/…, and index.html and library.json in <root>/<library>. What
// is there, undamaged, is passed over; every other file is whole or not there. Holds one segment in memory.
// A clip that fails doesn't stop the others. Any thread; blocks. Errors: NoSpace, Aborted (run it again, it
// goes on), and those of making the folder.
Result<LibraryExport> export_library(const LibraryContents& contents, const ClipStore& clips,
                                     Storage& storage, const std::filesystem::path& root,
                                     const LibraryExportOptions& options, std::stop_token stop);

}  // namespace meanwhile
