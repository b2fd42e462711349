#include "media/import/import_folder.h"

#include <expected>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "media/base/files.h"
#include "media/base/log.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/record/take_cut.h"
#include "media/record/take_lock.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;

}  // namespace

Result<ImportFolder> ImportFolder::create(const fs::path& takes, const std::string& clip) {
  const fs::path take = takes / clip;
  const fs::path hidden = folder_of_import(take);
  MEANWHILE_TRY(make_folders(hidden));
  auto lock = TakeLock::acquire(hidden);
  if (lock) return ImportFolder(take, hidden, std::move(*lock));
  std::error_code ignored;
  fs::remove_all(hidden, ignored);
  return std::unexpected(lock.error());
}

ImportFolder::~ImportFolder() {
  if (hidden_.empty()) return;
  std::error_code error;
  fs::remove_all(hidden_, error);
  if (error) log(LogLevel::Warning, "removing " + hidden_.string() + ": " + error.message());
}

Result<fs::path> ImportFolder::unveil() {
  MEANWHILE_TRY(sync_folder(hidden_));
  std::error_code error;
  fs::rename(hidden_, take_, error);
  if (error)
    return std::unexpected(
        error_from_errno(error.value(), tr_format("keeping the import in {}", take_.string())));
  hidden_.clear();
  lock_.end(take_);
  MEANWHILE_TRY(sync_folder(take_.parent_path()));
  return take_;
}

}  // namespace meanwhile
