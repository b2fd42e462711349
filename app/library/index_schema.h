// The tables of the index.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/library/sqlite.h"
#include "media/base/result.h"

namespace meanwhile {

// Opens file with the tables in it; what isn't an index of this schema version, or is another person's, is
// replaced by an empty one. Errors: as SqliteFile.
Result<std::unique_ptr<SqliteFile>> open_index_file(const std::filesystem::path& file, const std::string& me);

// Removes the file and what SQLite keeps beside it. Errors: PermissionDenied, Io.
Result<void> remove_index_file(const std::filesystem::path& file);

}  // namespace meanwhile
