// The tables of the index.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/library/sqlite.h"
#include "media/base/json.h"
#include "media/base/result.h"

namespace meanwhile {

// What an index of another version held of one device.
struct OlderEvents {
  std::string device;
  std::string person;
  std::string person_name;
  std::vector<Json> events;
};
// Fills an index with them. Within the transaction that makes its tables.
using RefillIndex = std::function<Result<void>(SqliteFile& file, std::vector<OlderEvents> older)>;

// Opens file with the tables in it; what isn't an index of this schema version, or is another person's, is
// replaced by one that refill was asked to fill with the events of the person's older one. Errors: as
// SqliteFile.
Result<std::unique_ptr<SqliteFile>> open_index_file(const std::filesystem::path& file, const std::string& me,
                                                    const RefillIndex& refill);

// Removes the file and what SQLite keeps beside it. Errors: PermissionDenied, Io.
Result<void> remove_index_file(const std::filesystem::path& file);

}  // namespace meanwhile
