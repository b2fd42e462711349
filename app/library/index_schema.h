// The tables of the index.
#pragma once

#include <memory>

#include "app/library/sqlite.h"

namespace meanwhile {

// Opens file with the tables in it; what isn't an index of this schema version is replaced by an empty one.
// Errors: as SqliteFile.
Result<std::unique_ptr<SqliteFile>> open_index_file(const std::filesystem::path& file);

// Removes the file and what SQLite keeps beside it. Errors: PermissionDenied, Io.
Result<void> remove_index_file(const std::filesystem::path& file);

}  // namespace meanwhile
